import { unixNanoOfIso } from './base/time.ts'
import type { ReportRun } from './model/report.ts'
import type { Run } from './model/run.ts'

/** The run that a report was made from, as far as the report holds it. The inverse of what `analyzeRun` copies out. */
export function runOfReport(report: ReportRun): Run {
  return {
    traceId: report.traceId,
    runId: report.runId,
    parentRunId: report.parentRunId,
    name: report.name,
    framework: report.framework,
    language: report.language,
    conventions: report.conventions,
    startTimeUnixNano: unixNanoOfIso(report.startTime),
    durationMs: report.durationMs,
    waits: report.waits,
    turns: report.turns.map((turn) => ({ ...turn, text: turn.text ?? '' })),
    calls: report.calls.map((call) => ({
      id: call.id,
      callId: call.callId,
      arguments: call.arguments,
      result: call.result,
      truncated: call.truncated,
      tool: call.tool,
      turn: call.turn,
      turnFrom: call.turnFrom,
      turnRule: call.turnRule,
      startMs: call.startMs,
      endMs: call.endMs,
      status: call.status,
      error: call.error,
      childRunId: call.childRunId,
      ...(call.operations === undefined ? {} : { operations: call.operations }),
    })),
    ...(report.tools === undefined ? {} : { tools: report.tools }),
    messages: report.messages ?? [],
    turnsAfterUser: report.turnsAfterUser,
    promptKnown: report.promptKnown,
    notes: report.notes,
  }
}
