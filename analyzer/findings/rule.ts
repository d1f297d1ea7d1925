import type { Inference } from '../model/dependency.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Finding, RuleId } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { RunSchedules } from '../schedule/schedule-run.ts'
import type { ArgumentIds } from './argument-ids.ts'

/** All that a rule may look at. Nothing in it may be changed. */
export interface FindingContext {
  readonly run: Run
  readonly inference: Inference
  readonly schedules: RunSchedules
  readonly options: AnalyzeOptions
  readonly argumentIds: ArgumentIds
}

/** A rule finds its pattern any number of times in one run. Order of findings is order of appearance. */
export interface Rule {
  readonly id: RuleId
  readonly find: (context: FindingContext) => readonly Finding[]
}

/** A saving below the options' limits is not worth a person's time: 20 ms, or 1 % of a long run, unless set. */
export function worthSaying(savedMs: number, { options, schedules }: FindingContext): boolean {
  const { minSavedMs, minSavedShare } = options.rules
  return savedMs >= minSavedMs && savedMs >= schedules.replay.measuredMs * minSavedShare
}
