import { median } from '../base/median.ts'
import { float64s } from '../dependencies/typed-lists.ts'
import type { Finding } from '../model/report.ts'
import { NO_TURN } from '../model/run.ts'
import { CLOCK_TICK_MS } from '../schedule/clock.ts'
import { startAtOnce } from './fixes/index.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'

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
    const usualMs = median(delayMs) ?? 0
    const lateMs = Math.max(usualMs + options.rules.lateStartMs, usualMs * TIMES_USUAL)
    const findings: Finding[] = []
    for (let call = 0; call < delayMs.length; call++) {
      if (delayMs[call]! < lateMs || queued[call] === 1) continue
      const finding = findingOf(context, call, usualMs)
      if (worthSaying(finding.savedMs.high, context)) findings.push(finding)
    }
    return findings
  },
}

/** How long a call waited once its arguments were complete, or the call that it follows had ended. */
function delayMsOf({ schedules }: FindingContext, call: number): number {
  const { dispatchMs, predecessor, argumentsMs } = schedules.observed
  return predecessor[call] === -1 ? dispatchMs[call]! - argumentsMs[call]! : dispatchMs[call]!
}

function findingOf(context: FindingContext, call: number, usualMs: number): Finding {
  const { run, schedules } = context
  const { tool, turn, id, startMs } = run.calls[call]!
  const delayMs = delayMsOf(context, call)
  const predecessor = schedules.observed.predecessor[call]!
  const atBestMs = usualMs + schedules.observed.dispatchMs[call]! - delayMs
  const savedMs = schedules.savedAsFound([call], { kind: 'dispatch', dispatchMs: atBestMs })
  const { streamMs, turnEndMs } = schedules.observed
  const streamed = predecessor === -1 && turn !== NO_TURN && streamMs[turn]! > 0
  const after =
    predecessor >= 0
      ? `after ${run.calls[predecessor]!.tool} had ended`
      : `after turn ${turn} had ${streamed ? 'written its arguments' : 'asked for it'}`
  const waitedForModel = streamed && startMs <= turnEndMs[turn]! + streamMs[turn]! + CLOCK_TICK_MS
  return {
    rule: 'late-start',
    severity: 'warning',
    calls: [id],
    savedMs: { low: savedMs, high: savedMs },
    savedTokens: 0,
    confidence: 0.9,
    title: `${tool} started ${Math.round(delayMs)} ms ${after}`,
    evidence: [
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
    fix: startAtOnce(tool),
  }
}
