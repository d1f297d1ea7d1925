// What a match is worth: P(the call needed the result for this value). Weights come from a logistic regression over
// labelled tool-call episodes, the rest from counting cases in the same episodes; all are rounded, for the third digit
// is noise.

import type { Match } from './look.ts'

/** Logistic weights of a match that nothing known before explains. */
const MATCH = {
  bias: 2.7,
  /** Per 10 bits of information, up to 30 bits. */
  bits: 0.86,
  /** Per 10 doublings of the result's length beyond what the bits pay for: big results hold everything by chance. */
  crowding: -3.5,
  substring: -0.4,
  /** Words quoted from a result are worth less per bit: they are counted one by one. */
  quotedBits: -0.55,
  /** For what of a quotation another result shows better, from none (0) to nearly all (1). */
  shareOfOthers: -2.6,
  /** The user said it afterwards, and no words of the assistant had shown it: the user's own. */
  ownLater: -5.1,
  /** The user said it afterwards, as the assistant had. */
  shownLater: -2.3,
  /** The user said something that may mean it. */
  looselyLater: -0.4,
  /** Less than four bits under another name: a flag, a letter, a one. */
  tiny: -3.5,
  /** A bare number that nobody had used. */
  unused: 1.8,
} as const

const TINY_BITS = 4

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
  if (match.saidLater !== 'no' && match.loose) score += MATCH.looselyLater
  if (bits < TINY_BITS && match.affinity === 0 && !match.unused) score += MATCH.tiny
  if (match.unused) score += MATCH.unused
  return 1 / (1 + Math.exp(-score))
}
