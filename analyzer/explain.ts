import { type Explanation, explainCall } from './dependencies/explain.ts'
import { type AnalyzeOptions, DEFAULT_OPTIONS } from './model/options.ts'
import type { ReportRun } from './model/report.ts'
import type { SpanId } from './model/span.ts'
import { runOfReport } from './run-of-report.ts'

/**
 * Why the analyzer believes what it believes of one call of a run. The report must hold content.
 * Throws if the run has no such call.
 */
export function explain(report: ReportRun, call: SpanId, options: Partial<AnalyzeOptions> = {}): Explanation {
  const index = report.calls.findIndex(({ id }) => id === call)
  if (index < 0) throw new Error(`run ${report.runId} has no call ${call}`)
  return explainCall(runOfReport(report), index, { ...DEFAULT_OPTIONS, ...options }, report.learnt)
}
