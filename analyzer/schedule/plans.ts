// The plans of a run: as it happened, and with the calls of each turn at the same time. `batch-plan.ts` has the third.

import type { Run } from '../model/run.ts'
import type { Observed } from './observe.ts'
import type { Plan, PlannedCall, Step } from './plan.ts'

/** Whether call i may be made without call j's end, i < j, both indices into `run.calls`. */
export type Independent = (i: number, j: number) => boolean

/** Duration of each call in a rung: the measured one, less what its own nested run can save in that rung. */
export type CallDurations = readonly number[]

/** The run with the order it had: each call waits for the call it was seen to follow. */
export function actualPlan(run: Run, observed: Observed): Plan {
  const durations = run.calls.map((call, c) => observed.callEndMs[c]! - call.startMs)
  return planOf(run, observed, durations, (calls) => orderAsFound(observed, calls))
}

/**
 * Calls of one turn run at the same time where they are independent; turns stay as they were.
 * @param movable the turns this applies to; all if left out.
 */
export function overlapPlan(
  run: Run,
  observed: Observed,
  durations: CallDurations,
  independent: Independent,
  movable?: ReadonlySet<number>,
): Plan {
  const background = run.calls.flatMap((call, c) => (observed.joins[c]! > call.turn + 1 ? [c] : []))
  return planOf(run, observed, durations, (calls, turn) => {
    if (turn === null || (movable && !movable.has(turn))) return orderAsFound(observed, calls)
    const running = background.filter((c) => run.calls[c]!.turn < turn && observed.joins[c]! > turn)
    const order = orderWithin(calls, independent)
    return calls.map((call, at) => [
      ...running.filter((other) => other < call && !independent(other, call)),
      ...order[at]!,
    ])
  })
}

/** Each call after the one that it was seen to follow. A predecessor that is not in the step is no constraint. */
export function orderAsFound(observed: Observed, calls: readonly number[]): number[][] {
  return calls.map((call) => (observed.predecessor[call] === -1 ? [] : [observed.predecessor[call]!]))
}

/**
 * For each call of a step, the earlier calls of the step that must end first: only the direct ones, so that a chain of n
 * writes gives n - 1 constraints and not n squared.
 */
export function orderWithin(calls: readonly number[], independent: Independent): number[][] {
  const words = Math.ceil(calls.length / 32)
  const ancestors: Uint32Array[] = []
  return calls.map((call, position) => {
    const own = new Uint32Array(words)
    ancestors.push(own)
    const after: number[] = []
    for (let before = position - 1; before >= 0; before--) {
      if ((own[before >> 5]! >>> (before & 31)) & 1) continue
      if (independent(calls[before]!, call)) continue
      after.push(calls[before]!)
      own[before >> 5] = own[before >> 5]! | (1 << (before & 31))
      const theirs = ancestors[before]!
      for (let word = 0; word < words; word++) own[word] = own[word]! | theirs[word]!
    }
    return after
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
    after,
    waitMs,
    joins,
  }
}

function planOf(
  run: Run,
  observed: Observed,
  durations: CallDurations,
  orderOf: (calls: readonly number[], turn: number | null) => readonly (readonly number[])[],
): Plan {
  /** Steps are turns, after one step for the calls that no turn asked for. */
  const offset = observed.programCalls.length > 0 ? 1 : 0
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
  const steps = run.turns.map((_, turn) => stepOf(turn, observed.callsOfTurn[turn]!))
  if (offset > 0) steps.unshift(stepOf(null, observed.programCalls))
  return { steps, tailMs: observed.tailMs }
}
