import type { RunSummary } from '../../analyzer/model/api.ts'
import type { Report, ReportRun } from '../../analyzer/model/report.ts'
import type { Span, SpanId } from '../../analyzer/model/span.ts'

/** The lines of the runs list for the report of a trace, or of traces that may be pieces of a run. `spans` are all of theirs. */
export function summarizeRuns(report: Report, spans: readonly Span[]): RunSummary[] {
  const sizes = countSpansPerRun(report.runs, spans)
  const arrived = new Set(spans.map((span) => span.spanId))
  return report.runs.map((run) => ({
    runId: run.runId,
    traceId: run.traceId,
    parentRunId: run.parentRunId,
    name: run.name,
    framework: run.framework,
    startTime: run.startTime,
    durationMs: run.durationMs - run.waitingForUserMs,
    achievableMs: run.schedules[run.serialized.rung].durationMs,
    serializedMs: run.serialized.ms,
    serializedUpToMs: run.serialized.upToMs,
    planSavedMs: run.replay.ok ? Math.max(run.schedules.actual.durationMs - run.schedules.plan.durationMs, 0) : 0,
    share: run.serialized.share,
    turns: run.coverage.turns,
    calls: run.coverage.calls,
    withArguments: run.coverage.withArguments,
    withResults: run.calls.filter((call) => call.result !== undefined || call.status === 'error').length,
    errors: run.calls.filter((call) => call.status === 'error').length,
    findings: run.findings.length,
    spans: sizes.get(run.runId) ?? 0,
    // A run of log records alone has no root that could arrive.
    live: spans.length > 0 && !arrived.has(run.runId),
    replayOk: run.replay.ok,
  }))
}

/**
 * Spans in each run's tree, the runs inside it included. A span whose ancestors lead to no run counts for the one that it is
 * a turn or a call of, else for none, unless there is only one run of one trace: then all spans are that run's.
 *
 *   run A ── call ── run B ── call      A: 4, B: 2
 */
function countSpansPerRun(runs: readonly ReportRun[], spans: readonly Span[]): Map<SpanId, number> {
  const [first] = spans
  if (runs.length === 1 && spans.every((span) => span.traceId === first!.traceId))
    return new Map([[runs[0]!.runId, spans.length]])
  const parents = new Map(spans.map((span) => [span.spanId, span.parentSpanId]))
  const counts = new Map<SpanId, number>(runs.map((run) => [run.runId, 0]))
  const runOf = new Map(runs.flatMap((run) => [...run.turns, ...run.calls].map(({ id }) => [id, run.runId] as const)))
  for (const span of spans) {
    // Spans that name each other as parents would climb for ever.
    const seen = new Set<SpanId>()
    let isCounted = false
    for (let id: SpanId | null | undefined = span.spanId; id && !seen.has(id); id = parents.get(id)) {
      seen.add(id)
      const count = counts.get(id)
      if (count === undefined) continue
      counts.set(id, count + 1)
      isCounted = true
    }
    const runId = isCounted ? undefined : runOf.get(span.spanId)
    if (runId !== undefined) counts.set(runId, (counts.get(runId) ?? 0) + 1)
  }
  return counts
}
