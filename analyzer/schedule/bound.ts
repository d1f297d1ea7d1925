// The bound: the longest chain of dependencies alone. No turn of the model, no gap, no cap, no wait for a person; only calls
// that had to come after one another, each as short as its own nested run can be. Nothing can beat it.
//
// Pairs are asked about only as far back as LOOK_BACK calls, beside the dependencies that are listed: to leave out an order
// only lowers the bound, which stays one.

import type { Run } from '../model/run.ts'
import { followed } from './clock.ts'
import type { Activity, Constraint, Network } from './network.ts'
import type { Observed } from './observe.ts'
import { type CallDurations, type Independent, orderWithin } from './plans.ts'
import type { Links } from './program-plan.ts'

/** Calls before each one that it is held against, pair by pair. */
const LOOK_BACK = 64

/** @param links direct dependencies, of which those count that `independent` does not deny. */
export function boundNetwork(
  run: Run,
  observed: Observed,
  durations: CallDurations,
  independent: Independent,
  links: Links,
): Network {
  // What did overlap had no order to keep, right or wrong.
  const free: Independent = (i, j) => !followed(run.calls[i]!, run.calls[j]!) || independent(i, j)
  const activities: Activity[] = [{ kind: 'start', ref: 0, durationMs: 0 }]
  const constraints: Constraint[] = []
  const nodeOf = new Int32Array(run.calls.length)
  const order = orderWithin(
    run.calls.map((_, call) => call),
    free,
    LOOK_BACK,
  )
  for (const [to, from] of links) {
    for (const far of from.keys()) if (to - far > LOOK_BACK && !free(far, to)) order[to]!.push(far)
  }
  const barriers = barriersOf(run, observed)
  let open = 0
  let next = 0
  for (const call of run.calls.keys()) {
    for (; next < barriers.length && barriers[next]!.firstCall <= call; next++) {
      const wall = activities.push({ kind: 'wait', ref: barriers[next]!.turn, durationMs: 0 }) - 1
      constraints.push({ from: open, to: wall, lagMs: 0 })
      for (const before of barriers[next]!.waitsFor) constraints.push({ from: nodeOf[before]!, to: wall, lagMs: 0 })
      open = wall
    }
    const node =
      activities.push({
        kind: 'call',
        ref: call,
        durationMs: Math.max(0, durations[call]! - observed.callWaitMs[call]!),
      }) - 1
    nodeOf[call] = node
    constraints.push({ from: open, to: node, lagMs: 0 })
    for (const before of order[call]!) {
      // Clocks may let the earlier one end a tick after the later one started.
      const lagMs = Math.min(0, run.calls[call]!.startMs - observed.callEndMs[before]!)
      constraints.push({ from: nodeOf[before]!, to: node, lagMs })
    }
  }
  const end = activities.push({ kind: 'end', ref: 0, durationMs: 0 }) - 1
  for (let from = 0; from < end; from++) constraints.push({ from, to: end, lagMs: 0 })
  return { activities, constraints }
}

/** A message of the user's: its turn, the first call that comes after it, and the calls that had ended by then. */
interface Barrier {
  readonly turn: number
  readonly firstCall: number
  readonly waitsFor: readonly number[]
}

function barriersOf(run: Run, observed: Observed): Barrier[] {
  const barriers: Barrier[] = []
  let from = 0
  for (const turn of run.turnsAfterUser) {
    const startMs = run.turns[turn]!.startMs
    let firstCall = from
    while (firstCall < run.calls.length && run.calls[firstCall]!.startMs < startMs) firstCall++
    const waitsFor: number[] = []
    for (let call = from; call < firstCall; call++) if (observed.joins[call]! <= turn) waitsFor.push(call)
    barriers.push({ turn, firstCall, waitsFor })
    from = firstCall
  }
  return barriers
}
