// Calls of one tool that differ in one argument, which is what a loop over a list looks like.

import { pathText } from '../dependencies/leaves.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { canonicalJson } from '../runs/canonical-json.ts'

export interface ArgumentGroup {
  readonly tool: string
  /** JSON path of the argument that changes, such as `$.user_id`. */
  readonly path: string
  /** In run order; each has another value there. */
  readonly calls: readonly number[]
}

/** Arguments of a call that are compared; what has more is not told apart by one. */
const MAX_ARGUMENTS = 24

/**
 * Groups of at least `least` calls of one tool whose arguments are the same but for one top-level argument, largest first. A
 * call is in one group only. Calls with the same arguments are no loop: only the first of them counts.
 */
export function argumentGroups(run: Run, least: number): ArgumentGroup[] {
  const groups = new Map<string, { tool: string; key: string; byValue: Map<string, number> }>()
  run.calls.forEach(({ tool, arguments: args }, call) => {
    const entries = entriesOf(args)
    if (entries.length === 0 || entries.length > MAX_ARGUMENTS) return
    const texts = entries.map(([, value]) => canonicalJson(value))
    const parts = entries.map(([key], at) => `${JSON.stringify(key)}:${texts[at]}`)
    entries.forEach(([key], at) => {
      const rest =
        parts.length === 1
          ? ''
          : parts
              .filter((_, i) => i !== at)
              .sort()
              .join()
      const id = `${JSON.stringify(tool)}${JSON.stringify(key)}${rest}`
      const group = groups.get(id)
      if (group === undefined) groups.set(id, { tool, key, byValue: new Map([[texts[at]!, call]]) })
      else if (!group.byValue.has(texts[at]!)) group.byValue.set(texts[at]!, call)
    })
  })
  const taken = new Set<number>()
  const found: ArgumentGroup[] = []
  const bySize = [...groups.values()].filter(({ byValue }) => byValue.size >= least)
  bySize.sort((a, b) => b.byValue.size - a.byValue.size)
  for (const { tool, key, byValue } of bySize) {
    const calls = [...byValue.values()].filter((call) => !taken.has(call))
    if (calls.length < least) continue
    for (const call of calls) taken.add(call)
    found.push({ tool, path: pathText(key === '' ? null : { parent: null, key }), calls })
  }
  return found
}

function entriesOf(args: Json | undefined): [string, Json][] {
  if (args === undefined || args === null) return []
  if (typeof args !== 'object' || Array.isArray(args)) return [['', args]]
  return Object.entries(args as Readonly<Record<string, Json>>)
}
