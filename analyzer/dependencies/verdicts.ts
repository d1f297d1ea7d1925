import { assert } from '../base/assert.ts'
import type { Verdict } from '../model/dependency.ts'
import type { Run } from '../model/run.ts'
import type { Relation } from './relations.ts'
import type { Situation, Situations } from './situations.ts'
import type { Spoken } from './spoken.ts'
import { REPORTED_FROM, UNKNOWN_FROM, UNSHOWN_FROM } from './weights.ts'

export const UNKNOWN: Verdict = { verdict: 'unknown', confidence: 0 }

const INDEPENDENT_SAID: Verdict = { verdict: 'independent', confidence: 1 }
const DEPENDENT_SAID: Verdict = { verdict: 'dependent', confidence: 1 }

/** Words on pairs of calls i < j, one object for each situation. */
export interface Verdicts {
  /** At O(1) a pair: see `Situations.of`. */
  of(i: number, j: number): Verdict
  /**
   * See `Situations.unled`. What the user said is left out.
   * @param alone whether the run by itself has the pair in this situation too. If not, what it says bounds an `independent` further.
   */
  supposing(i: number, j: number, relation: Relation, suspected: boolean, alone: boolean): Verdict
}

/**
 * The user's own word, or what became of pairs in the same situation.
 * `unknown` where nothing may be said, or where neither word is much likelier than the other: wrongly calling two calls
 * independent is the mistake to avoid.
 */
export function verdictsOf(run: Run, situations: Pick<Situations, 'of' | 'unled'>, spoken: Spoken): Verdicts {
  const count = run.calls.length
  return {
    of: (i, j) => {
      // Asked of every pair: the sentence is not made for nothing.
      if (i >= j || j >= count || i < 0) assert(false, `a verdict needs 0 <= i < j < ${count}, not ${i} and ${j}`)
      const word = spoken.any ? spoken.word(i, j) : undefined
      if (word !== undefined) return word === 'independent' ? INDEPENDENT_SAID : DEPENDENT_SAID
      return situations.of(i, j)?.word ?? UNKNOWN
    },
    supposing: (i, j, relation, suspected) => situations.unled(i, j, relation, suspected)?.word ?? UNKNOWN,
  }
}

/** @param needed P(the later call needed the earlier one). */
export function wordOf({ shown, untold }: Situation, needed: number): Verdict {
  if (untold) return UNKNOWN
  if (needed >= (shown ? REPORTED_FROM : UNSHOWN_FROM)) return { verdict: 'dependent', confidence: needed }
  return shown || needed >= UNKNOWN_FROM ? UNKNOWN : { verdict: 'independent', confidence: 1 - needed }
}
