// Calls of one tool that differ in one argument, which is what a loop over a list looks like.

import { pathText } from '../dependencies/leaves.ts'
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
export function argumentGroups({ run, argumentsOf }: FindingContext, least: number): ArgumentGroup[] {
  const groups = new Map<number, Group>()
  const asked = callsPerTool(run.calls)
  run.calls.forEach(({ tool, arguments: args }, call) => {
    if (args === null || asked.get(tool)! < least) return
    const ids = argumentsOf(call)
    if (ids === null) return
    const { keys, values, others } = ids
    for (let at = 0; at < others.length; at++) {
      const value = values[at]!
      const group = groups.get(others[at]!)
      if (group === undefined) groups.set(others[at]!, { tool, key: keys[at]!, first: call, value, byValue: null })
      else if (group.byValue?.has(value) !== true && value !== group.value) {
        // Most have one call, and need no list.
        group.byValue ??= new Map([[group.value, group.first]])
        group.byValue.set(value, call)
      }
    }
  })
  const taken = new Set<number>()
  const found: ArgumentGroup[] = []
  const bySize = [...groups.values()].filter((group) => sizeOf(group) >= least)
  bySize.sort((a, b) => sizeOf(b) - sizeOf(a))
  for (const { tool, key, first, byValue } of bySize) {
    const calls = (byValue === null ? [first] : [...byValue.values()]).filter((call) => !taken.has(call))
    if (calls.length < least) continue
    for (const call of calls) taken.add(call)
    found.push({ tool, path: pathText(key === '' ? null : { parent: null, key }), calls })
  }
  return found
}

/** The first call with each value of one argument. */
interface Group {
  readonly tool: string
  readonly key: string
  readonly first: number
  /** Of the first call. */
  readonly value: number
  byValue: Map<number, number> | null
}

const sizeOf = ({ byValue }: Group): number => byValue?.size ?? 1

function callsPerTool(calls: readonly { readonly tool: string }[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { tool } of calls) counts.set(tool, (counts.get(tool) ?? 0) + 1)
  return counts
}
