import type { Run } from './model/run.ts'
import type { RunSchedules } from './schedule/schedule-run.ts'

/** A wide fan-out claims n squared pairs; past this many the rest is left to `--all-pairs`. */
export const MAX_CLAIMED_PAIRS = 20_000

/**
 * The pairs of calls, i < j, that a schedule's claim rests on: j followed i in the actual run and does not in a rung's
 * schedule. In order of i, then j.
 */
export function claimedPairs(run: Run, schedules: RunSchedules): [number, number][] {
  const pairs = new Map<number, [number, number]>()
  for (const schedule of [schedules.overlap.low, schedules.batch.low, schedules.overlap.high, schedules.batch.high]) {
    if (schedule === schedules.actual) continue
    const stepOf = new Map<number, number>()
    const after = new Map<number, readonly number[]>()
    schedule.plan.steps.forEach((step, at) => {
      for (const planned of step.calls) {
        stepOf.set(planned.call, at)
        after.set(planned.call, planned.after)
      }
    })
    for (let i = 0; i < run.calls.length; i++) {
      for (let j = i + 1; j < run.calls.length; j++) {
        if (run.calls[i]!.endMs > run.calls[j]!.startMs) continue
        const stillAfter = stepOf.get(j)! > stepOf.get(i)! || after.get(j)!.includes(i)
        if (stillAfter) continue
        pairs.set(i * run.calls.length + j, [i, j])
        if (pairs.size >= MAX_CLAIMED_PAIRS) return sorted(pairs)
      }
    }
  }
  return sorted(pairs)
}

function sorted(pairs: ReadonlyMap<number, [number, number]>): [number, number][] {
  return [...pairs].sort(([a], [b]) => a - b).map(([, pair]) => pair)
}
