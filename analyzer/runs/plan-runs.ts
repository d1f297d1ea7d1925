// Which spans make which run, before any of their content matters.
//
// A *scope* is what models, tools and agents are directly inside of: an agent, a tool, or nothing (the top of a tree).
// Every tool is a member of exactly one scope, and every scope that holds a tool becomes, or is folded into, exactly
// one run. So no call is lost and none is counted twice.

import { mapped } from '../base/mapped.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { SpanRecord } from '../model/record.ts'
import type { SpanId } from '../model/span.ts'
import { NO_NODE, type TraceTree, topsOf } from './trace-tree.ts'

export interface RunPlan {
  readonly runId: SpanId
  readonly parentRunId: SpanId | null
  /**
   * The span that stands for the whole run, or NO_NODE if it never arrived, or if there is none: members without a
   * common parent.
   */
  readonly root: number
  /** Set if children name a root that never arrived. */
  readonly rootIsMissing: boolean
  /** Agents that only wrap one another, outermost first; the last holds the members. Empty if no span is an agent. */
  readonly agents: readonly number[]
  /** Models (turns), tools and agents (calls), in time order. */
  readonly members: readonly number[]
  /** Trees that the members come from: more than one if spans have no common root. */
  readonly trees: number
  /** Member -> the run inside it, for calls that are agents. */
  readonly childRuns: ReadonlyMap<number, SpanId>
}

/** The runs of one trace, an outer run before those nested in it. */
export function planRuns(tree: TraceTree): RunPlan[] {
  const scopes = readScopes(tree)
  const plans: RunPlan[] = []
  const queue = topLevel(tree, scopes)
  for (const next of queue) {
    const childRuns = new Map<number, SpanId>()
    for (const member of next.members) {
      const child = runInside(tree, scopes, member)
      if (child === null) continue
      childRuns.set(member, child.runId)
      // The loop goes on to what is added here.
      queue.push({ ...child, parentRunId: next.runId })
    }
    plans.push({ ...next, childRuns })
  }
  return plans
}

type Seed = Omit<RunPlan, 'childRuns'>

interface Scopes {
  /** Per node: what is directly inside it. Only agents and tools have members. */
  readonly members: readonly (readonly number[])[]
  /** Per top node: what is in its tree and in no agent or tool. */
  readonly loose: ReadonlyMap<number, readonly number[]>
  /** Per agent: the one agent that it wraps, or NO_NODE. */
  readonly wraps: Int32Array
}

function readScopes(tree: TraceTree): Scopes {
  const tops = topsOf(tree)
  const scope = int32Zeros(tree.records.length)
  for (const i of tree.order) {
    const parent = tree.parent[i]!
    const closes = parent !== NO_NODE && (kindOf(tree, parent) === 'agent' || kindOf(tree, parent) === 'tool')
    scope[i] = closes || parent === NO_NODE ? parent : scope[parent]!
  }
  const members: (readonly number[])[] = mapped(tree.records, () => NOBODY)
  const loose = new Map<number, number[]>()
  for (let i = 0; i < tree.records.length; i++) {
    if (kindOf(tree, i) === 'group') continue
    const holder = scope[i]!
    if (holder !== NO_NODE) {
      const inside = members[holder]!
      if (inside === NOBODY) members[holder] = [i]
      else (inside as number[]).push(i)
    } else {
      const inTree = loose.get(tops[i]!)
      if (inTree) inTree.push(i)
      else loose.set(tops[i]!, [i])
    }
  }
  // An agent that holds nothing but one agent is a name around it: a workflow, a runner, a second instrumentation.
  const wraps = int32Zeros(tree.records.length).fill(NO_NODE)
  for (let k = tree.order.length - 1; k >= 0; k--) {
    const i = tree.order[k]!
    const inside = members[i]!
    if (kindOf(tree, i) !== 'agent' || inside.length !== 1 || kindOf(tree, inside[0]!) !== 'agent') continue
    const only = inside[0]!
    wraps[i] = only
    members[i] = members[only]!
  }
  return { members, loose, wraps }
}

/** The members of most nodes. */
const NOBODY: readonly number[] = []

/**
 * Runs that are in no other. Where an agent has a span, it is the run. Models and tools outside of any agent are one run
 * together; beside agents they are one only if a tool is among them (a lone model call next to an agent, such as one
 * that writes a title, is nobody's turn).
 */
function topLevel(tree: TraceTree, { members, loose, wraps }: Scopes): Seed[] {
  const isRun = (i: number) => kindOf(tree, i) === 'agent' && members[i]!.length > 0
  const all = [...loose.values()].flat()
  const stray = [...loose].filter(([, nodes]) => nodes.some((i) => kindOf(tree, i) !== 'agent'))
  const isLoop = stray.some(([, nodes]) => nodes.some((i) => kindOf(tree, i) === 'tool')) || !all.some(isRun)

  const together = isLoop ? stray : []
  const inLoop = new Set(together.flatMap(([, nodes]) => nodes))
  const seeds = all.filter((i) => isRun(i) && !inLoop.has(i)).map((i) => agentRun(tree, members, wraps, i))
  if (together.length > 0) {
    const tops = together.map(([top]) => top).sort((a, b) => a - b)
    seeds.push({
      ...rootOf(tree, members, tops),
      parentRunId: null,
      agents: [],
      members: [...inLoop].sort((a, b) => a - b),
      trees: tops.length,
    })
  }
  return seeds
}

/**
 * Of several trees: the first real root that only groups, else the parent that never arrived, else the first span. Not
 * a tool that is the root of a run itself: run ids are unique. If there is nothing but those, the trace lends its id.
 */
function rootOf(
  tree: TraceTree,
  members: Scopes['members'],
  tops: readonly number[],
): Pick<Seed, 'root' | 'runId' | 'rootIsMissing'> {
  const idOf = (i: number) => tree.records[i]!.span.spanId
  const container = tops.find((i) => tree.missingParent[i] === null && tree.records[i]!.kind === 'group')
  if (container !== undefined) return { root: container, runId: idOf(container), rootIsMissing: false }
  const orphan = tops.find((i) => tree.missingParent[i] !== null)
  if (orphan !== undefined) return { root: NO_NODE, runId: tree.missingParent[orphan]!, rootIsMissing: true }
  const first = tops.find((i) => tree.records[i]!.kind === 'model' || members[i]!.length === 0)
  const runId = first === undefined ? (tree.records[tops[0]!]!.span.traceId.slice(0, 16) as SpanId) : idOf(first)
  return { root: NO_NODE, runId, rootIsMissing: false }
}

/**
 * The run inside a call, or null. A tool around one agent leads to that agent's run. A tool around calls of its own,
 * asked for by its own models or made by its program, is itself the root of their run: they are not the outer run's.
 */
function runInside(tree: TraceTree, { members, wraps }: Scopes, member: number): Seed | null {
  const record = tree.records[member]!
  const inside = members[member]!
  if (record.kind === 'agent') return inside.length > 0 ? agentRun(tree, members, wraps, member) : null
  if (record.kind !== 'tool' || inside.length === 0) return null
  const only = inside[0]!
  if (inside.length === 1 && tree.records[only]!.kind === 'agent') {
    return members[only]!.length > 0 ? agentRun(tree, members, wraps, only) : null
  }
  if (!inside.some((i) => tree.records[i]!.kind !== 'model')) return null
  const runId = record.span.spanId
  return { runId, parentRunId: null, root: member, rootIsMissing: false, agents: [], members: inside, trees: 1 }
}

function agentRun(tree: TraceTree, members: Scopes['members'], wraps: Int32Array, agent: number): Seed {
  const agents: number[] = []
  for (let i = agent; i !== NO_NODE; i = wraps[i]!) agents.push(i)
  const runId = tree.records[agent]!.span.spanId
  return { runId, parentRunId: null, root: agent, rootIsMissing: false, agents, members: members[agent]!, trees: 1 }
}

const kindOf = (tree: TraceTree, i: number): SpanRecord['kind'] => tree.records[i]!.kind
