// The numbers that turn evidence into a probability, and why they are what they are; those of a value's match are in
// `match-weights.ts`. STATE and CONTROL are beliefs before counting, from reading cases in labelled tool-call episodes: what
// counts in the end is `pair-table.ts`, which `npm run fit` writes. Where a number was chosen, its comment says so.

import type { Situation } from './situations.ts'

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
  /** The same tool again in a later turn, with no words but the earlier call's, or all of them: as likely two steps of one task. Chosen. */
  rewording: 0.4,
  /** An earlier call repeats, or was asked about, a value that this call picked from elsewhere: it may have decided. */
  repeated: 0.45,
} as const

/** How many counted pairs the belief before counting weighs as much as. Chosen by leaving corpora out. */
export const PRIOR_WEIGHT = 4

/** Nothing that was counted is surer than this. */
const SUREST = 0.99

/**
 * P(the later call needed the earlier one), by what became of pairs in the same situation. Two things are not left to
 * counting: a hazard stays likelier than not, and what only one family of corpora shows makes no pair independent.
 */
export function situationProbability({ name, prior, hazard }: Situation, table: PairTable): number {
  const row = table[name]
  if (row === undefined) return prior
  const [dependent, pairs, families] = row
  const counted = (dependent + PRIOR_WEIGHT * prior) / (pairs + PRIOR_WEIGHT)
  const careful = families < 2 && counted < UNKNOWN_FROM ? Math.max(counted, prior) : counted
  return Math.min(SUREST, Math.max(hazard ? REPORTED_FROM : 1 - SUREST, careful))
}
