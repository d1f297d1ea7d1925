// The bound: the longest chain of dependencies alone. No turn of the model, no gap, no cap, no wait for a person; only calls
// that had to come after one another, each as short as its own nested run can be. Nothing can beat it.
//
// Pairs are asked about only as far back as LOOK_BACK calls, beside the dependencies that are listed: to leave out an order
// only lowers the bound, which stays one.

import { mapped } from '../base/mapped.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import { followed } from './clock.ts'
import type { Independent } from './independence.ts'
import type { Links } from './links.ts'
import { type Network, NetworkBuilder } from './network.ts'
import type { Observed } from './observe.ts'
import { type CallDurations, orderWithin } from './plans.ts'

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
  const free: Independent = {
    may: (i, j) => !followed(run.calls[i]!, run.calls[j]!) || independent.may(i, j),
    maybeNot: independent.maybeNot,
    nextWord: independent.nextWord,
  }
  const barriers = barriersOf(run, observed)
  const count = run.calls.length + barriers.length + 2
  // Each waits for what is open and mostly for one call, and is waited for by the end.
  const network = new NetworkBuilder(count, 3 * count)
  network.add('start', 0, 0)
  const nodeOf = int32Zeros(run.calls.length)
  const order = orderWithin(
    mapped(run.calls, (_, call) => call),
    free,
    LOOK_BACK,
  )
  // Clocks may let the earlier one end a tick after the later one started.
  const follow = (call: number, before: number): void =>
    network.after(nodeOf[before]!, Math.min(0, run.calls[call]!.startMs - observed.callEndMs[before]!))
  let open = 0
  let next = 0
  for (let call = 0; call < run.calls.length; call++) {
    for (; next < barriers.length && barriers[next]!.firstCall <= call; next++) {
      const wall = network.add('wait', barriers[next]!.turn, 0)
      network.after(open, 0)
      for (const before of barriers[next]!.waitsFor) network.after(nodeOf[before]!, 0)
      open = wall
    }
    nodeOf[call] = network.add('call', call, Math.max(0, durations[call]! - observed.callWaitMs[call]!))
    network.after(open, 0)
    // By index: this is run once or twice a run, too seldom for iterators to become cheap.
    const after = order[call]!
    for (let at = 0; at < after.length; at++) follow(call, after[at]!)
    const linked = links.into(call)
    for (let at = 0; at < linked.length && call - linked[at]! > LOOK_BACK; at++) {
      if (!free.may(linked[at]!, call)) follow(call, linked[at]!)
    }
  }
  const end = network.add('end', 0, 0)
  for (let from = 0; from < end; from++) network.after(from, 0)
  return network.done()
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
    // Behind the last call it holds up nothing.
    if (firstCall === run.calls.length) break
    const waitsFor: number[] = []
    for (let call = from; call < firstCall; call++) if (observed.joins[call]! <= turn) waitsFor.push(call)
    barriers.push({ turn, firstCall, waitsFor })
    from = firstCall
  }
  return barriers
}
