import { median } from '../base/median.ts'
import type { Finding } from '../model/report.ts'
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
    const { dispatchMs, queued } = schedules.observed
    const usualMs = median(dispatchMs) ?? 0
    const lateMs = Math.max(usualMs + options.rules.lateStartMs, usualMs * TIMES_USUAL)
    const late = dispatchMs.flatMap((ms, call) => (ms >= lateMs && !queued[call] ? [call] : []))
    return late
      .map((call) => findingOf(context, call, usualMs))
      .filter((finding) => worthSaying(finding.savedMs.high, context))
  },
}

function findingOf({ run, schedules }: FindingContext, call: number, usualMs: number): Finding {
  const { tool, turn, id } = run.calls[call]!
  const delayMs = schedules.observed.dispatchMs[call]!
  const predecessor = schedules.observed.predecessor[call]!
  const savedMs = schedules.savedAsFound([call], { kind: 'dispatch', dispatchMs: usualMs })
  const after =
    predecessor >= 0 ? `after ${run.calls[predecessor]!.tool} had ended` : `after turn ${turn} had asked for it`
  return {
    rule: 'late-start',
    severity: 'warning',
    calls: [id],
    savedMs: { low: savedMs, high: savedMs },
    savedTokens: 0,
    confidence: 0.9,
    title: `${tool} started ${Math.round(delayMs)} ms ${after}`,
    evidence: [
      `The run's calls usually start after ${Math.round(usualMs)} ms. Nothing in the trace was running that ${tool} could have waited for.`,
      'What holds it may be outside the trace: a queue, a lock, a pool of connections or workers, a cold start, an approval that was not recorded.',
    ],
    fix: startAtOnce(tool),
  }
}
