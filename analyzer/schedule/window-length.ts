// How long a window of turns takes, worked out step by step without a plan or a network: what a finding saves is asked
// thousands of times, mostly only to hear that it is too little. Gives to the last bit what the simulator gives: the same
// sums in the same order.

import { float64s } from '../base/typed-lists.ts'
import { float64Zeros, int32Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import { type Draft, openingMs, type RungInput, turnMsAfter } from './drafts.ts'
import type { Observed } from './observe.ts'
import type { CallDurations } from './plans.ts'
import type { Window } from './window.ts'

/** A turn with the calls that it asks for, and for each of them those that must end first. */
export type TurnDraft = Pick<Draft, 'turn' | 'calls' | 'order'>

/**
 * Tells windows whose steps follow one another without more: no person was waited for in them, each call is waited for by
 * the turn after its own, and calls started in the order of their turns. None in a run with calls that no turn asked for.
 */
export function plainWindows(run: Run, observed: Observed): (window: Window) => boolean {
  const { callsOfTurn, programCalls, waitMs, callWaitMs, joins } = observed
  if (programCalls.length > 0) return () => false
  /** Per turn, and for the end: how many of those before it are not so. */
  const others = int32Zeros(run.turns.length + 1)
  let latest = -1
  callsOfTurn.forEach((calls, turn) => {
    let isPlain = waitMs[turn] === 0
    for (const call of calls) {
      isPlain = isPlain && call > latest && callWaitMs[call] === 0 && joins[call]! <= turn + 1
      latest = Math.max(latest, call)
    }
    others[turn + 1] = others[turn]! + (isPlain ? 0 : 1)
  })
  return ({ first, last }) => others[last + 1] === others[first]
}

export interface WindowLengths {
  /** As it was, with calls of these lengths. */
  readonly asFound: (durations: CallDurations, window: Window) => number
  /** @param drafts of the window, in order. */
  readonly ofDrafts: (input: RungInput, window: Window, drafts: readonly TurnDraft[]) => number
}

/** The lengths of plain windows, in ms, if no cap binds and running beside others costs nothing. */
export function windowLengths(run: Run, observed: Observed): WindowLengths {
  const { callsOfTurn, turnEndMs, dispatchMs, argumentsMs, streamMs, leadMs, predecessor } = observed
  /** Per call: its end, and the number of the question that it was worked out for. */
  const endMs = float64Zeros(run.calls.length)
  const endedIn = int32Zeros(run.calls.length)
  let question = 0
  const tailMs = ({ last }: Window): number => (last === run.turns.length - 1 ? observed.tailMs : 0)
  const measuredMs = float64s(run.turns, ({ startMs }, turn) => turnEndMs[turn]! - startMs)

  return {
    asFound: (durations, window) => {
      question++
      let openMs = 0
      for (let turn = window.first; turn <= window.last; turn++) {
        const askedMs = openMs + leadMs[turn]! + measuredMs[turn]!
        openMs = askedMs
        const calls = callsOfTurn[turn]!
        // By index, here and below: an iterator for each of so many turns would be most of what is thrown away.
        for (let at = 0; at < calls.length; at++) {
          const call = calls[at]!
          const before = predecessor[call]!
          let startMs = askedMs + (before === -1 ? Math.max(dispatchMs[call]!, argumentsMs[call]!) : argumentsMs[call]!)
          if (before !== -1 && endedIn[before] === question)
            startMs = Math.max(startMs, endMs[before]! + dispatchMs[call]!)
          endMs[call] = startMs + durations[call]!
          endedIn[call] = question
          openMs = Math.max(openMs, endMs[call]!)
        }
      }
      return openMs + tailMs(window)
    },
    ofDrafts: (input, window, drafts) => {
      const { durations } = input
      question++
      let openMs = 0
      for (let k = 0; k < drafts.length; k++) {
        const draft = drafts[k]!
        const turn = draft.turn!
        const { calls, order } = draft
        const isAsked = calls === callsOfTurn[turn]
        const askedMs = openMs + leadMs[turn]! + (isAsked ? measuredMs[turn]! : turnMsAfter(input, turn, calls))
        openMs = askedMs
        for (let at = 0; at < calls.length; at++) {
          const call = calls[at]!
          const after = order[at]!
          const isMoved = !isAsked && run.calls[call]!.turn !== turn
          const writtenMs = isMoved ? streamMs[turn]! : argumentsMs[call]!
          let startMs = askedMs + writtenMs
          if (after.length === 0) {
            const openingFor = isMoved ? openingMs(observed, turn) : 0
            startMs = askedMs + Math.max(dispatchMs[call]!, openingFor, writtenMs)
          }
          for (let i = 0; i < after.length; i++) {
            const before = after[i]!
            if (endedIn[before] === question) startMs = Math.max(startMs, endMs[before]! + dispatchMs[call]!)
          }
          endMs[call] = startMs + durations[call]!
          endedIn[call] = question
          openMs = Math.max(openMs, endMs[call]!)
        }
      }
      return openMs + tailMs(window)
    },
  }
}
