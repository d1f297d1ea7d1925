// What a match is worth: P(the call needed the result for this value). Weights come from a logistic regression over
// labelled tool-call episodes, the rest from counting cases in the same episodes; all are rounded, for the third digit
// is noise.

import type { Match } from './look.ts'

/** Logistic weights of a match that nothing known before explains. */
const MATCH = {
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

/**
 * P(needed) of a match whose value was known before. Information does not help here: the more telling the value, the
 * surer that it came from where it was first. A result that is a bare number was asked for to be used, so it stays a
 * suspect although the same small number is in the prompt or among its own inputs, and the more so as long as it is unused.
 */
const KNOWN = {
  prompt: 0.08,
  argument: 0.12,
  scalarInPrompt: { used: 0.45, unused: 0.8 },
  scalarAmongInputs: { used: 0.6, unused: 0.95 },
} as const

/** P(a call needed `match.from` for this value). For a rival `result` it is P(the value counts), not whose it was. */
export function matchProbability(match: Match): number {
  const scalar = match.wholeResult && match.numeric
  const use = match.unused ? 'unused' : 'used'
  if (match.rival === 'prompt' && !match.incidental) return scalar ? KNOWN.scalarInPrompt[use] : KNOWN.prompt
  if (match.rival === 'argument' && !match.incidental) return scalar ? KNOWN.scalarAmongInputs[use] : KNOWN.argument
  const bits = Math.min(match.bits, 30)
  const crowding = Math.max(0, Math.log2(1 + match.resultTokens) - bits / 2)
  let score = MATCH.bias + (MATCH.bits * bits) / 10 + (MATCH.crowding * crowding) / 10
  if (match.kind === 'substring') score += MATCH.substring
  if (match.kind === 'quoted') score += (MATCH.quotedBits * bits) / 10 + MATCH.shareOfOthers * (1 - match.share)
  if (match.saidLater === 'own') score += MATCH.ownLater
  if (match.saidLater === 'shown') score += MATCH.shownLater
  if (match.loose) score += MATCH.looselyLater
  if (match.plain && match.kind !== 'exact') score += (MATCH.plainCrowding * crowding) / 10
  if (bits < FLAG_BITS && !match.numeric) score += MATCH.flag
  if (match.kind === 'substring' && match.numeric && match.affinity === 0 && bits < FEW_DIGITS_BITS)
    score += MATCH.fewDigitsInText
  if (match.kind === 'computed') score += MATCH.computed
  if (bits < TINY_BITS && (match.affinity === 0 || match.kind === 'substring') && !match.unused) score += MATCH.tiny
  if (match.unused) score += MATCH.unused
  return 1 / (1 + Math.exp(-score))
}
