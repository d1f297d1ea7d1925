import type { Call } from '../model/run.ts'
import type { Leaf } from './leaves.ts'
import type { Inherited, LeafTrace } from './look.ts'
import { wordsOf } from './tool-lexicon.ts'

/**
 * From so many bits on, summed over a call's arguments, nobody knows what its values were worked out from: two digits, or
 * one word. A date put in another form, a city for its airport and a third of a balance leave no other trace. Chosen.
 */
export const AUTHORED_BITS = 4

/** How much to fetch, as a number: a habit of whoever writes the call, and matched like any value where a result holds it. */
const SETTING =
  /^(limit|count|top_?k|top_?n|n_?results|num_?results|max_?results|max_?items|page_?size|per_?page|timeout(_?ms)?)$/i

/** Numbers that everyone knows: units of time, length and angle, percent, pi, thousands. */
const CONSTANTS = new Set([
  ...[7, 12, 24, 30, 52, 60, 90, 100, 180, 360, 365, 366, 1000, 1024, 3600, 1440, 86400, 10000, 100000, 1e6, 1e9],
  ...[0.1, 0.01, 0.001, 0.5, 0.25, 0.75, 1.5, 3.6, 0.2778, 0.277778, 2.54, 1.609, 9.8, 9.81, 3.14, Math.PI, Math.E],
])

/** Few bits that say much: the country of a city that a result named, the place in a list that a result showed. */
const TELLING = /(^|_)(country|state|region|airport|iata)(_?code)?$|(^|_)(index|position|rank|nth|ordinal)$/i

/** What a call's model made up of its arguments: what nothing before it holds and not everyone knows. */
export interface Authored {
  /** Written for this call. */
  readonly bits: number
  /**
   * The turn whose results it had not seen when it made up so much of them that nobody knows what they were worked out from;
   * whatever came before may have led to them. That of the call or an earlier one; -1 for none.
   */
  readonly since: number
}

export function authoredOf({ tool, turn }: Call, leaves: readonly LeafTrace[]): Authored {
  let bits = 0
  const earlier: Inherited[] = []
  for (const { leaf, origin, authoredBits, inherited } of leaves) {
    bits += worthOf(leaf, origin === 'authored', authoredBits, tool)
    if (inherited === null) continue
    const worth = worthOf(leaf, origin === 'argument', inherited.bits, tool)
    if (worth > 0) earlier.push({ ...inherited, bits: worth })
  }
  if (bits >= AUTHORED_BITS) return { bits, since: turn }
  let sum = bits
  for (const one of earlier.sort((a, b) => b.turn - a.turn)) {
    sum += one.bits
    if (sum >= AUTHORED_BITS) return { bits, since: one.turn }
  }
  return { bits, since: -1 }
}

function worthOf(leaf: Leaf, isWhole: boolean, bits: number, tool: string): number {
  if (isWhole && TELLING.test(leaf.key)) return Math.max(AUTHORED_BITS, bits)
  return bits === 0 || isKnown(leaf, tool) ? 0 : bits
}

/** What everyone knows, and the words of the tool's own name, which were known with the tool. */
function isKnown({ key, value }: Leaf, tool: string): boolean {
  if (typeof value === 'number') return SETTING.test(key) || CONSTANTS.has(value)
  if (typeof value !== 'string' || value.length > tool.length) return false
  return wordsOf(value).every((word) => wordsOf(tool).includes(word))
}
