import { analyzeRun, type NestedSavings, savingsOf } from './analyze-run.ts'
import { type AnalyzeOptions, DEFAULT_OPTIONS } from './model/options.ts'
import type { ReportRun } from './model/report.ts'
import type { SpanId } from './model/span.ts'
import { runOfReport } from './run-of-report.ts'

/**
 * The same run under other options, from nothing but its report: what the browser does when a user moves a slider or says
 * that two calls are independent. `reanalyze(run, options)` with the options of the report gives the report back.
 * The report must hold content (arguments, results, messages), or every pair across turns becomes unknown.
 * @param nested reports of the runs that this run's calls invoked; without them those calls keep their length.
 */
export function reanalyze(
  report: ReportRun,
  options: Partial<AnalyzeOptions> = {},
  nested: readonly ReportRun[] = [],
): ReportRun {
  const savings = new Map<SpanId, NestedSavings>(nested.map((run) => [run.runId, savingsOf(run)]))
  return analyzeRun(runOfReport(report), { ...DEFAULT_OPTIONS, ...options }, savings)
}
