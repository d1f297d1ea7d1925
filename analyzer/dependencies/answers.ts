import type { Run } from '../model/run.ts'
import type { RunEvidence } from './evidence.ts'
import { type Answers, answersFrom } from './pair-answers.ts'
import { situationsOf } from './situations.ts'
import { verdictsOf } from './verdicts.ts'

/** What one run says of its pairs by itself. */
export function answersOf(run: Run, evidence: RunEvidence, situations = situationsOf(run, evidence)): Answers {
  return answersFrom(run, evidence, [situations], verdictsOf(run, situations, evidence.spoken))
}
