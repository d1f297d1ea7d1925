// Sub-agents in log records: which tool call each model call and tool call was made inside of.
//
//   Task   |=======================|
//   model    |===|     |===|               inside Task: the main agent waits for its tools
//   Read          |==|                     inside Task: after its sub-agent's first model call
//   model                           |===|  not

import type { Timed } from './fact-timeline.ts'

export interface Nestable extends Timed {
  readonly kind: 'model' | 'tool'
  readonly agent: string | null
}

/** Per item: the index of the tool call that it was made inside of, or -1. Items are of one agent's invocation. */
export function nestFacts(items: readonly Nestable[]): number[] {
  const order = items.map((_, i) => i).sort((a, b) => compareStart(items[a]!, items[b]!) || a - b)
  const saysAgents = items.some(({ agent }) => agent !== null)
  const containerOfAgent = new Map<string, number>()
  /** Containers, with the end of the first model call inside them. */
  const begun = new Map<number, bigint>()
  const parents = items.map(() => -1)
  let open: number[] = []

  for (const i of order) {
    const item = items[i]!
    open = open.filter((t) => items[t]!.end > item.start)
    if (!saysAgents || item.agent !== null) {
      const around = open.filter((t) => items[t]!.start < item.start && item.end < items[t]!.end)
      parents[i] = item.agent === null ? innermost(item, around, begun) : ofAgent(item.agent, around, containerOfAgent)
      const parent = parents[i]!
      if (item.kind === 'model' && parent >= 0 && !begun.has(parent)) begun.set(parent, item.end)
    }
    if (item.kind === 'tool') open.push(i)
  }
  return parents
}

/** The one that started last. A tool call is inside only if a model call was there before it. */
function innermost(item: Nestable, around: readonly number[], begun: ReadonlyMap<number, bigint>): number {
  if (item.kind === 'model') return around.at(-1) ?? -1
  return around.findLast((t) => begun.has(t) && begun.get(t)! <= item.start) ?? -1
}

/** Sub-agents that run side by side take the calls that started them in order. */
function ofAgent(agent: string, around: readonly number[], containerOfAgent: Map<string, number>): number {
  const known = containerOfAgent.get(agent)
  if (known !== undefined) return known
  const taken = new Set(containerOfAgent.values())
  const free = around.find((t) => !taken.has(t))
  if (free !== undefined) containerOfAgent.set(agent, free)
  return free ?? -1
}

const compareStart = (a: Timed, b: Timed): number => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)
