// Sentences about calls, in a person's words.

import type { LeafOrigin } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import { NO_TURN, type Run } from '../model/run.ts'

/** Stretches named by their turns. */
const MAX_STRETCHES = 4

/** `a`, `a and b`, `a, b and c`; past `most` names, the rest of the `count` is counted, and need not be given. */
export function listOf(names: readonly string[], most = 6, count = names.length): string {
  const shown = count > most ? [...names.slice(0, most - 1), `${count - most + 1} more`] : names
  if (shown.length <= 1) return shown[0] ?? ''
  return `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`
}

/** A name for each of these calls, that tells them apart: `load`, or `load #1` and `load #2` as they come in the run. */
export function namesOf(run: Run, calls: readonly number[]): string[] {
  return calls.map((call) => {
    const { tool } = run.calls[call]!
    if (!calls.some((other) => other !== call && run.calls[other]!.tool === tool)) return tool
    let count = 1
    for (let other = 0; other < call; other++) if (run.calls[other]!.tool === tool) count++
    return `${tool} #${count}`
  })
}

/** Tool names of calls; a tool that occurs several times is counted: `read_file (x3)`. */
export function toolsOf(run: Run, calls: readonly number[]): string {
  const counts = new Map<string, number>()
  for (const call of calls) counts.set(run.calls[call]!.tool, (counts.get(run.calls[call]!.tool) ?? 0) + 1)
  return listOf([...counts].map(([tool, count]) => (count === 1 ? tool : `${tool} (x${count})`)))
}

/** Tool names of the calls of several places: `search and read_file (x2 to 5)` where counts differ from place to place. */
export function toolsOfEach(run: Run, places: readonly (readonly number[])[]): string {
  const counted = new Map<string, { least: number; most: number; count: number }>()
  for (const calls of places) {
    for (const call of calls) {
      const { tool } = run.calls[call]!
      const counts = counted.get(tool)
      if (counts === undefined) counted.set(tool, { least: Number.POSITIVE_INFINITY, most: 0, count: 1 })
      else counts.count++
    }
    for (const call of calls) {
      const counts = counted.get(run.calls[call]!.tool)!
      // The first of the tool's calls here has counted all of them.
      if (counts.count === 0) continue
      counts.least = Math.min(counts.least, counts.count)
      counts.most = Math.max(counts.most, counts.count)
      counts.count = 0
    }
  }
  return listOf(
    [...counted].map(([tool, { least, most }]) => (most === 1 ? tool : `${tool} (x${rangeOf([least, most])})`)),
  )
}

/** Of the least and the greatest: `3`, `3 to 5`. Of at least one. */
export function rangeOf(counts: readonly number[]): string {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const count of counts) {
    least = Math.min(least, count)
    most = Math.max(most, count)
  }
  return least === most ? `${least}` : `${least} to ${most}`
}

/** What a title ends in: nothing for one. */
export const inStretches = (count: number): string => (count === 1 ? '' : `, in ${count} stretches`)

/** `3 stretches: turn 3, turns 5 to 9 and turn 12.` */
export function stretchesSentence<P>(run: Run, places: readonly P[], callsOf: (place: P) => readonly number[]): string {
  const texts = places.slice(0, MAX_STRETCHES).map((place) => {
    const turns = turnsOf(run, callsOf(place))
    if (turns === null) return 'calls that no turn asked for'
    return turns.first === turns.last ? `turn ${turns.first}` : `turns ${turns.first} to ${turns.last}`
  })
  return `${places.length} stretches: ${listOf(texts, MAX_STRETCHES, places.length)}.`
}

/** What is told of the first place of a finding, and where the others are. */
export function evidenceOfAll(run: Run, places: readonly (readonly number[])[], ofFirst: readonly string[]): string[] {
  const others = places.length - 1
  if (others === 0) return [...ofFirst]
  const alike = others === 1 ? 'The other one is of the same kind.' : `The other ${others} are of the same kind.`
  return [stretchesSentence(run, places, (calls) => calls), ...ofFirst, alike]
}

/** The first and the last turn that asked for one of these calls; null if none did. */
export function turnsOf(run: Run, calls: readonly number[]): { readonly first: number; readonly last: number } | null {
  let first = Number.POSITIVE_INFINITY
  let last = -1
  for (const call of calls) {
    const { turn } = run.calls[call]!
    if (turn === NO_TURN) continue
    first = Math.min(first, turn)
    last = Math.max(last, turn)
  }
  return last === -1 ? null : { first, last }
}

/** A value as a reader wants it: text in quotation marks, cut where long. Without content only the marks are left. */
export function quoted(value: Json, content: boolean): string {
  if (!content) return '“…”'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `“${text.length > 48 ? `${text.slice(0, 47)}…` : text}”`
}

/** `$.city` -> `city`, `$["city name"]` -> `city name`, `$.rooms[0].id` -> `rooms[0].id`, `$` -> ``. */
export function fieldOf(path: string): string {
  const quotedKey = /^\$\[("(?:[^"\\]|\\.)*")\]$/.exec(path)?.[1]
  return quotedKey === undefined ? path.replace(/^\$\.?/, '') : (JSON.parse(quotedKey) as string)
}

/** Which of a call's arguments: one that is no object is all there is. */
export const argumentOf = (path: string): string => (path === '$' ? 'its argument' : `\`${fieldOf(path)}\``)

/** Where an argument's value came from: "`city` = “Oslo” was in the prompt". */
export function originSentence(leaf: LeafOrigin, content: boolean): string {
  const what = `${argumentOf(leaf.path)} = ${quoted(leaf.value, content)}`
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
