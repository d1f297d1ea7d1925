import type { ReportRun } from '../../analyzer/model/report.ts'

/** A run's outer run, if it is among the runs given. */
export type ParentOf = (run: ReportRun) => ReportRun | undefined

/**
 * Look-up of outer runs. Span ids are only unique inside their trace, so both ids count.
 * Parents come from spans: they may be missing, and broken spans can make them go round in a circle. Who climbs must stop.
 */
export function parentLookup(runs: readonly ReportRun[]): ParentOf {
  const byId = new Map(runs.map((run) => [`${run.traceId}/${run.runId}`, run]))
  return (run) => (run.parentRunId === null ? undefined : byId.get(`${run.traceId}/${run.parentRunId}`))
}
