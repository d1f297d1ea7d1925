// Sentences about calls, in a person's words.

import type { LeafOrigin } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'

/** `a`, `a and b`, `a, b and c`; past `most` names, the rest of the `count` is counted, and need not be given. */
export function listOf(names: readonly string[], most = 6, count = names.length): string {
  const shown = count > most ? [...names.slice(0, most - 1), `${count - most + 1} more`] : names
  if (shown.length <= 1) return shown[0] ?? ''
  return `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`
}

/** Tool names of calls; a tool that occurs several times is counted: `read_file (x3)`. */
export function toolsOf(run: Run, calls: readonly number[]): string {
  const counts = new Map<string, number>()
  for (const call of calls) counts.set(run.calls[call]!.tool, (counts.get(run.calls[call]!.tool) ?? 0) + 1)
  return listOf([...counts].map(([tool, count]) => (count === 1 ? tool : `${tool} (x${count})`)))
}

/** A value as a reader wants it: text in quotation marks, cut where long. Without content only the marks are left. */
export function quoted(value: Json, content: boolean): string {
  if (!content) return '“…”'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `“${text.length > 48 ? `${text.slice(0, 47)}…` : text}”`
}

/** `$.city` -> `city`, `$.rooms[0].id` -> `rooms[0].id`. */
export function fieldOf(path: string): string {
  return path.replace(/^\$\.?/, '') || 'the arguments'
}

/** Where an argument's value came from: "`city` = “Oslo” was in the prompt". */
export function originSentence(leaf: LeafOrigin, content: boolean): string {
  const what = `\`${fieldOf(leaf.path)}\` = ${quoted(leaf.value, content)}`
  switch (leaf.origin) {
    case 'prompt':
      return `${what} was in the prompt`
    case 'argument':
      return `${what} was an argument before (${leaf.where})`
    case 'result':
      return `${what} came from ${leaf.where}`
    default:
      return `${what} was written by the model`
  }
}
