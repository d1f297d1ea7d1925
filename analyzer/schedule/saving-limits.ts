// What some freedom can save at most, without asking what is independent: most that could be told of a run is too little to be
// worth it, whatever may move. Holds in plain windows (`plainWindows`) without caps, with calls as long as they were.
//
//   turn 0 |==|              may run at the same time: 0 saves B or C, whichever is shorter
//   B         |===|
//   C             |====|
//   turn 1             |==|  D may move: turn 1 can go with it
//   D                     |==|

import { float64Zeros, int32Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import type { Observed } from './observe.ts'
import type { Window } from './window.ts'

/** Sums of thousands of times are off by less than this. */
const NOISE_MS = 0.001

/** In ms. */
export interface SavingLimits {
  /** If the calls of each of these turns may run at the same time. */
  readonly ofTurns: (turns: ReadonlySet<number>) => number
  /** If these calls, all of turns of the window, may move, and the others of it may not. */
  readonly ofCalls: (calls: ReadonlySet<number>, window: Window) => number
}

export function savingLimits(run: Run, observed: Observed): SavingLimits {
  const { callsOfTurn, leadMs, turnEndMs, dispatchMs, argumentsMs, predecessor } = observed
  const count = run.turns.length
  /** Per turn: how long it takes with the longest of its calls alone. */
  const leastMs = float64Zeros(count)
  /** Per turn, and for the end: what the turns before it take beyond that. */
  const beyondMs = float64Zeros(count + 1)
  const endMs = float64Zeros(run.calls.length)
  for (let turn = 0; turn < count; turn++) {
    let longestMs = 0
    let allMs = 0
    for (const call of callsOfTurn[turn]!) {
      const ownMs = observed.callEndMs[call]! - run.calls[call]!.startMs
      const aloneMs = Math.max(dispatchMs[call]!, argumentsMs[call]!) + ownMs
      const before = predecessor[call]!
      endMs[call] = before === -1 ? aloneMs : Math.max(argumentsMs[call]!, endMs[before]! + dispatchMs[call]!) + ownMs
      longestMs = Math.max(longestMs, aloneMs)
      allMs = Math.max(allMs, endMs[call]!)
    }
    leastMs[turn] = leadMs[turn]! + turnEndMs[turn]! - run.turns[turn]!.startMs + longestMs
    beyondMs[turn + 1] = beyondMs[turn]! + Math.max(0, allMs - longestMs)
  }
  /** Per turn: the number of the question that it was last counted for. */
  const countedIn = int32Zeros(count)
  let question = 0

  return {
    ofTurns: (turns) => {
      let ms = NOISE_MS
      for (const turn of turns) ms += beyondMs[turn + 1]! - beyondMs[turn]!
      return ms
    },
    ofCalls: (calls, { first, last }) => {
      // A turn that all calls leave goes. One that calls move to can have its own run at the same time.
      question++
      let ms = NOISE_MS + beyondMs[last + 1]! - beyondMs[first]!
      for (const call of calls) {
        const { turn } = run.calls[call]!
        if (countedIn[turn] === question) continue
        countedIn[turn] = question
        ms += leastMs[turn]!
      }
      return ms
    },
  }
}
