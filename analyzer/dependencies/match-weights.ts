// What a match is worth: P(the call needed the result for this value). What was held before fitting is here, with its reason;
// `npm run fit` moves it as far as labelled tool-call episodes show, and writes `match-table.ts`, which is what counts.

import type { Match } from './look.ts'
import { KNOWN_COUNTS, MATCH_WEIGHTS } from './match-table.ts'

/**
 * Logistic weights of a match that nothing known before explains, as held before fitting: a regression over an earlier part of
 * the corpora, rounded, and where it says so a choice.
 */
export const WEIGHTS_BEFORE = {
  bias: 2.9,
  /** Per 10 bits of information, up to 30 bits. */
  bits: 0.78,
  /** Per 10 doublings of the result's length beyond what the bits pay for: big results hold everything by chance. */
  crowding: -2.7,
  substring: -0.6,
  /** Words quoted from a result are worth less per bit: they are counted one by one. */
  quotedBits: -0.54,
  /** For what of a quotation another result shows better, from none (0) to nearly all (1). */
  shareOfOthers: -2.5,
  /** The user said it afterwards, and no words of the assistant had shown it: the user's own. */
  ownLater: -5.8,
  /** The user said it afterwards, as the assistant had. */
  shownLater: -2.5,
  /** The user said something afterwards that may mean it. */
  looselyLater: -3.2,
  /** Less than four bits under another name: a flag, a letter, a one. */
  tiny: -3.5,
  /** A bare number that nobody had used. */
  unused: 1.7,
  /** On top of crowding, for a part of a text that is plain words: a long text holds most of them. */
  plainCrowding: -4.0,
  /** A flag or a word that every interface uses, also under the same name. */
  flag: -3.0,
  /** Digits inside a text, too few to be an id, without their name beside them. Chosen. */
  fewDigitsInText: -1.5,
  /** One way among many to come to a number. */
  computed: -0.9,
} as const

const TINY_BITS = 4
const FLAG_BITS = 1
const FEW_DIGITS_BITS = 8

export type Weight = keyof typeof WEIGHTS_BEFORE

/**
 * P(needed) of a match whose value was known before, as held before counting; a belief weighs as much as `KNOWN_PRIOR_WEIGHT`
 * pairs. Information does not help here: the more telling the value, the surer that it came from where it was first. A result
 * that is a bare number was asked for to be used, so it stays a suspect although the same small number is in the prompt or
 * among its own inputs, and the more so as long as it is unused.
 */
export const KNOWN_BEFORE = {
  'in the prompt': 0.08,
  'in an argument': 0.12,
  'bare number, used, in the prompt': 0.45,
  'bare number, unused, in the prompt': 0.8,
  'bare number, used, in an argument': 0.6,
  'bare number, unused, in an argument': 0.95,
} as const

export type Known = keyof typeof KNOWN_BEFORE

/**
 * Not moved by counts: what the user said needs no result, whatever repeats it, and what an earlier argument holds came from
 * where that did. What became of pairs that share no more is counted with the situation that they are in.
 */
export const BY_RULE: ReadonlySet<Known> = new Set(['in the prompt', 'in an argument'])

export const KNOWN_PRIOR_WEIGHT = 4

/** P(a call needed `match.from` for this value). For a rival `result` it is P(the value counts), not whose it was. */
export function matchProbability(match: Match): number {
  if (Number.isNaN(match.probability)) match.probability = weighed(match)
  return match.probability
}

function weighed(match: Match): number {
  const known = knownOf(match)
  if (known !== undefined) {
    if (BY_RULE.has(known)) return KNOWN_BEFORE[known]
    const [needed, all] = KNOWN_COUNTS[known]
    return (needed + KNOWN_PRIOR_WEIGHT * KNOWN_BEFORE[known]) / (all + KNOWN_PRIOR_WEIGHT)
  }
  score = 0
  eachFeature(match, addToScore)
  return 1 / (1 + Math.exp(-score))
}

/** Of the match being weighed. Not made anew for each: there are tens of thousands in a run. */
let score = 0
const addToScore = (weight: Weight, amount: number): void => {
  score += MATCH_WEIGHTS[weight] * amount
}

/** What explains the value but the result, undefined for nothing. */
export function knownOf({ rival, incidental, wholeResult, numeric, unused }: Match): Known | undefined {
  if ((rival !== 'prompt' && rival !== 'argument') || incidental) return undefined
  const where = rival === 'prompt' ? 'in the prompt' : 'in an argument'
  return wholeResult && numeric ? `bare number, ${unused ? 'unused' : 'used'}, ${where}` : where
}

/** What the logistic weights are multiplied with, without zeros. */
export function eachFeature(match: Match, visit: (weight: Weight, amount: number) => void): void {
  const { kind, numeric, affinity, unused } = match
  const bits = Math.min(match.bits, 30)
  const crowding = Math.max(0, Math.log2(1 + match.resultTokens) - bits / 2)
  visit('bias', 1)
  visit('bits', bits / 10)
  visit('crowding', crowding / 10)
  if (kind === 'substring') visit('substring', 1)
  if (kind === 'quoted') {
    visit('quotedBits', bits / 10)
    visit('shareOfOthers', 1 - match.share)
  }
  if (match.saidLater === 'own') visit('ownLater', 1)
  if (match.saidLater === 'shown') visit('shownLater', 1)
  if (match.loose) visit('looselyLater', 1)
  if (match.plain && kind !== 'exact') visit('plainCrowding', crowding / 10)
  if (bits < FLAG_BITS && !numeric) visit('flag', 1)
  if (kind === 'substring' && numeric && affinity === 0 && bits < FEW_DIGITS_BITS) visit('fewDigitsInText', 1)
  if (kind === 'computed') visit('computed', 1)
  if (bits < TINY_BITS && (affinity === 0 || kind === 'substring') && !unused) visit('tiny', 1)
  if (unused) visit('unused', 1)
}
