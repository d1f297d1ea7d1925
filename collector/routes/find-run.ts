import type { Report, ReportRun } from '../../analyzer/model/report.ts'
import type { SpanId } from '../../analyzer/model/span.ts'

/**
 * The run with this id; if there is none, the run that has the span as a turn or a call: what was a run by itself when its row
 * was listed may have joined another since.
 */
export function findRun({ runs }: Report, id: SpanId): ReportRun | undefined {
  const holds = (run: ReportRun) => run.turns.some((turn) => turn.id === id) || run.calls.some((call) => call.id === id)
  return runs.find((run) => run.runId === id) ?? runs.find(holds)
}
