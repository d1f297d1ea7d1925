import { analyzeRun, type NestedSavings, savingsOf } from './analyze-run.ts'
import { type AnalyzeOptions, DEFAULT_OPTIONS } from './model/options.ts'
import type { ReportRun } from './model/report.ts'
import type { SpanId } from './model/span.ts'
import { runOfReport } from './run-of-report.ts'

/**
 * The same run under other options, from nothing but its report: what the browser does when a user moves a slider or says
 * that two calls are independent. With the options of the report it gives the report back.
 * The report must hold content (arguments, results, messages), or every pair across turns becomes unknown.
 * @param inside the runs inside this one, directly or not, in the report's order (outer before inner). They are scheduled
 *   again under the same options, so that a call shortens by what its own run can save; without them calls keep their length.
 */
export function reanalyze(
  report: ReportRun,
  options: Partial<AnalyzeOptions> = {},
  inside: readonly ReportRun[] = [],
): ReportRun {
  const merged: AnalyzeOptions = { ...DEFAULT_OPTIONS, ...options }
  const learntOf = ({ learnt }: ReportRun) => (merged.history ? learnt : undefined)
  const savings = new Map<SpanId, NestedSavings>()
  for (const run of [...inside].reverse()) {
    savings.set(run.runId, savingsOf(analyzeRun(runOfReport(run), merged, savings, learntOf(run))))
  }
  return analyzeRun(runOfReport(report), merged, savings, learntOf(report))
}
