import { lowest, ones, stretch, wordsIn } from './base/bits.ts'
import { IntList } from './base/typed-lists.ts'
import { int32Zeros } from './base/zeros.ts'
import { type Call, NO_TURN, type Run } from './model/run.ts'
import { followed } from './schedule/clock.ts'
import type { Plan } from './schedule/plan.ts'
import type { RunSchedules } from './schedule/schedule-run.ts'

/** A wide fan-out claims n squared pairs; the report lists this many and counts the rest, which `--all-pairs` lists. */
export const MAX_CLAIMED_PAIRS = 20_000

export interface ClaimedPairs<T> {
  /** In order of i, then j. */
  readonly pairs: readonly T[]
  readonly omitted: number
}

/**
 * The pairs of calls, i < j, that a rung's claim rests on: j came after i in the actual run, by turn or by time, and does
 * not in a schedule. Found for 32 calls j at a time, as a bit each.
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
  const { calls } = run
  const orders = [...new Set(rungs)]
    .filter((schedule) => schedule !== schedules.actual)
    .map((schedule) => orderOf(schedule.plan, calls.length))
  if (orders.length === 0) return { pairs: [], omitted: 0 }
  /** Both calls of each pair. */
  const found = new IntList()
  let omitted = 0
  const lastOfTurn = lastOfTurns(run)
  /** Bits of the calls that are claimed with i. */
  const claimed = int32Zeros(wordsIn(calls.length))
  for (let i = 0; i < calls.length; i++) {
    let last = i
    for (const { stepOf, lastOf } of orders) last = Math.max(last, lastOf[stepOf[i]!]!)
    if (last === i) continue
    const first = (i + 1) >>> 5
    const end = wordsIn(last + 1)
    for (let word = first; word < end; word++) {
      const among = stretch(word, i + 1, last + 1)
      let bits = 0
      for (let at = 0; at < orders.length && bits !== among; at++) bits |= unordered(orders[at]!, i, word) & among
      claimed[word] = bits
    }
    dropBeside(calls, i, Math.min(last, lastOfTurn[calls[i]!.turn - NO_TURN]!), claimed)
    for (let word = first; word < end; word++) {
      let bits = claimed[word]!
      for (; bits !== 0 && found.size < 2 * MAX_CLAIMED_PAIRS; bits &= bits - 1) {
        found.push(i)
        found.push((word << 5) + lowest(bits))
      }
      omitted += ones(bits)
    }
  }
  // As long as it gets: a list of thousands that grows leaves as much again behind.
  const pairs = new Array<T>(found.size / 2)
  for (let at = 0; at < pairs.length; at++) pairs[at] = pairOf(found.items[2 * at]!, found.items[2 * at + 1]!)
  return { pairs, omitted }
}

/** Per turn, after one place for the calls of none: its last call. */
function lastOfTurns({ turns, calls }: Run): Int32Array {
  const last = int32Zeros(turns.length + 1)
  for (let call = 0; call < calls.length; call++) last[calls[call]!.turn - NO_TURN] = call
  return last
}

/**
 * Takes out calls of i's own turn that did not come after it. What another turn asks for came after it, and so did what
 * started after i had ended, which all that follow did.
 * @param last the last call that may be of the turn.
 */
function dropBeside(calls: readonly Call[], i: number, last: number, claimed: Int32Array): void {
  const own = calls[i]!
  for (let j = i + 1; j <= last; j++) {
    const other = calls[j]!
    if (other.startMs >= own.endMs) return
    if (other.turn === own.turn && !followed(own, other)) claimed[j >>> 5]! &= ~(1 << (j & 31))
  }
}

/** What a schedule's plan keeps in order: calls of an earlier step, and those before in one step, directly or not. */
interface Order {
  readonly stepOf: Int32Array
  /** Per step: the last call of it or of an earlier one. */
  readonly lastOf: Int32Array
  /** Per word of calls: the steps of the 32 in ascending order. */
  readonly steps: Int32Array
  /** Beside each of these: bits of the calls up to there. */
  readonly upTo: Int32Array
  readonly followers: Followers | null
}

/** The calls of its step that come after a call, directly or not: a row of bits from its own word on. */
interface Followers {
  /** Per call: where its row begins and ends in `words`. */
  readonly start: Int32Array
  readonly end: Int32Array
  readonly words: Int32Array
}

/** Bits of the calls of a word that the order does not keep after i. */
function unordered({ stepOf, steps, upTo, followers }: Order, i: number, word: number): number {
  const step = stepOf[i]!
  let at = word << 5
  if (steps[at]! > step) return 0
  let end = Math.min(at + 32, steps.length)
  if (steps[end - 1]! <= step) at = end - 1
  while (at < end - 1) {
    const middle = (at + end) >> 1
    if (steps[middle]! > step) end = middle
    else at = middle
  }
  const bits = upTo[at]!
  if (followers === null) return bits
  const cell = followers.start[i]! + word - (i >>> 5)
  return cell < followers.end[i]! ? bits & ~followers.words[cell]! : bits
}

function orderOf(plan: Plan, count: number): Order {
  const stepOf = int32Zeros(count)
  const lastOf = int32Zeros(plan.steps.length)
  let last = 0
  for (let step = 0; step < plan.steps.length; step++) {
    for (const { call } of plan.steps[step]!.calls) {
      stepOf[call] = step
      if (call > last) last = call
    }
    lastOf[step] = last
  }
  return { stepOf, lastOf, ...sortedInWords(stepOf), followers: followersIn(plan, stepOf) }
}

/** The steps of each 32 calls, sorted: most stand in order already. */
function sortedInWords(stepOf: Int32Array): Pick<Order, 'steps' | 'upTo'> {
  const count = stepOf.length
  const steps = int32Zeros(count)
  const upTo = int32Zeros(count)
  for (let call = 0; call < count; call++) {
    const step = stepOf[call]!
    const first = call & ~31
    let at = call
    for (; at > first && steps[at - 1]! > step; at--) {
      steps[at] = steps[at - 1]!
      upTo[at] = upTo[at - 1]!
    }
    steps[at] = step
    upTo[at] = 1 << (call & 31)
  }
  for (let at = 1; at < count; at++) if ((at & 31) !== 0) upTo[at]! |= upTo[at - 1]!
  return { steps, upTo }
}

/** Null where no step has an order of its own. `after` names calls with a smaller index, so that a row needs no earlier words. */
function followersIn({ steps }: Plan, stepOf: Int32Array): Followers | null {
  if (!steps.some((step) => step.calls.some(({ after }) => after.length > 0))) return null
  const start = int32Zeros(stepOf.length)
  const end = int32Zeros(stepOf.length)
  let size = 0
  for (let step = 0; step < steps.length; step++) {
    const { calls } = steps[step]!
    let last = -1
    for (const { call, after } of calls) {
      if (call > last) last = call
      for (const before of after) if (stepOf[before] === step && before !== call) end[before] = -1
    }
    for (const { call } of calls) {
      if (end[call] !== -1) continue
      start[call] = size
      size += (last >>> 5) - (call >>> 5) + 1
      end[call] = size
    }
  }
  if (size === 0) return null
  const words = int32Zeros(size)
  for (let step = 0; step < steps.length; step++) {
    const { calls } = steps[step]!
    // Backwards: all that follow a call are known before it joins those that follow another.
    for (let position = calls.length - 1; position >= 0; position--) {
      const { call, after } = calls[position]!
      for (const before of after) {
        if (stepOf[before] !== step || before === call) continue
        const row = start[before]! - (before >>> 5)
        words[row + (call >>> 5)]! |= 1 << (call & 31)
        for (let cell = start[call]!; cell < end[call]!; cell++) {
          words[row + (call >>> 5) + cell - start[call]!]! |= words[cell]!
        }
      }
    }
  }
  return { start, end, words }
}
