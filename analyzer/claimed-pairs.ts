import type { Run } from './model/run.ts'
import { followed } from './schedule/clock.ts'
import type { RunSchedules } from './schedule/schedule-run.ts'

/** A wide fan-out claims n squared pairs; the report lists this many and counts the rest, which `--all-pairs` lists. */
export const MAX_CLAIMED_PAIRS = 20_000

export interface ClaimedPairs {
  /** In order of i, then j. */
  readonly pairs: readonly (readonly [number, number])[]
  readonly omitted: number
}

/**
 * The pairs of calls, i < j, that a rung's claim rests on: j came after i in the actual run, by turn or by time, and does
 * not in a schedule.
 */
export function claimedPairs(run: Run, schedules: RunSchedules): ClaimedPairs {
  const plans = [schedules.overlap.low, schedules.batch.low, schedules.overlap.high, schedules.batch.high]
    .filter((schedule) => schedule !== schedules.actual)
    .map(({ plan }) => {
      const stepOf = new Int32Array(run.calls.length)
      const after: (readonly number[])[] = run.calls.map(() => [])
      plan.steps.forEach((step, at) => {
        for (const planned of step.calls) {
          stepOf[planned.call] = at
          after[planned.call] = planned.after
        }
      })
      return { stepOf, after }
    })
  const pairs: [number, number][] = []
  let omitted = 0
  if (plans.length === 0) return { pairs, omitted }
  for (let i = 0; i < run.calls.length; i++) {
    for (let j = i + 1; j < run.calls.length; j++) {
      if (run.calls[i]!.turn === run.calls[j]!.turn && !followed(run.calls[i]!, run.calls[j]!)) continue
      if (plans.every(({ stepOf, after }) => stepOf[j]! > stepOf[i]! || after[j]!.includes(i))) continue
      if (pairs.length < MAX_CLAIMED_PAIRS) pairs.push([i, j])
      else omitted++
    }
  }
  return { pairs, omitted }
}
