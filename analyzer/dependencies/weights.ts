// Every number that turns evidence into a probability, and why it is what it is. Match weights come from a logistic
// regression over labelled tool-call episodes, the rest from counting cases in the same episodes; all are rounded, for
// the third digit is noise. Where a number was chosen and not fitted, its comment says so.

import type { EffectKind } from '../model/dependency.ts'
import type { Match } from './provenance.ts'

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

/** A risk this high is not told from even odds by anything that was fitted: nothing is said. Chosen. */
export const UNKNOWN_FROM = 0.25

/** A path of suspicions this likely turned out true in four cases of five: enough to say nothing rather than "independent". */
export const SUSPECTED_FROM = 0.1

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

export interface PairFeatures {
  readonly sameTurn: boolean
  readonly overlapped: boolean
  /** One of them belongs to no turn: nobody knows what was known when it was made. */
  readonly unknownTurn: boolean
  readonly promptKnown: boolean
  /** The later call has no arguments: nothing tells why it was made then and not at the start. */
  readonly bare: boolean
  readonly second: EffectKind
  /** Bits in the later call's arguments that nothing before it holds. */
  readonly authoredBits: number
  /** P(order matters) by effects and resources, 0 for two reads. */
  readonly state: number
}

/**
 * From so many bits on, summed over a call's arguments, nobody knows what its values were worked out from: two digits, or
 * one word. A date put in another form, a city for its airport and a third of a balance leave no other trace. Chosen.
 */
export const AUTHORED_BITS = 4

/**
 * P(the later call needed the earlier one though no evidence was found), by case, as counted over labelled pairs:
 * two reads of one turn 0 of 961; a later read whose arguments are all explained 1 to 2 in 100; a later write 7 to 8 in
 * 10, because what was read decides whether to write. Of values that a model works out, one in seven leaves no trace.
 */
export function residualRisk(pair: PairFeatures): number {
  // The model had seen neither result: only state can order them.
  if (pair.sameTurn) return Math.max(0.01, pair.state)
  if (pair.overlapped) return Math.max(0.05, pair.state)
  if (pair.unknownTurn) return 0.5
  if (pair.second !== 'read') return Math.max(0.6, pair.state)
  return Math.max(pair.state, authoredRisk(pair))
}

function authoredRisk(pair: PairFeatures): number {
  // 12 of 17 such pairs did depend: a gauge is read, and because it is low, help is looked for. Few, and half of them twins.
  if (pair.bare) return 0.3
  if (pair.authoredBits < AUTHORED_BITS) return 0.03
  return pair.promptKnown ? 0.25 : 0.4
}
