import { mapped } from './base/mapped.ts'
import type { Inference } from './model/dependency.ts'
import type { AnalyzeOptions } from './model/options.ts'
import type { ArgumentOrigin, ReportCall } from './model/report.ts'
import type { Run } from './model/run.ts'
import type { SpanId } from './model/span.ts'
import type { CallMode } from './schedule/modes.ts'
import type { CallSlacks } from './schedule-report.ts'

/**
 * The calls of a run in the report's form.
 * @param modes per call.
 * @param slacks per call, in the actual schedule.
 */
export function callReports(
  run: Run,
  inference: Inference,
  modes: readonly CallMode[],
  slacks: CallSlacks,
  { content }: AnalyzeOptions,
): ReportCall[] {
  return mapped(run.calls, (call, i) => {
    const { id, callId, truncated, tool, turn, turnFrom, turnRule, startMs, endMs, status, childRunId } = call
    const { arguments: args, result, operations } = call
    // Error texts quote arguments more often than not.
    const error = content || call.error === null ? call.error : ''
    const origins = originsOf(run, inference, i)
    const { effect, resources } = inference.effects[i]!
    const slackMs = slacks[i]?.slackMs ?? 0
    const dragMs = slacks[i]?.dragMs ?? 0
    const { mode, reason: modeReason } = modes[i]!
    if (content && args !== undefined && result !== undefined && operations === undefined) {
      // Most calls, and written out: an object that grows field by field takes several times as long, and as much room.
      return {
        id,
        callId,
        truncated,
        tool,
        turn,
        turnFrom,
        turnRule,
        startMs,
        endMs,
        status,
        childRunId,
        error,
        arguments: args,
        result,
        origins,
        effect,
        resources,
        slackMs,
        dragMs,
        mode,
        modeReason,
      }
    }
    const known = { id, callId, truncated, tool, turn, turnFrom, turnRule, startMs, endMs, status, childRunId, error }
    return {
      ...known,
      ...(content && args !== undefined ? { arguments: args } : {}),
      ...(content && result !== undefined ? { result } : {}),
      ...(content && operations !== undefined ? { operations } : {}),
      origins,
      effect,
      resources: content ? resources : [],
      slackMs,
      dragMs,
      mode,
      modeReason,
    }
  })
}

const originsOf = ({ calls }: Run, { leaves }: Inference, call: number): ArgumentOrigin[] =>
  mapped(leaves[call]!, ({ path, origin, producers }) => ({
    path,
    origin,
    producers: producers.length === 0 ? NO_PRODUCERS : mapped(producers, (producer) => calls[producer]!.id),
  }))

const NO_PRODUCERS: readonly SpanId[] = Object.freeze([])
