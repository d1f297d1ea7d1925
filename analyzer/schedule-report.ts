import { mapped } from './base/mapped.ts'
import { roundMs } from './base/time.ts'
import type { PathSegment, Placement, ReportSchedule } from './model/report.ts'
import type { Run } from './model/run.ts'
import type { SpanId } from './model/span.ts'
import { criticalPathAs } from './schedule/critical-path.ts'
import { KIND } from './schedule/network.ts'
import type { Observed } from './schedule/observe.ts'
import type { LowAndHigh, RungSchedule } from './schedule/schedule-run.ts'
import { slackAndDrag } from './schedule/slack-and-drag.ts'

/**
 * Schedules in the report's form: the low bound's placements and critical path, the high bound's duration. Rungs that are the
 * same schedule, which later ones are where they have nothing to add, share what is said of it.
 */
export function scheduleReports(run: Run, observed: Observed): (rung: LowAndHigh) => ReportSchedule {
  const known = new Map<RungSchedule, ScheduleDetails>()
  return ({ low, high }) => {
    const details = known.get(low) ?? detailsOf(run, observed, low)
    known.set(low, details)
    return {
      durationMs: roundMs(low.durationMs),
      bestCaseMs: roundMs(high.durationMs),
      turnsRemoved: low.turnsRemoved.length,
      tokensRemoved: low.tokensRemoved,
      costRemoved: low.costRemoved,
      ...details,
    }
  }
}

type ScheduleDetails = Pick<ReportSchedule, 'placements' | 'criticalPath' | 'slack'>

type Slack = ReportSchedule['slack'][number]

export type CallSlacks = readonly (Slack | undefined)[]

/** Per call, by what was reported of a schedule: its slack and drag in it. */
export function slackOfCalls(run: Run, { simulation }: RungSchedule, { slack }: ScheduleDetails): CallSlacks {
  const { count, kinds, refs } = simulation.network
  const ofCalls: (Slack | undefined)[] = mapped(run.calls, () => undefined)
  for (let activity = 0, at = 0; activity < count; activity++) {
    if (!isPlaced(kinds[activity]!)) continue
    if (kinds[activity] === KIND.call) ofCalls[refs[activity]!] = slack[at]
    at++
  }
  return ofCalls
}

/** Of the activities, turns and calls are listed. */
const isPlaced = (kind: number): boolean => kind === KIND.turn || kind === KIND.call

function detailsOf(run: Run, observed: Observed, { simulation }: RungSchedule): ScheduleDetails {
  const { network, startMs, endMs } = simulation
  const { count, kinds, refs } = network
  /** The span that an activity stands for; the run itself for its start and end. */
  const idOf = (activity: number): SpanId => {
    const kind = kinds[activity]
    const ref = refs[activity]!
    if (kind === KIND.turn || kind === KIND.wait) return run.turns[ref]!.id
    return kind === KIND.call || kind === KIND['wait-in-call'] ? run.calls[ref]!.id : run.runId
  }
  const causeOf = (activity: number): NonNullable<PathSegment['cause']> =>
    kinds[activity] === KIND.call && observed.queued[refs[activity]!] ? 'queueing' : 'framework'
  const { slackMs, dragMs } = slackAndDrag(simulation)
  let placed = 0
  for (let activity = 0; activity < count; activity++) if (isPlaced(kinds[activity]!)) placed++
  // As long as they get: a list that is pushed to takes three times its room until it is done.
  const placements = new Array<Placement>(placed)
  const slack = new Array<Slack>(placed)
  let place = 0
  for (let activity = 0; activity < count; activity++) {
    if (!isPlaced(kinds[activity]!)) continue
    const id = idOf(activity)
    // A call that waited for a person ends with the wait.
    const last = kinds[activity + 1] === KIND['wait-in-call'] ? activity + 1 : activity
    placements[place] = { id, startMs: roundMs(startMs[activity]!), endMs: roundMs(endMs[last]!) }
    slack[place++] = { id, slackMs: roundMs(slackMs[activity]!), dragMs: roundMs(dragMs[activity]!) }
  }
  return {
    placements,
    criticalPath: criticalPathAs(simulation, (kind, activity, startMs, endMs): PathSegment => {
      const id = idOf(activity)
      if (kind !== 'gap') return { kind, id, startMs: roundMs(startMs), endMs: roundMs(endMs) }
      return { kind, id, startMs: roundMs(startMs), endMs: roundMs(endMs), cause: causeOf(activity) }
    }),
    slack,
  }
}
