import type { Json } from '../../analyzer/model/json.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'

/** A call's name in a sentence: the tool's, with a number where the run calls that tool more than once (`refund #2`). */
export function callName(run: ReportRun, id: string): string {
  const call = run.calls.find((c) => (c.id as string) === id)
  if (call === undefined) return id
  const same = run.calls.filter((c) => c.tool === call.tool)
  return same.length === 1 ? call.tool : `${call.tool} #${same.indexOf(call) + 1}`
}

/** What tells one call of a tool from the next, in a few words: its first arguments. `Bergen, Bryggen, 3`. */
export function argumentHint(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  const items = typeof value !== 'object' ? [value] : Object.values(value as { readonly [key: string]: Json })
  const scalars = items.filter((item) => item !== null && typeof item !== 'object' && item !== '')
  const text = scalars
    .slice(0, 3)
    .map((item) => String(item).slice(0, 60))
    .join(', ')
  return text.replaceAll(/\s+/g, ' ').slice(0, 80)
}
