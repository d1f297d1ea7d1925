// Every number that turns evidence into a probability, and why it is what it is. Match weights come from a logistic
// regression over labelled tool-call episodes, the rest from counting cases in the same episodes; all are rounded, for
// the third digit is noise. Where a number was chosen and not fitted, its comment says so.

import type { Match } from './provenance.ts'
import type { Situation } from './situations.ts'

/** Logistic weights of a match that nothing known before explains. */
const MATCH = {
  bias: 2.7,
  /** Per 10 bits of information, up to 30 bits. */
  bits: 1.1,
  /** Per 10 doublings of the result's length beyond what the bits pay for: big results hold everything by chance. */
  crowding: -5.3,
  substring: -1.1,
  /** Words quoted from a result are worth less per bit: they are counted one by one. */
  quotedBits: -1.0,
  /** The user then said it too: the user may have meant it all along. */
  saidLater: -4.0,
}

/**
 * P(needed) of a match whose value was known before. Information does not help here: the more telling the value, the
 * surer that it came from where it was first. A result that is a bare number was asked for to be used, so it stays a
 * suspect although the same small number is in the prompt or among its own inputs.
 */
const KNOWN = { prompt: 0.08, argument: 0.12, scalarInPrompt: 0.45, scalarAmongInputs: 0.7 } as const

/** P(a call needed `match.from` for this value). For a rival `result` it is P(the value counts), not whose it was. */
export function matchProbability(match: Match): number {
  const scalar = match.wholeResult && match.numeric
  if (match.rival === 'prompt') return scalar ? KNOWN.scalarInPrompt : KNOWN.prompt
  if (match.rival === 'argument') return scalar ? KNOWN.scalarAmongInputs : KNOWN.argument
  const bits = Math.min(match.bits, 30)
  const crowding = Math.max(0, Math.log2(1 + match.resultTokens) - bits / 2)
  let score = MATCH.bias + (MATCH.bits * bits) / 10 + (MATCH.crowding * crowding) / 10
  if (match.kind === 'substring') score += MATCH.substring
  if (match.kind === 'quoted') score += (MATCH.quotedBits * bits) / 10
  if (match.saidLater) score += MATCH.saidLater
  return 1 / (1 + Math.exp(-score))
}

/** A dependency is reported from even odds on; below, it is a suspicion that only lowers "independent". */
export const REPORTED_FROM = 0.5

/**
 * Per situation: how many labelled pairs in it depend, how many there are, both weighted, and how many families of corpora
 * show it.
 */
export type PairTable = Readonly<Record<string, readonly [dependent: number, pairs: number, families: number]>>

/** What nothing shows is called dependent only when it is likely enough to be acted on. Chosen. */
export const UNSHOWN_FROM = 0.8

/** A risk this high is not told from even odds by anything that was fitted: nothing is said. Chosen. */
export const UNKNOWN_FROM = 0.25

/**
 * P(order matters to the world) for two calls of which at least one changes something: by hazard, and by what is known
 * of the things they touch. `otherService`: their names say different services, and they share nothing. A write after a read of the same thing is
 * a hazard; after a read of who knows what it seldom is. Sessions are not fitted: their order is their meaning.
 */
export const STATE = {
  sessions: 0.95,
  sessionAndOther: 0.9,
  readAfterWrite: { same: 0.88, unknown: 0.5, different: 0.4 },
  writeAfterRead: { same: 0.8, unknown: 0.3, different: 0.25 },
  writeAfterWrite: { same: 0.88, unknown: 0.55, different: 0.3 },
  otherService: 0.06,
  /** The same tool again on the same thing: mostly a list of separate deeds, but two edits of one file do race. */
  sameToolSameThing: 0.6,
} as const

export const CONTROL = {
  /** The same tool again after its error. */
  retry: 0.85,
  /** The same tool again in a later turn, with words of its own that take up the earlier call's. */
  refinement: 0.6,
  /** An earlier call repeats, or was asked about, a value that this call picked from elsewhere: it may have decided. */
  repeated: 0.45,
} as const

/** How many counted pairs the belief before counting weighs as much as. Chosen by leaving corpora out. */
const PRIOR_WEIGHT = 4

/** Nothing that was counted is surer than this. */
const SUREST = 0.99

/**
 * P(the later call needed the earlier one), by what became of pairs in the same situation. Two things are not left to
 * counting: a hazard stays likelier than not, and what only one family of corpora shows makes no pair independent.
 */
export function situationProbability({ name, prior, hazard }: Situation, table: PairTable): number {
  if (!Object.hasOwn(table, name)) return prior
  const [dependent, pairs, families] = table[name] as PairTable[string]
  const counted = (dependent + PRIOR_WEIGHT * prior) / (pairs + PRIOR_WEIGHT)
  const careful = families < 2 && counted < UNKNOWN_FROM ? Math.max(counted, prior) : counted
  return Math.min(SUREST, Math.max(hazard ? REPORTED_FROM : 1 - SUREST, careful))
}
