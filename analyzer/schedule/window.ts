// A stretch of turns that can be scheduled by itself: whatever is changed inside, the rest of the run only moves as a whole.
// That holds between two turns that wait for everything before them, so that no call runs across.
//
//   turn 0   turn 1   turn 2   turn 3        a call in the background from turn 1 to turn 3: a window that has
//      a        b----------------|           turn 1 in it goes on to turn 2

import { int32Zeros } from '../base/zeros.ts'
import { NO_TURN, type Run } from '../model/run.ts'

/** Turns, both inclusive. */
export interface Window {
  readonly first: number
  readonly last: number
}

export const wholeRun = (run: Run): Window => ({ first: 0, last: run.turns.length - 1 })

/** For the first and last of some turns of the run: the smallest window that holds them and that no call reaches out of or into. */
export type WindowOf = (first: number, last: number) => Window

export function windowsOf(run: Run, joins: Int32Array): WindowOf {
  const count = run.turns.length
  /** Per turn: the last turn that a call of an earlier one is first waited for by. */
  const reach = int32Zeros(count + 1)
  run.calls.forEach(({ turn }, call) => {
    const after = turn === NO_TURN ? 0 : turn + 1
    if (after <= count) reach[after] = Math.max(reach[after]!, joins[call]!)
  })
  for (let turn = 1; turn <= count; turn++) reach[turn] = Math.max(reach[turn]!, reach[turn - 1]!)
  /** Per turn: the first and last of the smallest window around it. */
  const firstOf = int32Zeros(count)
  const lastOf = int32Zeros(count)
  for (let turn = 1; turn < count; turn++) firstOf[turn] = reach[turn]! <= turn ? turn : firstOf[turn - 1]!
  for (let turn = count - 1; turn >= 0; turn--) {
    const closes = turn === count - 1 || firstOf[turn + 1] === turn + 1
    lastOf[turn] = closes ? turn : lastOf[turn + 1]!
  }

  return (first, last) => ({ first: firstOf[first]!, last: lastOf[last]! })
}
