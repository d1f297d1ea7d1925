// What running beside others costs: options say how much longer a call takes when a schedule starts it beside calls that it
// did not run beside. Durations are settled before the simulation that counts, so critical path, slack and drag stay exact.

import { KIND, type Network } from './network.ts'
import type { Simulation } from './simulate.ts'

export interface Crowding {
  /** Factor on the duration, at least 1. */
  readonly contention: number
  /** Added to the duration, in ms. */
  readonly callOverheadMs: number
}

export const isCrowded = ({ contention, callOverheadMs }: Crowding): boolean => contention > 1 || callOverheadMs > 0

/**
 * The network with the calls lengthened that meet more calls in `simulation` than they did `before`; null if there are
 * none, or the options ask for nothing.
 */
export function crowded(
  simulation: Simulation,
  before: ReadonlyMap<number, number>,
  crowding: Crowding,
): Network | null {
  if (!isCrowded(crowding)) return null
  const now = neighboursOf(simulation)
  let changed = false
  const { kinds, refs } = simulation.network
  const durationMs = simulation.network.durationMs.map((ms, activity) => {
    const ref = refs[activity]!
    if (kinds[activity] !== KIND.call || (now.get(ref) ?? 0) <= (before.get(ref) ?? 0)) return ms
    changed = true
    return ms * Math.max(1, crowding.contention) + crowding.callOverheadMs
  })
  return changed ? { ...simulation.network, durationMs } : null
}

/** Per call of a schedule: how many others it overlaps. Those that start before it ends, less those that end by its start. */
export function neighboursOf({ network, startMs, endMs }: Simulation): Map<number, number> {
  const calls: number[] = []
  network.kinds.forEach((kind, activity) => {
    if (kind === KIND.call) calls.push(activity)
  })
  const starts = Float64Array.from(calls, (activity) => startMs[activity]!).sort()
  const ends = Float64Array.from(calls, (activity) => endMs[activity]!).sort()
  return new Map(
    calls.map((activity) => {
      const begun = countUpTo(starts, endMs[activity]!, false)
      const over = countUpTo(ends, startMs[activity]!, true)
      return [network.refs[activity]!, begun - over - 1]
    }),
  )
}

/** How many of ascending `values` are below `limit`, or `inclusive`: at most it. */
function countUpTo(values: Float64Array, limit: number, inclusive: boolean): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < limit || (inclusive && values[middle] === limit)) low = middle + 1
    else high = middle
  }
  return low
}
