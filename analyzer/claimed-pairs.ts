import { mapped } from './base/mapped.ts'
import type { Run } from './model/run.ts'
import { followed } from './schedule/clock.ts'
import type { RungSchedule, RunSchedules } from './schedule/schedule-run.ts'

/** A wide fan-out claims n squared pairs; the report lists this many and counts the rest, which `--all-pairs` lists. */
export const MAX_CLAIMED_PAIRS = 20_000

export interface ClaimedPairs<T> {
  /** In order of i, then j. */
  readonly pairs: readonly T[]
  readonly omitted: number
}

/**
 * The pairs of calls, i < j, that a rung's claim rests on: j came after i in the actual run, by turn or by time, and does
 * not in a schedule.
 * @param pairOf what is listed of a pair.
 */
export function claimedPairs<T>(
  run: Run,
  schedules: RunSchedules,
  pairOf: (i: number, j: number) => T,
): ClaimedPairs<T> {
  const { overlap, batch, plan } = schedules
  // What claims most comes first: one rung is enough.
  const rungs = [batch.high, plan.high, batch.low, plan.low, overlap.high, overlap.low]
  const orders = [...new Set(rungs)]
    .filter((schedule) => schedule !== schedules.actual)
    .map((schedule) => orderOf(run, schedule))
  const pairs: T[] = []
  let omitted = 0
  if (orders.length === 0) return { pairs, omitted }
  const { calls } = run
  const claim = (i: number, from: number, until: number): void => {
    const listed = Math.min(until, from + MAX_CLAIMED_PAIRS - pairs.length)
    for (let j = from; j < listed; j++) pairs.push(pairOf(i, j))
    omitted += until - listed
  }
  /** Per order: the step that i stands in. */
  const steps = new Int32Array(orders.length)
  const lastOfTurn = new Map<number, number>()
  calls.forEach(({ turn }, call) => {
    lastOfTurn.set(turn, call)
  })
  for (let i = 0; i < calls.length; i++) {
    const { turn, endMs } = calls[i]!
    const lastBeside = lastOfTurn.get(turn)!
    let last = i
    for (let at = 0; at < orders.length; at++) {
      const { stepOf, lastOf } = orders[at]!
      steps[at] = stepOf[i]!
      last = Math.max(last, lastOf[stepOf[i]!]!)
    }
    for (let j = i + 1; j <= last; ) {
      const order = claimant(orders, steps, i, j)
      // What another turn asks for came after it, and so did what started after i had ended: so do all that follow.
      const cameAfter = j > lastBeside || calls[j]!.startMs >= endMs
      if (order === undefined || (!cameAfter && turn === calls[j]!.turn && !followed(calls[i]!, calls[j]!))) j++
      else {
        const until = cameAfter && order.ancestors[j] === undefined ? Math.min(order.alikeUntil[j]!, last + 1) : j + 1
        claim(i, j, until)
        j = until
      }
    }
  }
  return { pairs, omitted }
}

/** What a schedule's plan keeps in order: calls of an earlier step, and those before in one step, directly or not. */
interface Order {
  readonly stepOf: Int32Array
  readonly positionOf: Int32Array
  /** Per call: bits of the positions in its step that come before it; none where nothing does. */
  readonly ancestors: readonly (Uint32Array | undefined)[]
  /** Per step: the last call of it or of an earlier one. */
  readonly lastOf: Int32Array
  /** Per call before which nothing in its step has to come: the first call after it that is not so, or of another step. */
  readonly alikeUntil: Int32Array
}

/**
 * An order that does not keep i before j, i < j.
 * @param steps per order, that of i.
 */
function claimant(orders: readonly Order[], steps: Int32Array, i: number, j: number): Order | undefined {
  // By index: an iterator for each of so many pairs would be most of what is thrown away.
  for (let at = 0; at < orders.length; at++) {
    const order = orders[at]!
    const step = order.stepOf[j]!
    if (step < steps[at]! || (step === steps[at]! && !isAncestor(order, i, j))) return order
  }
  return undefined
}

/** Whether i comes before j, i < j, of one step. */
function isAncestor({ positionOf, ancestors }: Order, i: number, j: number): boolean {
  const own = ancestors[j]
  const bit = positionOf[i]!
  return own !== undefined && ((own[bit >> 5]! >>> (bit & 31)) & 1) === 1
}

function orderOf(run: Run, { plan }: RungSchedule): Order {
  const count = run.calls.length
  const stepOf = new Int32Array(count)
  const positionOf = new Int32Array(count)
  const ancestors: (Uint32Array | undefined)[] = mapped(run.calls, () => undefined)
  const lastOf = new Int32Array(plan.steps.length)
  let last = 0
  plan.steps.forEach((step, at) => {
    step.calls.forEach(({ call, after }, position) => {
      last = Math.max(last, call)
      stepOf[call] = at
      positionOf[call] = position
      let own: Uint32Array | undefined
      for (const before of after) {
        if (stepOf[before] !== at || before === call) continue
        const bits = own ?? new Uint32Array((position >> 5) + 1)
        const bit = positionOf[before]!
        ancestors[before]?.forEach((theirs, word) => {
          bits[word] = bits[word]! | theirs
        })
        bits[bit >> 5] = bits[bit >> 5]! | (1 << (bit & 31))
        own = bits
      }
      ancestors[call] = own
    })
    lastOf[at] = last
  })
  const alikeUntil = new Int32Array(count)
  for (let call = count - 1; call >= 0; call--) {
    const next = call + 1
    const goesOn = next < count && ancestors[next] === undefined && stepOf[next] === stepOf[call]
    alikeUntil[call] = goesOn ? alikeUntil[next]! : next
  }
  return { stepOf, positionOf, ancestors, lastOf, alikeUntil }
}
