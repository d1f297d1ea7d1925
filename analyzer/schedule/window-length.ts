// How long a window of turns takes, worked out step by step without a plan or a network: what a finding saves is asked
// thousands of times, mostly only to hear that it is too little. Gives to the last bit what the simulator gives: the same
// sums in the same order.

import type { Run } from '../model/run.ts'
import { type Draft, openingMs, type RungInput, turnMsAfter } from './drafts.ts'
import type { Observed } from './observe.ts'
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
  const others = new Int32Array(run.turns.length + 1)
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

/**
 * The length of a plain window, in ms, if no cap binds and running beside others costs nothing.
 * @param drafts of the window, in order.
 */
export function lengthOfDrafts(input: RungInput, { last }: Window, drafts: readonly TurnDraft[]): number {
  const { run, observed, durations } = input
  const { callsOfTurn, dispatchMs, argumentsMs, streamMs, leadMs } = observed
  /** Ends of calls that others may come after: others of their step, or of the turn that asked for them. */
  const endMs = new Map<number, number>()
  let openMs = 0
  for (const { turn, calls, order } of drafts) {
    const turnEndMs = openMs + leadMs[turn!]! + turnMsAfter(input, turn!, calls)
    openMs = turnEndMs
    for (let at = 0; at < calls.length; at++) {
      const call = calls[at]!
      const after = order[at]!
      const askedBy = run.calls[call]!.turn
      const isMoved = askedBy !== turn
      const writtenMs = isMoved ? streamMs[turn!]! : argumentsMs[call]!
      let startMs: number
      if (after.length === 0) {
        const openingFor = isMoved ? openingMs(observed, turn!) : 0
        startMs = turnEndMs + Math.max(dispatchMs[call]!, openingFor, writtenMs)
      } else {
        startMs = turnEndMs + writtenMs
        for (const before of after) {
          const endedMs = endMs.get(before)
          if (endedMs !== undefined) startMs = Math.max(startMs, endedMs + dispatchMs[call]!)
        }
      }
      const callEndMs = startMs + durations[call]!
      if (calls.length > 1 || callsOfTurn[askedBy]!.length > 1) endMs.set(call, callEndMs)
      openMs = Math.max(openMs, callEndMs)
    }
  }
  return last === run.turns.length - 1 ? openMs + observed.tailMs : openMs
}
