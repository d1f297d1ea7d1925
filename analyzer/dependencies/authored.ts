import type { Call } from '../model/run.ts'
import type { Leaf } from './leaves.ts'
import type { Inherited, LeafTrace } from './look.ts'
import { matchProbability } from './match-weights.ts'
import { wordsOf } from './tool-lexicon.ts'
import { REPORTED_FROM } from './weights.ts'

/**
 * From so many bits on, summed over a call's arguments, nobody knows what its values were worked out from: two digits, or
 * one word. A date put in another form, a city for its airport and a third of a balance leave no other trace. Chosen.
 */
export const AUTHORED_BITS = 4

/** How much to fetch, as a number: a habit of whoever writes the call, and matched like any value where a result holds it. */
const AMOUNT =
  /^(limit|count|top_?k|top_?n|n_?results|num_?results|max_?results|max_?items|page_?size|per_?page|timeout(_?ms)?)$/i

/** How to answer, and not about what. Few bits of such say nothing. */
const SETTING =
  /^(limit|max|min|include|exclude|with|show|return|only|sort|order|verbose|recursive|detailed|details|full|raw|exact|fuzzy|strict|safe|ascending|descending|asc|desc|reverse|units?|currency|case|dry|pretty|stream|cache|cached|timeout|retries|page|per|offset|skip|start|encoding|version|mode|debug|depth)(?![a-z])/i

/** Numbers that everyone knows: units of time, length and angle, percent, pi, thousands. */
const CONSTANTS = new Set([
  ...[7, 12, 24, 30, 52, 60, 90, 100, 180, 360, 365, 366, 1000, 1024, 3600, 1440, 86400, 10000, 100000, 1e6, 1e9],
  ...[0.1, 0.01, 0.001, 0.5, 0.25, 0.75, 1.5, 3.6, 0.2778, 0.277778, 2.54, 1.609, 9.8, 9.81, 3.14, Math.PI, Math.E],
])

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

/** @param isSum numbers in, a number out: of such a call it is known what a one, a two and a thousand may stand for. */
export function authoredOf({ tool, turn }: Call, leaves: readonly LeafTrace[], isSum: boolean): Authored {
  let bits = 0
  let earlier: Inherited[] | undefined
  for (const trace of leaves) {
    const { origin, inherited } = trace
    // A result that holds it by chance gave it no more than none does.
    const made = origin === 'result' && !isGiven(trace) ? trace.bits : trace.authoredBits
    if (origin === 'authored' || made > 0) bits += worthOf(trace, made, tool, isSum)
    if (inherited === null) continue
    const worth = worthOf(trace, inherited.bits, tool, isSum)
    if (worth <= 0) continue
    earlier ??= []
    earlier.push({ bits: worth, turn: inherited.turn })
  }
  if (bits >= AUTHORED_BITS) return { bits, since: turn }
  if (earlier === undefined) return bits === 0 ? NOTHING_AUTHORED : { bits, since: -1 }
  let sum = bits
  if (earlier.length > 1) earlier.sort((a, b) => b.turn - a.turn)
  for (const one of earlier) {
    sum += one.bits
    if (sum >= AUTHORED_BITS) return { bits, since: one.turn }
  }
  return { bits, since: -1 }
}

const NOTHING_AUTHORED: Authored = { bits: 0, since: -1 }

/**
 * Few bits say much where all of a leaf was made up: a yes that a status was turned into, the second of a list, `fr` for French.
 * @param made of the leaf's bits.
 */
function worthOf({ leaf, bits }: LeafTrace, made: number, tool: string, isSum: boolean): number {
  const { key, value } = leaf
  if (value === null || value === false || value === '' || isNameOf(tool, value)) return 0
  if (typeof value === 'number' && (AMOUNT.test(key) || (isSum && CONSTANTS.has(value)))) return 0
  if (made < bits || isSum) return made
  return made < AUTHORED_BITS && isSetting(key, value) ? 0 : Math.max(AUTHORED_BITS, made)
}

function isGiven({ matches }: LeafTrace): boolean {
  for (const match of matches) if (matchProbability(match) >= REPORTED_FROM) return true
  return false
}

const isSetting = (key: string, value: Leaf['value']): boolean =>
  value === 'en' || value === 'default' || SETTING.test(key.replace(HUMP, '$1_$2'))

/** Where a word begins in `pageSize`. */
const HUMP = /([a-z0-9])([A-Z])/g

/** The words of the tool's own name were known with the tool. */
function isNameOf(tool: string, value: Leaf['value']): boolean {
  const words = typeof value === 'string' && value.length <= tool.length ? wordsOf(value) : []
  return words.length > 0 && words.every((word) => wordsOf(tool).includes(word))
}
