import type { Inference } from '../model/dependency.ts'
import type { Run } from '../model/run.ts'
import type { RunEvidence } from './evidence.ts'
import { pairBitsOf } from './pair-bits.ts'
import { situationsOf } from './situations.ts'
import { verdictsOf } from './verdicts.ts'

/** What is said of pairs of calls. */
export type Answers = Pick<Inference, 'verdict' | 'pairBits'>

/** What one run says of its pairs by itself. */
export function answersOf(run: Run, evidence: RunEvidence, situations = situationsOf(run, evidence)): Answers {
  const verdicts = verdictsOf(run, situations, evidence.spoken)
  return { verdict: verdicts.of, pairBits: pairBitsOf(run, evidence, [situations], verdicts) }
}
