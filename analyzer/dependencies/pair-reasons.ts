// Why two calls are not called independent, in one word: asked of a few pairs, and worked out again from what the verdict is
// made of.

import type { EffectKind, Verdict } from '../model/dependency.ts'
import type { PairReason } from '../model/pair-reason.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import type { RunEvidence } from './evidence.ts'
import type { PairSituation, Situations } from './situations.ts'
import type { Suspicion } from './suspects.ts'

const OF_SUSPICION: Readonly<Record<Suspicion, PairReason>> = {
  none: 'weak-value',
  'asks again': 'asks-again',
  branch: 'branch',
  'makes up for nothing': 'makes-up',
  'follows a yes or no': 'yes-or-no',
  'follows instructions': 'instructions',
  'follows a state': 'standing',
  'asks elsewhere': 'elsewhere',
  'picks a candidate': 'candidate',
  'shows it again': 'shown-again',
}

/** How the names of situations begin, and what they say. The first that fits counts. */
const OF_SITUATION: readonly (readonly [begins: string, reason: PairReason])[] = [
  ['by data', 'data'],
  ['by control', 'control'],
  ['by declared', 'declared'],
  ['by session', 'session'],
  ['by state', 'state'],
  ['through others', 'through-others'],
  ['hazard', 'state'],
  ['one turn', 'state'],
  ['overlapped', 'state'],
  ['then a deed', 'deed'],
  ['read: made up', 'authored'],
  ['read: a sum, suspected', 'weak-value'],
  ['read: no arguments', 'no-arguments'],
  ['read: quotes results', 'quotes'],
]

/**
 * @param situations of this run alone; what other runs say may differ.
 * @param verdict on two calls i < j.
 * @returns why i and j, i < j, are not independent, or not surely so.
 */
export function pairReasonsOf(
  run: Run,
  { effects, spoken, relationOf }: Pick<RunEvidence, 'effects' | 'spoken' | 'relationOf'>,
  situations: Situations,
  verdict: (i: number, j: number) => Verdict,
): (i: number, j: number) => PairReason {
  const { calls } = run
  const isOfSession = (call: number): boolean => (effects[call]!.effect.kind satisfies EffectKind) === 'session'

  /** Of a pair of which nothing may be said: in the order in which `situationsOf` asks. */
  function whyNothing(i: number, j: number): PairReason {
    const [earlier, later] = [calls[i]!, calls[j]!]
    const isTurnUnknown = earlier.turn === NO_TURN || later.turn === NO_TURN
    if (!isTurnUnknown && earlier.turn > later.turn) return 'clocks'
    if (earlier.truncated || later.truncated) return 'cut-off'
    if (isTurnUnknown) return 'no-turn'
    if (later.arguments === undefined || earlier.result === undefined) return 'not-captured'
    return OF_SUSPICION[situations.suspects.of(i, j)]
  }

  function whyIn({ name }: PairSituation, i: number, j: number): PairReason {
    const reason = OF_SITUATION.find(([begins]) => name.startsWith(begins))?.[1]
    if (reason === 'state' && isOfSession(i) && isOfSession(j)) return 'session'
    if (reason !== undefined) return reason
    if (relationOf(i, j).probability > 0) return 'state'
    return run.promptKnown ? 'unsure' : 'prompt-unknown'
  }

  return (i, j) => {
    if (spoken.any && spoken.word(i, j) !== undefined) return 'said'
    const situation = situations.of(i, j)
    if ((situation?.word.verdict ?? 'unknown') !== verdict(i, j).verdict) return 'history'
    return situation === undefined ? whyNothing(i, j) : whyIn(situation, i, j)
  }
}
