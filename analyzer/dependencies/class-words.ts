// What is said of two calls by their classes (`call-classes.ts`), by where the one stands to the other, and by how the things
// relate that they name: worked out once for all such pairs.

import type { Verdict } from '../model/dependency.ts'
import type { CallClasses } from './call-classes.ts'
import type { ByThings, RelationOf } from './relations.ts'
import type { ResourceRelation } from './resources.ts'
import type { Verdicts } from './verdicts.ts'

/** Where the earlier call of a pair stands, as far as it matters. */
export const EARLIER = 0
/** Early enough to have led to what the later call's model made up. */
export const BEFORE_MADE_UP = 1
export const ONE_TURN = 2
export const PLACES = 3

/** What is said, by how the things relate that two calls name. */
export type WordsByThings = Readonly<Record<ResourceRelation, Verdict>>

/** What is said of two classes where no path leads from the one call to the other. */
export interface ClassWords {
  /** It makes no difference how the things relate. */
  readonly alike: boolean
  readonly plain: WordsByThings
  /** If the one is suspected to have led to the other; null for two sums, of which it matters what the suspicion is. */
  readonly ifSuspected: WordsByThings | null
  /** Of two services: what is said if both name one thing, which is read off each pair. */
  readonly together: ClassWords | null
}

/**
 * @param alone see `Verdicts.supposing`.
 * @returns the words on calls i < j that have a class, and on all pairs of their classes and this place.
 */
export function classWordsOf(
  relationOf: RelationOf,
  classes: Pick<CallClasses, 'of' | 'count' | 'sums'>,
  { supposing }: Verdicts,
  alone: boolean,
): (i: number, j: number, place: number) => ClassWords {
  const known = new Array<ClassWords | undefined>(classes.count * classes.count * PLACES)
  const byThings = (i: number, j: number, things: ByThings, suspected: boolean): WordsByThings => {
    const same = supposing(i, j, things.same, suspected, alone)
    if (things.alike) return { same, different: same, unknown: same }
    const different = supposing(i, j, things.different, suspected, alone)
    return { same, different, unknown: supposing(i, j, things.unknown, suspected, alone) }
  }
  const wordsOf = (i: number, j: number, things: ByThings): ClassWords => {
    const areSums = classes.sums[classes.of[i]!]! && classes.sums[classes.of[j]!]!
    return {
      alike: things.alike,
      plain: byThings(i, j, things, false),
      ifSuspected: areSums ? null : byThings(i, j, things, true),
      together: things.together === undefined ? null : wordsOf(i, j, things.together),
    }
  }
  return (i, j, place) => {
    const slot = (classes.of[j]! * classes.count + classes.of[i]!) * PLACES + place
    let words = known[slot]
    if (words === undefined) {
      words = wordsOf(i, j, relationOf.ofClasses(relationOf.classOf[i]!, relationOf.classOf[j]!))
      known[slot] = words
    }
    return words
  }
}
