// What a faster tool would be worth: every call of it takes a share less time, and everything after it moves up as far as the
// constraints of the actual schedule allow. Exact on the graph: the longest path is worked out again, once per question.

import { float64Zeros, int32Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import { KIND } from './network.ts'
import type { Simulation } from './simulate.ts'

export interface ToolSpeedup {
  readonly tool: string
  readonly calls: number
  readonly totalMs: number
  /** How much sooner the schedule would end, in ms, per share of 0.25, 0.5 and 1. */
  readonly savedMs: readonly [number, number, number]
}

export const SHARES = [0.25, 0.5, 1] as const

/** Tools that are asked about: those with the most time on the critical path. */
const MAX_TOOLS = 10

/**
 * The tools whose speed matters to this schedule, the most valuable first. The schedule must not have been capped.
 * @param criticalCalls calls on its critical path.
 */
export function speedupsOf(run: Run, simulation: Simulation, criticalCalls: readonly number[]): ToolSpeedup[] {
  const onPathMs = new Map<string, number>()
  for (const call of criticalCalls) {
    const { tool, startMs, endMs } = run.calls[call]!
    onPathMs.set(tool, (onPathMs.get(tool) ?? 0) + endMs - startMs)
  }
  const asked = [...onPathMs].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MAX_TOOLS)
  const totals = new Map<string, { calls: number; ms: number }>()
  for (const { tool, startMs, endMs } of run.calls) {
    const total = totals.get(tool)
    if (total === undefined) totals.set(tool, { calls: 1, ms: endMs - startMs })
    else {
      total.calls++
      total.ms = total.ms + endMs - startMs
    }
  }
  const longest = longestPathOf(run, simulation)
  const fullMs = longest(null, 1)
  const found = asked.map(([tool]): ToolSpeedup => {
    const saved = SHARES.map((share) => Math.max(0, fullMs - longest(tool, 1 - share)))
    const { calls, ms } = totals.get(tool)!
    return { tool, calls, totalMs: ms, savedMs: [saved[0]!, saved[1]!, saved[2]!] }
  })
  return found
    .filter(({ savedMs }) => savedMs[2] > 0)
    .sort((a, b) => b.savedMs[1] - a.savedMs[1] || b.savedMs[2] - a.savedMs[2] || (a.tool < b.tool ? -1 : 1))
}

/**
 * The end of the schedule if each call of `tool` took `factor` times its duration: one pass over the activities, which stand
 * in a topological order. Waits for a person keep their length.
 */
function longestPathOf(run: Run, { network }: Simulation): (tool: string | null, factor: number) => number {
  const { count, kinds, refs, durationMs, into, from, lagMs } = network
  const numbers = new Map<string, number>()
  for (const call of run.calls) if (!numbers.has(call.tool)) numbers.set(call.tool, numbers.size)
  const toolOf = int32Zeros(count).fill(-1)
  for (let activity = 0; activity < count; activity++) {
    if (kinds[activity] === KIND.call) toolOf[activity] = numbers.get(run.calls[refs[activity]!]!.tool)!
  }
  const endMs = float64Zeros(count)
  return (tool, factor) => {
    const asked = tool === null ? undefined : numbers.get(tool)
    for (let activity = 0; activity < count; activity++) {
      let startMs = 0
      for (let at = into[activity]!; at < into[activity + 1]!; at++) {
        startMs = Math.max(startMs, endMs[from[at]!]! + lagMs[at]!)
      }
      endMs[activity] = startMs + durationMs[activity]! * (toolOf[activity] === asked ? factor : 1)
    }
    return endMs.at(-1) ?? 0
  }
}
