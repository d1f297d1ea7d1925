// Calls of one tool that differ in one argument, which is what a loop over a list looks like.

import { int32Zeros } from '../base/zeros.ts'
import { pathNode, pathText } from '../dependencies/path-node.ts'
import type { Run } from '../model/run.ts'
import type { ArgumentIds } from './argument-ids.ts'
import type { FindingContext } from './rule.ts'

export interface ArgumentGroup {
  readonly tool: string
  /** JSON path of the argument that changes, such as `$.user_id`. */
  readonly path: string
  /** In run order; each has another value there. */
  readonly calls: readonly number[]
}

/**
 * Groups of at least `least` calls of one tool whose arguments are the same but for one top-level argument, largest first. A
 * call is in one group only. Calls with the same arguments are no loop: only the first of them counts.
 */
export function argumentGroups({ run, argumentIds }: FindingContext, least: number): ArgumentGroup[] {
  const groups = groupsOf(run, argumentIds, least)
  const taken = new Set<number>()
  const found: ArgumentGroup[] = []
  const bySize = groups.filter(({ byValue }) => byValue.size >= least)
  bySize.sort((a, b) => b.byValue.size - a.byValue.size)
  for (const { tool, key, byValue } of bySize) {
    const calls = [...byValue.values()].filter((call) => !taken.has(call))
    if (calls.length < least) continue
    for (const call of calls) taken.add(call)
    found.push({ tool, path: pathText(key === '' ? null : pathNode(null, key)), calls })
  }
  return found
}

/** Calls that are equal but for one argument. */
interface Group {
  readonly tool: string
  readonly key: string
  /** The first call with each value of that argument. */
  readonly byValue: Map<number, number>
}

/** In the order of their first calls, and none that has too few calls whatever their values. */
function groupsOf(run: Run, ids: ArgumentIds, least: number): Group[] {
  const asked = callsPerTool(run.calls)
  const isLooked = (call: number): boolean => {
    const { tool, arguments: args } = run.calls[call]!
    return args !== null && asked.get(tool)! >= least && ids.has(call)
  }
  const calls: number[] = []
  for (let call = 0; call < run.calls.length; call++) if (isLooked(call)) calls.push(call)
  /** By what `othersOf` says. Most of those are of one call, for which a group would be thrown away. */
  const counts = int32Zeros(ids.othersEnd)
  const groupOf = new Map<number, Group>()
  const found: Group[] = []
  for (const call of calls) {
    for (let at = ids.keysOf(call).length - 1; at >= 0; at--) {
      const others = ids.othersOf(call, at)
      if (others >= 0) counts[others]!++
    }
  }
  for (const call of calls) {
    const keys = ids.keysOf(call)
    for (let at = 0; at < keys.length; at++) {
      const others = ids.othersOf(call, at)
      if (others < 0 || counts[others]! < least) continue
      let group = groupOf.get(others)
      if (group === undefined) {
        group = { tool: run.calls[call]!.tool, key: keys[at]!, byValue: new Map() }
        groupOf.set(others, group)
        found.push(group)
      }
      const value = ids.valueOf(call, at)
      if (!group.byValue.has(value)) group.byValue.set(value, call)
    }
  }
  return found
}

function callsPerTool(calls: readonly { readonly tool: string }[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { tool } of calls) counts.set(tool, (counts.get(tool) ?? 0) + 1)
  return counts
}
