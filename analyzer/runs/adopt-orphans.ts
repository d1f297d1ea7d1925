// A span whose parent never arrived (dropped, late, or from a service that exports elsewhere), or that names itself or what
// is inside it, still belongs to a run.
//
//   invoke_agent  |--------------------------|
//     (step 1, lost)
//       chat         |-----|                        both name step 1 as parent: they move together,
//       tool                |------|                under the agent whose time holds theirs

import { compare } from '../base/compare.ts'
import type { SpanRecord } from '../model/record.ts'
import type { SpanId } from '../model/span.ts'
import { endOf, maxOf, minOf, startOf, TIE_NS } from './time.ts'
import { NO_NODE, type TraceTree, topsOf, withParents } from './trace-tree.ts'

/**
 * `tree` with the orphans put under an agent: the one whose model asked for one of their calls by id, else the shortest
 * whose time holds them all. Orphans that fit nowhere stay where they are.
 */
export function adoptOrphans(tree: TraceTree): TraceTree {
  if (tree.missingParent.every((id, i) => id === null && tree.cutFrom[i] === null)) return tree
  const tops = topsOf(tree)
  const groups = orphanGroups(tree, tops)
  const agents = [...tree.order].filter((i) => tree.records[i]!.kind === 'agent')
  if (groups.size === 0 || agents.length === 0) return tree

  agents.sort((a, b) => compare(lengthOf(tree.records[a]!), lengthOf(tree.records[b]!)) || a - b)
  const askers = askersByCallId(tree)
  const groupOf = (node: number): Group | undefined => {
    const lacking = lackingOf(tree, tops[node]!)
    return lacking === null ? undefined : groups.get(lacking)
  }
  /** Whether `node` is inside `group`, or inside what was put under it. */
  const isBelow = (node: number, group: Group): boolean => {
    for (let at = groupOf(node); at !== undefined; at = at.home === NO_NODE ? undefined : groupOf(at.home)) {
      if (at === group) return true
    }
    return false
  }

  const parent = tree.parent.slice()
  for (const group of groups.values()) {
    const asker = group.callIds.map((id) => askers.get(id) ?? NO_NODE).find((i) => i !== NO_NODE && !isBelow(i, group))
    const holder = agents.find((i) => holds(tree.records[i]!, group) && !isBelow(i, group))
    group.home = asker ?? holder ?? NO_NODE
    if (group.home !== NO_NODE) for (const top of group.tops) parent[top] = group.home
  }
  return withParents(tree, parent)
}

/** The parent that a top names and does not have; null for a real root and for all that have one. */
const lackingOf = (tree: TraceTree, top: number): SpanId | null => tree.missingParent[top]! ?? tree.cutFrom[top]!

/** Tops that name the same missing parent, with the time and the call ids of all that is under them. */
interface Group {
  readonly tops: number[]
  readonly callIds: string[]
  start: bigint
  end: bigint
  /** The node that they were put under. */
  home: number
}

/** By missing parent, in time order of the first. Trees without any agent, model or tool need no home. */
function orphanGroups(tree: TraceTree, tops: Int32Array): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const i of tree.order) {
    const missing = lackingOf(tree, tops[i]!)
    const record = tree.records[i]!
    if (missing === null || record.kind === 'group') continue
    const [start, end] = [startOf(record.span), endOf(record.span)]
    const group = groups.get(missing) ?? { tops: [], callIds: [], start, end, home: NO_NODE }
    groups.set(missing, group)
    group.start = minOf(group.start, start)
    group.end = maxOf(group.end, end)
    if (record.kind === 'tool' && record.callId !== null) group.callIds.push(record.callId)
    if (group.tops.at(-1) !== tops[i]) group.tops.push(tops[i]!)
  }
  return groups
}

/** Call id -> the agent or tool around the model that asked for it. Ids that several agents use tell nothing. */
function askersByCallId(tree: TraceTree): Map<string, number> {
  const around: number[] = []
  const askers = new Map<string, number>()
  for (const i of tree.order) {
    const parent = tree.parent[i]!
    const above = parent === NO_NODE ? undefined : tree.records[parent]!.kind
    around[i] = above === 'agent' || above === 'tool' ? parent : parent === NO_NODE ? NO_NODE : around[parent]!
    const record = tree.records[i]!
    if (record.kind !== 'model') continue
    for (const message of record.output) {
      for (const { id } of message.calls) {
        if (id !== null) askers.set(id, askers.has(id) && askers.get(id) !== around[i] ? NO_NODE : around[i]!)
      }
    }
  }
  return askers
}

const holds = (agent: SpanRecord, group: Group): boolean =>
  startOf(agent.span) - TIE_NS <= group.start && group.end <= endOf(agent.span) + TIE_NS

const lengthOf = (record: SpanRecord): bigint => endOf(record.span) - startOf(record.span)
