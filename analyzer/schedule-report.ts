import { roundMs } from './base/time.ts'
import type { PathSegment, Placement, ReportSchedule } from './model/report.ts'
import type { Run } from './model/run.ts'
import type { SpanId } from './model/span.ts'
import { criticalPath } from './schedule/critical-path.ts'
import type { Observed } from './schedule/observe.ts'
import type { LowAndHigh } from './schedule/schedule-run.ts'
import { slackAndDrag } from './schedule/slack-and-drag.ts'

/** A rung's schedule in the report's form: the low bound's placements and critical path, the high bound's duration. */
export function scheduleReport(run: Run, observed: Observed, { low, high }: LowAndHigh): ReportSchedule {
  const { simulation } = low
  const { activities } = simulation.network
  /** The span that an activity stands for; the run itself for its start and end. */
  const idOf = (activity: number): SpanId => {
    const { kind, ref } = activities[activity]!
    if (kind === 'turn' || kind === 'wait') return run.turns[ref]!.id
    return kind === 'call' || kind === 'wait-in-call' ? run.calls[ref]!.id : run.runId
  }
  const causeOf = (activity: number): NonNullable<PathSegment['cause']> => {
    const { kind, ref } = activities[activity]!
    return kind === 'call' && observed.queued[ref] ? 'queueing' : 'framework'
  }
  const { slackMs, dragMs } = slackAndDrag(simulation)
  const placements: Placement[] = []
  const slack: { id: SpanId; slackMs: number; dragMs: number }[] = []
  activities.forEach(({ kind }, activity) => {
    if (kind !== 'turn' && kind !== 'call') return
    const id = idOf(activity)
    // A call that waited for a person ends with the wait.
    const last = activities[activity + 1]?.kind === 'wait-in-call' ? activity + 1 : activity
    placements.push({
      id,
      startMs: roundMs(simulation.startMs[activity]!),
      endMs: roundMs(simulation.endMs[last]!),
    })
    slack.push({ id, slackMs: roundMs(slackMs[activity]!), dragMs: roundMs(dragMs[activity]!) })
  })
  return {
    durationMs: roundMs(low.durationMs),
    bestCaseMs: roundMs(high.durationMs),
    turnsRemoved: low.turnsRemoved.length,
    tokensRemoved: low.tokensRemoved,
    costRemoved: low.costRemoved,
    placements,
    criticalPath: criticalPath(simulation).map(
      (part): PathSegment => ({
        kind: part.kind,
        id: idOf(part.activity),
        startMs: roundMs(part.startMs),
        endMs: roundMs(part.endMs),
        ...(part.kind === 'gap' ? { cause: causeOf(part.activity) } : {}),
      }),
    ),
    slack,
  }
}
