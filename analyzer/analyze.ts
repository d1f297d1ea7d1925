import { analyzeRun, type NestedSavings, savingsOf } from './analyze-run.ts'
import { checkSpans } from './check-spans.ts'
import { type Learning, learningOf } from './learning/learn.ts'
import type { Learnt, RunLessons } from './model/learnt.ts'
import type { LogRecord } from './model/log.ts'
import { type AnalyzeOptions, DEFAULT_OPTIONS } from './model/options.ts'
import { REPORT_SCHEMA, type Report, type ReportRun } from './model/report.ts'
import type { Run } from './model/run.ts'
import type { Span, SpanId, TraceId } from './model/span.ts'
import { patternsOf } from './patterns.ts'
import { buildRuns } from './runs/index.ts'

export interface AnalyzeInput extends Partial<AnalyzeOptions> {
  /** Log records beside the spans: some agents put content there, or all that they tell. Duplicates count once. */
  readonly logs?: readonly LogRecord[]
  /** What runs that are not among these spans teach (`lessonsOfSpans`). Those that started before a run of the same agent count. */
  readonly lessons?: readonly RunLessons[]
  /** What each run had learnt in an earlier report of these spans, by its id: nothing is learnt anew then. */
  readonly learnt?: ReadonlyMap<SpanId, Learnt>
}

/**
 * The report of all runs in these spans and log records. Pure: the same spans, in any order, and the same options give the
 * same report. Throws a TypeError for what is no span.
 * @param spans of any number of traces, as received; duplicates count once.
 * @param options merged over DEFAULT_OPTIONS, and the log records.
 */
export function analyze(
  spans: readonly Span[],
  { logs = [], lessons = [], learnt, ...options }: AnalyzeInput = {},
): Report {
  checkSpans(spans)
  const merged: AnalyzeOptions = { ...DEFAULT_OPTIONS, ...options }
  const runs = buildRuns(spans, logs)
  const learning = learnt ? (run: Run): Learning => [learnt.get(run.runId)] : learningOf(runs, lessons, merged)
  // Span ids are unique in their trace only.
  const savingsOfTrace = new Map<TraceId, Map<SpanId, NestedSavings>>()
  const reportOf = new Map<Run, ReportRun>()
  for (const run of insideOut(runs)) {
    const savings = savingsOfTrace.get(run.traceId) ?? new Map<SpanId, NestedSavings>()
    savingsOfTrace.set(run.traceId, savings)
    const report = analyzeRun(run, merged, savings, ...learning(run))
    savings.set(run.runId, savingsOf(report))
    reportOf.set(run, report)
  }
  const reports = runs.map((run) => reportOf.get(run)!)
  return {
    schema: REPORT_SCHEMA,
    options: {
      rung: merged.rung,
      threshold: merged.threshold,
      concurrency: Number.isFinite(merged.concurrency) ? merged.concurrency : null,
      resourceCaps: merged.resourceCaps,
      callOverheadMs: merged.callOverheadMs,
      contention: merged.contention,
      prices: merged.prices,
      overrides: merged.overrides,
      rules: merged.rules,
      silence: merged.silence,
      tools: merged.tools,
    },
    runs: reports,
    patterns: patternsOf(reports),
  }
}

/**
 * Trace by trace, in the order in which they began, and each from the inside out: a run comes before those it called, so the
 * last are analysed first.
 */
function insideOut(runs: readonly Run[]): Run[] {
  const byTrace = new Map<TraceId, Run[]>()
  for (const run of runs) {
    const known = byTrace.get(run.traceId)
    if (known === undefined) byTrace.set(run.traceId, [run])
    else known.push(run)
  }
  return [...byTrace.values()].flatMap((ofTrace) => ofTrace.reverse())
}
