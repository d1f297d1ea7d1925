// The plans of a run: as it happened, and with the calls of each turn at the same time. `batch-plan.ts` has the third.

import type { Run } from '../model/run.ts'
import type { Independent } from './independence.ts'
import type { Observed } from './observe.ts'
import type { Plan, PlannedCall, Step } from './plan.ts'
import { type Window, wholeRun } from './window.ts'

/** Duration of each call in a rung: the measured one, less what its own nested run can save in that rung. */
export type CallDurations = readonly number[]

/** The run with the order it had: each call waits for the call it was seen to follow. */
export function actualPlan(run: Run, observed: Observed): Plan {
  const durations = run.calls.map((call, c) => observed.callEndMs[c]! - call.startMs)
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
 * @param movable the turns this applies to; all if left out.
 * @param window the turns that are planned.
 */
export function overlapPlan(
  run: Run,
  observed: Observed,
  { durations, independent }: { readonly durations: CallDurations; readonly independent: Independent },
  orderOf: (turn: number) => readonly (readonly number[])[],
  movable?: ReadonlySet<number>,
  window = wholeRun(run),
): Plan {
  /** Calls of earlier turns that still run; turns are asked for in order. */
  let running: number[] = []
  return planOf(run, observed, durations, window, (calls, turn) => {
    if (turn === null) return orderAsFound(observed, calls)
    running = running.filter((call) => observed.joins[call]! > turn)
    const before = running
    running = [...running, ...calls.filter((call) => observed.joins[call]! > turn + 1)]
    if (movable && !movable.has(turn)) return orderAsFound(observed, calls)
    const order = orderOf(turn)
    if (before.length === 0) return order
    return calls.map((call, at) => [
      ...before.filter((other) => other < call && !independent(other, call)),
      ...order[at]!,
    ])
  })
}

const NO_CALLS: readonly number[] = []

/** So many calls are asked about sooner than it is found which of them have to be. */
const FEW = 8

/** Each call after the one that it was seen to follow. A predecessor that is not in the step is no constraint. */
export function orderAsFound(observed: Observed, calls: readonly number[]): (readonly number[])[] {
  return calls.map((call) => (observed.predecessor[call] === -1 ? NO_CALLS : [observed.predecessor[call]!]))
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
): (readonly number[])[] {
  if (calls.length === 1) return [NO_CALLS]
  /** Per position: bits of the positions that come before it, directly or not; none where nothing does. */
  const ancestors: (Uint32Array | undefined)[] = []
  return calls.map((call, position) => {
    const earliest = Math.max(0, position - lookBack)
    const suspects =
      position - earliest <= FEW ? calls.slice(earliest, position) : independent.maybeNot(call, calls[earliest]!)
    let after: number[] | undefined
    let own: Uint32Array | undefined
    let before = position - 1
    for (let at = suspects.length - 1; at >= 0; at--) {
      const suspect = suspects[at]!
      while (before >= 0 && calls[before]! > suspect) before--
      if (calls[before] !== suspect || (own !== undefined && (own[before >> 5]! >>> (before & 31)) & 1)) continue
      if (independent(suspect, call)) continue
      after ??= []
      after.push(suspect)
      own ??= new Uint32Array((position >> 5) + 1)
      own[before >> 5] = own[before >> 5]! | (1 << (before & 31))
      const theirs = ancestors[before]
      if (theirs === undefined) continue
      for (let word = 0; word < theirs.length; word++) own[word] = own[word]! | theirs[word]!
    }
    ancestors.push(own)
    return after ?? NO_CALLS
  })
}

/** The planned form of one call with its observed overhead. `joins` is a step of the plan. */
export function plannedCall(
  observed: Observed,
  durations: CallDurations,
  call: number,
  after: readonly number[],
  joins: number,
): PlannedCall {
  const waitMs = Math.min(observed.callWaitMs[call]!, durations[call]!)
  return {
    call,
    durationMs: durations[call]! - waitMs,
    dispatchMs: observed.dispatchMs[call]!,
    argumentsMs: observed.argumentsMs[call]!,
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
): Plan {
  const whole = first === 0 && last === run.turns.length - 1
  const withProgram = whole && observed.programCalls.length > 0
  /** Steps are turns, after one step for the calls that no turn asked for. */
  const offset = (withProgram ? 1 : 0) - first
  const stepOf = (turn: number | null, calls: readonly number[]): Step => {
    const order = orderOf(calls, turn)
    return {
      turn,
      turnMs: turn === null ? 0 : observed.turnEndMs[turn]! - run.turns[turn]!.startMs,
      leadMs: turn === null ? 0 : observed.leadMs[turn]!,
      waitMs: turn === null ? 0 : observed.waitMs[turn]!,
      calls: calls.map((call, at) =>
        plannedCall(observed, durations, call, order[at]!, observed.joins[call]! + offset),
      ),
    }
  }
  const steps: Step[] = withProgram ? [stepOf(null, observed.programCalls)] : []
  for (let turn = first; turn <= last; turn++) steps.push(stepOf(turn, observed.callsOfTurn[turn]!))
  return { steps, tailMs: last === run.turns.length - 1 ? observed.tailMs : 0 }
}
