// Written by `npm run fit` on 2026-11-21, from 3380 labelled pairs of calls that share a value; docs/calibration.md says more.
// Do not edit: match-weights.ts says what the names mean, and what was held before fitting.

import type { Known, Weight } from './match-weights.ts'

export const MATCH_WEIGHTS: Readonly<Record<Weight, number>> = {
  bias: 3.11,
  bits: 0.72,
  crowding: -2.58,
  substring: -0.35,
  quotedBits: -0.69,
  shareOfOthers: -2.59,
  ownLater: -5.86,
  shownLater: -2.65,
  looselyLater: -3.25,
  tiny: -3.25,
  unused: 1.71,
  plainCrowding: -4.05,
  flag: -3.09,
  fewDigitsInText: -1.44,
  computed: -0.95,
}

export const KNOWN_COUNTS: Readonly<Record<Known, readonly [needed: number, all: number]>> = {
  'in the prompt': [13, 44],
  'in an argument': [2, 13],
  'bare number, used, in the prompt': [12.1, 25],
  'bare number, unused, in the prompt': [18.1, 20],
  'bare number, used, in an argument': [0, 1],
  'bare number, unused, in an argument': [20, 20],
}
