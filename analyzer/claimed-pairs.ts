import type { Run } from './model/run.ts'
import { followed } from './schedule/clock.ts'
import type { RungSchedule, RunSchedules } from './schedule/schedule-run.ts'

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
  const { overlap, batch, plan } = schedules
  const rungs = [overlap.low, batch.low, plan.low, overlap.high, batch.high, plan.high]
  const orders = [...new Set(rungs)]
    .filter((schedule) => schedule !== schedules.actual)
    .map((schedule) => orderOf(run, schedule))
  const pairs: [number, number][] = []
  let omitted = 0
  if (orders.length === 0) return { pairs, omitted }
  for (let i = 0; i < run.calls.length; i++) {
    let last = i
    for (const order of orders) last = Math.max(last, order.lastBeside(i))
    for (let j = i + 1; j <= last; j++) {
      if (orders.every((order) => order.before(i, j))) continue
      if (run.calls[i]!.turn === run.calls[j]!.turn && !followed(run.calls[i]!, run.calls[j]!)) continue
      if (pairs.length < MAX_CLAIMED_PAIRS) pairs.push([i, j])
      else omitted++
    }
  }
  return { pairs, omitted }
}

/** What a schedule's plan keeps in order: calls of an earlier step, and those before in one step, directly or not. */
interface Order {
  /** No call after this one shares a step with i, or has an earlier one. */
  lastBeside(i: number): number
  /** Whether i comes before j, i < j. */
  before(i: number, j: number): boolean
}

function orderOf(run: Run, { plan }: RungSchedule): Order {
  const stepOf = new Int32Array(run.calls.length)
  const positionOf = new Int32Array(run.calls.length)
  /** Per call: bits of the positions in its step that come before it; none where nothing does. */
  const ancestors: (Uint32Array | undefined)[] = run.calls.map(() => undefined)
  /** Per step: the last call of it or of an earlier one. */
  const lastOf = new Int32Array(plan.steps.length)
  let last = 0
  plan.steps.forEach((step, at) => {
    step.calls.forEach(({ call, after }, position) => {
      last = Math.max(last, call)
      stepOf[call] = at
      positionOf[call] = position
      const waitsFor = after.filter((before) => stepOf[before] === at && before !== call)
      if (waitsFor.length === 0) return
      const own = new Uint32Array((position >> 5) + 1)
      for (const before of waitsFor) {
        const bit = positionOf[before]!
        ancestors[before]?.forEach((bits, word) => {
          own[word] = own[word]! | bits
        })
        own[bit >> 5] = own[bit >> 5]! | (1 << (bit & 31))
      }
      ancestors[call] = own
    })
    lastOf[at] = last
  })
  return {
    lastBeside: (i) => lastOf[stepOf[i]!]!,
    before: (i, j) => {
      if (stepOf[j] !== stepOf[i]) return stepOf[j]! > stepOf[i]!
      const own = ancestors[j]
      const bit = positionOf[i]!
      return own !== undefined && ((own[bit >> 5]! >>> (bit & 31)) & 1) === 1
    },
  }
}
