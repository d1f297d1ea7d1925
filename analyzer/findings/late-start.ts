import { median } from '../base/median.ts'
import { float64s } from '../base/typed-lists.ts'
import type { Finding } from '../model/report.ts'
import { NO_TURN } from '../model/run.ts'
import { CLOCK_TICK_MS } from '../schedule/clock.ts'
import { inLoop, startAtOnce } from './fixes/index.ts'
import { findingsOfPlaces, type Place } from './repeats.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'
import { evidenceOfAll, namesOf, rangeOf } from './words.ts'

/** With fewer calls, what is usual cannot be told. */
const LEAST_CALLS = 3

/** So many times the usual delay. */
const TIMES_USUAL = 3

/**
 * The arguments were complete and nothing was missing, yet the call started late: later than the run's calls usually start
 * after their turn, or after the call that they follow.
 *
 *   turn  ====
 *   a         .===            the usual delay
 *   turn           ====
 *   b                  .......===
 */
export const lateStart: Rule = {
  id: 'late-start',
  find: (context) => {
    const { run, schedules, options } = context
    if (!schedules.replay.ok || run.calls.length < LEAST_CALLS) return []
    const { queued } = schedules.observed
    const delayMs = float64s(run.calls, (_, call) => delayMsOf(context, call))
    const usualMs = median(delayMs.filter((_, call) => isAskedFor(context, call))) ?? 0
    const lateMs = Math.max(usualMs + options.rules.lateStartMs, usualMs * TIMES_USUAL)
    const late: Late[] = []
    for (let call = 0; call < delayMs.length; call++) {
      if (delayMs[call]! >= lateMs && queued[call] !== 1 && isAskedFor(context, call))
        late.push(lateOf(context, call, usualMs))
    }
    return findingsOfPlaces(context, late, (calls) => findingOf(context, calls, usualMs))
  },
}

/** Whether anything tells when a call could have started: where only tools are recorded, before the first one is the model. */
const isAskedFor = ({ run, schedules }: FindingContext, call: number): boolean =>
  run.calls[call]!.turn !== NO_TURN || schedules.observed.predecessor[call] !== -1

/** How long a call waited once its arguments were complete, or the call that it follows had ended. */
function delayMsOf({ schedules }: FindingContext, call: number): number {
  const { dispatchMs, predecessor, argumentsMs } = schedules.observed
  return predecessor[call] === -1 ? dispatchMs[call]! - argumentsMs[call]! : dispatchMs[call]!
}

/** A late call. */
interface Late extends Place {
  readonly call: number
  readonly delayMs: number
  /** After its turn or the call that it follows: had it come as soon as others do. */
  readonly atBestMs: number
}

function lateOf(context: FindingContext, call: number, usualMs: number): Late {
  const delayMs = delayMsOf(context, call)
  const { dispatchMs, predecessor, argumentsMs } = context.schedules.observed
  const atBestMs = usualMs + dispatchMs[call]! - delayMs
  // Those that waited for their arguments were to start that much later, each its own time.
  const kind = JSON.stringify([context.run.calls[call]!.tool, predecessor[call] === -1 ? argumentsMs[call] : 0])
  return { call, calls: [call], kind, mostMs: delayMs - usualMs, delayMs, atBestMs }
}

/** @param late one, or several of one tool. */
function findingOf(context: FindingContext, late: readonly Late[], usualMs: number): Finding | null {
  const { run, schedules } = context
  const { call, delayMs, atBestMs } = late[0]!
  const { turn, startMs } = run.calls[call]!
  const predecessor = schedules.observed.predecessor[call]!
  const [tool, before] = namesOf(run, [call, ...(predecessor === -1 ? [] : [predecessor])])
  const savedMs = schedules.savedAsFound(
    late.map((one) => one.call),
    { kind: 'dispatch', dispatchMs: atBestMs },
  )
  if (!worthSaying(savedMs, context)) return null
  const { streamMs, turnEndMs } = schedules.observed
  const streamed = predecessor === -1 && turn !== NO_TURN && streamMs[turn]! > 0
  const after =
    predecessor >= 0
      ? `after ${before} had ended`
      : `after turn ${turn} had ${streamed ? 'written its arguments' : 'asked for it'}`
  const waitedForModel = streamed && startMs <= turnEndMs[turn]! + streamMs[turn]! + CLOCK_TICK_MS
  return {
    rule: 'late-start',
    severity: 'warning',
    calls: late.map((one) => run.calls[one.call]!.id),
    savedMs: { low: savedMs, high: savedMs },
    savedTokens: 0,
    confidence: 0.9,
    title:
      late.length === 1
        ? `${tool} started ${Math.round(delayMs)} ms ${after}`
        : `${run.calls[call]!.tool} started ${rangeOf(late.map((one) => Math.round(one.delayMs)))} ms after it could have, ${late.length} times`,
    evidence: evidenceOfAll(
      run,
      late.map(({ calls }) => calls),
      [
        ...(waitedForModel
          ? [
              `The run's calls usually start ${Math.round(usualMs)} ms after their arguments are complete. Turn ${turn} was still being written, but other calls of it had been started already.`,
              'When its arguments were complete is estimated: by their share of what the model wrote once the first call had started.',
            ]
          : [
              `The run's calls usually start after ${Math.round(usualMs)} ms. Nothing in the trace was running that ${tool} could have waited for.`,
              'What holds it may be outside the trace: a queue, a lock, a pool of connections or workers, a cold start, an approval that was not recorded.',
            ]),
      ],
    ),
    fix: inLoop(startAtOnce(run.calls[call]!.tool), late.length),
  }
}
