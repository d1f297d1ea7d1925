// How much sooner the run as it was would have ended had some of its calls taken no time, or started sooner.
//
// Between two turns that wait for everything before them nothing reaches across (see window.ts), so the windows of the changed
// calls are worked out one by one and their savings add up: a thousand changes cost no more than the stretches that they are in.

import { float64Zeros, int32Zeros } from '../base/zeros.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import { KIND } from './network.ts'
import type { Observed } from './observe.ts'
import type { Simulation } from './simulate.ts'
import { hasWaitsIn, idleWaitMs } from './waiting.ts'
import type { WindowOf } from './window.ts'

/** What is changed about each call: its own time goes, or its overhead before it becomes `dispatchMs`. */
export type AsFoundChange = { readonly kind: 'no-time' } | { readonly kind: 'dispatch'; readonly dispatchMs: number }

/** In ms, never negative. */
export type SavedAsFound = (calls: Iterable<number>, change: AsFoundChange) => number

/**
 * @param simulation the run as it was, without caps.
 */
export function savedAsFoundOf(
  run: Run,
  simulation: Simulation,
  windowOf: WindowOf,
  { predecessor }: Observed,
): SavedAsFound {
  const { network } = simulation
  const { count, kinds, refs, into, from } = network
  const isPartlyProgram = run.calls.some(({ turn }) => turn === NO_TURN)
  const nodeOf = int32Zeros(run.calls.length)
  /** Per turn: the first activity that is its or follows it; last the end of the run. */
  const opensAt = int32Zeros(run.turns.length + 1).fill(count - 1)
  let opened = -1
  kinds.forEach((kind, node) => {
    const ref = refs[node]!
    if (kind === KIND.call) nodeOf[ref] = node
    else if ((kind === KIND.turn || kind === KIND.wait) && ref !== opened) {
      opensAt[ref] = node
      opened = ref
    }
  })
  const hasWaits = hasWaitsIn(network)
  const startMs = float64Zeros(count)
  const endMs = float64Zeros(count)
  const durationMs = network.durationMs.slice()
  const lagMs = network.lagMs.slice()
  const changed = { network, startMs, endMs }

  /** The activities that a change to a call can move against one another, and the first that then only moves as a whole. */
  const stretchOf = (call: number): Stretch => {
    const { turn } = run.calls[call]!
    const window = turn === NO_TURN || (hasWaits && isPartlyProgram) ? null : windowOf(turn, turn)
    return window === null
      ? { since: 1, until: count - 1 }
      : { since: opensAt[window.first]!, until: opensAt[window.last + 1]! }
  }

  const apply = (call: number, change: AsFoundChange): void => {
    const node = nodeOf[call]!
    if (change.kind === 'no-time') {
      durationMs[node] = 0
      return
    }
    for (let at = into[node]!; at < into[node + 1]!; at++) {
      const followsCall = kinds[from[at]!] === KIND.call || kinds[from[at]!] === KIND['wait-in-call']
      // Where it follows another call, the overhead is between these two.
      if (predecessor[call] === -1 || followsCall) lagMs[at] = change.dispatchMs
    }
  }
  const restore = (call: number): void => {
    const node = nodeOf[call]!
    durationMs[node] = network.durationMs[node]!
    for (let at = into[node]!; at < into[node + 1]!; at++) lagMs[at] = network.lagMs[at]!
  }

  /** How much sooner activity `until` starts, waits for a person left out, all before `since` being as it was. */
  const movedMs = ({ since, until }: Stretch): number => {
    for (let node = since; node <= until; node++) {
      let readyMs = 0
      for (let at = into[node]!; at < into[node + 1]!; at++) {
        const before = from[at]!
        readyMs = Math.max(readyMs, (before < since ? simulation.endMs[before]! : endMs[before]!) + lagMs[at]!)
      }
      startMs[node] = readyMs
      endMs[node] = readyMs + durationMs[node]!
    }
    const soonerMs = simulation.startMs[until]! - startMs[until]!
    if (!hasWaits) return soonerMs
    return soonerMs - (idleWaitMs(simulation, since, until) - idleWaitMs(changed, since, until))
  }

  return (calls, change) => {
    const affected = [...calls]
    for (const call of affected) apply(call, change)
    let savedMs = 0
    let doneUntil = 0
    for (const stretch of affected.map(stretchOf).sort((a, b) => a.since - b.since)) {
      if (stretch.since < doneUntil) continue
      savedMs += movedMs(stretch)
      doneUntil = stretch.until
    }
    for (const call of affected) restore(call)
    return Math.max(0, savedMs)
  }
}

interface Stretch {
  readonly since: number
  readonly until: number
}
