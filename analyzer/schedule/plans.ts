// The plans of a run: as it happened, and with the calls of each turn at the same time. `batch-plan.ts` has the third.

import { highest, stretch } from '../base/bits.ts'
import { int32s } from '../base/typed-lists.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import type { Independent } from './independence.ts'
import { placeOf } from './links.ts'
import type { Observed } from './observe.ts'
import type { Plan, PlannedCall, Step } from './plan.ts'
import { type Window, wholeRun } from './window.ts'

/** Duration of each call in a rung: the measured one, less what its own nested run can save in that rung. */
export type CallDurations = Float64Array

/** The run with the order it had: each call waits for the call it was seen to follow. */
export function actualPlan(run: Run, observed: Observed, durations: CallDurations): Plan {
  return planOf(run, observed, durations, wholeRun(run), (calls) => orderAsFound(observed, calls))
}

/** Per turn, asked for again and again: the order that its calls need among themselves. */
export function ordersOfTurns(
  { callsOfTurn }: Observed,
  independent: Independent,
): (turn: number) => readonly (readonly number[])[] {
  const known: (readonly (readonly number[])[])[] = []
  return (turn) => {
    known[turn] ??= orderWithin(callsOfTurn[turn]!, independent)
    return known[turn]
  }
}

/**
 * Calls of one turn run at the same time where they are independent; turns stay as they were.
 * @param orderOf see `ordersOfTurns`.
 * @param asFound the run as it was, if its calls take as long here and the plan is the whole run's: steps that are no different
 * are its own, and so is the plan if none is.
 * @param movable the turns this applies to; all if left out.
 * @param window the turns that are planned.
 */
export function overlapPlan(
  run: Run,
  observed: Observed,
  { durations, independent }: { readonly durations: CallDurations; readonly independent: Independent },
  orderOf: (turn: number) => readonly (readonly number[])[],
  asFound: Plan | null,
  movable?: ReadonlySet<number>,
  window = wholeRun(run),
): Plan {
  /** Calls of earlier turns that still run; turns are asked for in order. */
  let running: number[] = []
  const orderAmong = (calls: readonly number[], turn: number | null): readonly (readonly number[])[] => {
    if (turn === null) return orderAsFound(observed, calls)
    const before = running.length === 0 ? running : running.filter((call) => observed.joins[call]! > turn)
    running = before
    for (let at = 0; at < calls.length; at++) {
      if (observed.joins[calls[at]!]! <= turn + 1) continue
      if (running === before) running = before.slice()
      running.push(calls[at]!)
    }
    if (movable && !movable.has(turn)) return orderAsFound(observed, calls)
    const order = orderOf(turn)
    if (before.length === 0) return order
    return calls.map((call, at) => [
      ...before.filter((other) => other < call && !independent.may(other, call)),
      ...order[at]!,
    ])
  }
  return planOf(run, observed, durations, window, orderAmong, asFound)
}

const NO_CALLS: readonly number[] = []

/** The orders of up to so many calls that all are free. Most steps have such a one, and need none of their own. */
const FREE = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(freeCalls)

function freeCalls(count: number): (readonly number[])[] {
  const order: (readonly number[])[] = []
  for (let at = 0; at < count; at++) order.push(NO_CALLS)
  return order
}

/** The order of so many calls of which none waits for another: not to be changed. */
const freeOrder = (count: number): readonly (readonly number[])[] => FREE[count] ?? freeCalls(count)

/** Each call after the one that it was seen to follow. A predecessor that is not in the step is no constraint. */
export function orderAsFound({ predecessor }: Observed, calls: readonly number[]): readonly (readonly number[])[] {
  let order: (readonly number[])[] | undefined
  for (let at = 0; at < calls.length; at++) {
    const before = predecessor[calls[at]!]!
    if (before === -1) continue
    order ??= freeOrder(calls.length).slice()
    order[at] = [before]
  }
  return order ?? freeOrder(calls.length)
}

/**
 * For each call of a step, the earlier calls of the step that must end first, the nearest first: only the direct ones, so that
 * a chain of n writes gives n - 1 constraints and not n squared.
 * @param calls ascending.
 * @param lookBack how many calls before each one are asked about.
 */
export function orderWithin(
  calls: readonly number[],
  independent: Independent,
  lookBack = calls.length,
): readonly (readonly number[])[] {
  if (calls.length <= 1) return freeOrder(calls.length)
  let order: (readonly number[])[] | undefined
  const members = membersOf(calls)
  const firstWord = members === null ? 0 : calls[0]! >>> 5
  let ancestors: Ancestors | null = null
  for (let position = 0; position < calls.length; position++) {
    const call = calls[position]!
    const earliest = calls[Math.max(0, position - lookBack)]!
    let after: number[] | undefined
    // Where no calls are left out, words that cannot hold any are passed by at once; else those without members are.
    let next = 0
    for (let word = call >>> 5; word >= earliest >>> 5; word = next) {
      next = word - 1
      let asked = stretch(word, earliest, call)
      if (members !== null) asked &= members[word - firstWord]!
      if (ancestors !== null) asked &= ~ancestors.of(position, word)
      if (asked === 0) continue
      next = independent.nextWord(call, word)
      for (let bits = independent.maybeNot(call, word) & asked; bits !== 0; ) {
        const place = highest(bits)
        bits ^= 1 << place
        const before = (word << 5) + place
        if (independent.may(before, call)) continue
        // A list of one, as most are, is made as long as it gets: an empty one that grows gets room for seventeen.
        if (after === undefined) after = [before]
        else after.push(before)
        ancestors ??= new Ancestors(calls, lookBack, members === null)
        ancestors.add(position, before)
        bits &= ~ancestors.of(position, word)
      }
    }
    if (after === undefined) continue
    order ??= freeOrder(calls.length).slice()
    order[position] = after
  }
  return order ?? freeOrder(calls.length)
}

/** Bits of `calls`, which ascend, from the word of the first one on; null if none is left out between the first and the last. */
function membersOf(calls: readonly number[]): Int32Array | null {
  const [first, last] = [calls[0] ?? 0, calls.at(-1) ?? -1]
  if (last - first + 1 === calls.length) return null
  const firstWord = first >>> 5
  const words = int32Zeros((last >>> 5) - firstWord + 1)
  for (const call of calls) words[(call >>> 5) - firstWord] = words[(call >>> 5) - firstWord]! | (1 << (call & 31))
  return words
}

/**
 * Which calls come before which, directly or not: bits, of which each call keeps those of the words that it may be asked about,
 * `lookBack` calls before it.
 */
class Ancestors {
  private readonly calls: readonly number[]
  /** Whether no call is left out between the first and the last: then a call's position is told by its number. */
  private readonly isUnbroken: boolean
  /** Per position: the word that its row begins with. */
  private readonly firstWord: Int32Array
  private readonly width: number
  private readonly rows: Int32Array

  constructor(calls: readonly number[], lookBack: number, isUnbroken: boolean) {
    this.calls = calls
    this.isUnbroken = isUnbroken
    this.firstWord = int32s(calls, (_, position) => calls[Math.max(0, position - lookBack)]! >>> 5)
    let width = 0
    for (let position = 0; position < calls.length; position++) {
      width = Math.max(width, (calls[position]! >>> 5) - this.firstWord[position]! + 1)
    }
    this.width = width
    this.rows = int32Zeros(calls.length * width)
  }

  /** The ancestors of a position among the 32 calls of a word. */
  of(position: number, word: number): number {
    return this.rows[position * this.width + word - this.firstWord[position]!]!
  }

  /** `before` comes before the call at `position`, and so does what comes before it. */
  add(position: number, before: number): void {
    const { rows, width, firstWord } = this
    const place = this.isUnbroken ? before - this.calls[0]! : placeOf(this.calls, before)
    const own = position * width - firstWord[position]!
    const theirs = place * width - firstWord[place]!
    const last = before >>> 5
    for (let word = firstWord[position]!; word <= last; word++) {
      rows[own + word] = rows[own + word]! | rows[theirs + word]!
    }
    rows[own + last] = rows[own + last]! | (1 << (before & 31))
  }
}

/** The planned form of one call with its observed overhead. */
export function plannedCall(
  observed: Observed,
  durations: CallDurations,
  call: number,
  after: readonly number[],
  joins: number,
): PlannedCall {
  // `|| 0`: what is read from a typed array is a number object of its own, also where it is 0, as these two mostly are.
  const waitMs = Math.min(observed.callWaitMs[call]!, durations[call]!) || 0
  return {
    call,
    durationMs: durations[call]! - waitMs,
    dispatchMs: observed.dispatchMs[call]!,
    argumentsMs: observed.argumentsMs[call]! || 0,
    after,
    waitMs,
    joins,
  }
}

function planOf(
  run: Run,
  observed: Observed,
  durations: CallDurations,
  { first, last }: Window,
  orderOf: (calls: readonly number[], turn: number | null) => readonly (readonly number[])[],
  asFound: Plan | null = null,
): Plan {
  const whole = first === 0 && last === run.turns.length - 1
  const steps: Step[] = []
  let changed = false
  const add = (turn: number | null, calls: readonly number[]): void => {
    const order = orderOf(calls, turn)
    const known = asFound?.steps[steps.length]
    if (known !== undefined && isOrderOf(known.calls, order)) {
      steps.push(known)
      return
    }
    changed = true
    steps.push({
      turn,
      turnMs: turn === null ? 0 : observed.turnEndMs[turn]! - run.turns[turn]!.startMs,
      leadMs: turn === null ? 0 : observed.leadMs[turn]!,
      waitMs: turn === null ? 0 : observed.waitMs[turn]!,
      calls: plannedAsAsked(observed, durations, turn, calls, order),
    })
  }
  if (whole && observed.programCalls.length > 0) add(null, observed.programCalls)
  for (let turn = first; turn <= last; turn++) add(turn, observed.callsOfTurn[turn]!)
  if (asFound !== null && !changed) return asFound
  return { steps, tailMs: last === run.turns.length - 1 ? observed.tailMs : 0 }
}

export const NO_PLANNED: readonly PlannedCall[] = []

/** The calls of a step that asks for them as its turn did. */
function plannedAsAsked(
  observed: Observed,
  durations: CallDurations,
  turn: number | null,
  calls: readonly number[],
  order: readonly (readonly number[])[],
): readonly PlannedCall[] {
  if (calls.length === 0) return NO_PLANNED
  // Calls that no turn asked for are a step before the first turn.
  const joinsFrom = turn ?? -1
  const joinsOf = (call: number): number => observed.joins[call]! - joinsFrom
  // Most steps have one call, and a list that grows gets room for seventeen.
  const planned = [plannedCall(observed, durations, calls[0]!, order[0]!, joinsOf(calls[0]!))]
  for (let at = 1; at < calls.length; at++) {
    planned.push(plannedCall(observed, durations, calls[at]!, order[at]!, joinsOf(calls[at]!)))
  }
  return planned
}

/** Whether the calls of a step wait for what `order` says. */
export function isOrderOf(calls: readonly PlannedCall[], order: readonly (readonly number[])[]): boolean {
  for (let at = 0; at < calls.length; at++) {
    const [planned, wanted] = [calls[at]!.after, order[at]!]
    if (planned.length !== wanted.length) return false
    for (let k = 0; k < planned.length; k++) if (planned[k] !== wanted[k]) return false
  }
  return true
}
