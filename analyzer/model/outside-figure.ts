import { RUNGS } from './options.ts'
import type { Finding, ReportRun } from './report.ts'
import { rungOfFinding } from './rung-of-finding.ts'

/** What is said of a saving that the run's achievable figure does not hold, as another rung or no schedule has it; '' for none. */
export function outsideFigure(run: Pick<ReportRun, 'calls' | 'serialized'>, finding: Finding): string {
  if (finding.savedMs.high <= 0) return ''
  const rung = rungOfFinding(run, finding)
  if (rung === null) return 'not in the achievable figure'
  const isHeld = RUNGS.indexOf(rung) <= RUNGS.indexOf(run.serialized.rung)
  return isHeld ? '' : `not in the achievable figure: rung ${rung}`
}
