// Every activity starts as early as its constraints and the caps allow.
//
// Without caps that is the longest path to it: one pass over the activities, which stand in a topological order, in
// O(activities + constraints). With caps: event-driven list scheduling (Graham 1966), with the observed order as the priority,
// as Lantern's simulator does for network requests, in O((activities + constraints) log activities). Where no cap binds both
// give the same schedule.
//
//   cap 2, three calls of 100 ms ready at 0:   A |====|
//                                              B |====|
//                                              C      |====|   bound by A: it freed the slot

import { float64Zeros, int32Zeros } from '../base/zeros.ts'
import { eventDriven } from './event-driven.ts'
import type { Network } from './network.ts'

export interface Simulation {
  readonly network: Network
  /** Per activity, in ms from the run's start. */
  readonly startMs: Float64Array
  readonly endMs: Float64Array
  /** Per activity: the activity whose end determined its start; -1 for the run's start. */
  readonly boundBy: Int32Array
  /** Constraints that caps added: the second call took the slot that the first one freed. */
  readonly slots: readonly Slot[]
  /** End of the last activity. */
  readonly durationMs: number
}

export interface Slot {
  readonly from: number
  readonly to: number
}

/** How many calls may run at the same time: in all, and of those that draw on one pool (a resource, a tool). */
export interface Capacity {
  /** Infinity for no cap. At least 1. */
  readonly total: number
  /** Per pool, at least 1. */
  readonly pools: readonly number[]
  /** Per call of the run: the pools that it draws on. Calls that draw on the same ones share one array. */
  readonly poolsOf: readonly (readonly number[])[]
}

export const UNLIMITED: Capacity = { total: Number.POSITIVE_INFINITY, pools: [], poolsOf: [] }

export function simulate(network: Network, capacity: Capacity): Simulation {
  return isCapped(capacity) ? eventDriven(network, capacity) : forwardPass(network)
}

export const isCapped = ({ total, pools }: Capacity): boolean => Number.isFinite(total) || pools.length > 0

function forwardPass(network: Network): Simulation {
  const { count, into, from, lagMs, durationMs } = network
  const startMs = float64Zeros(count)
  const endMs = float64Zeros(count)
  const boundBy = int32Zeros(count).fill(-1)
  /** Of two that allow the same start, the one that ended first: by time, what takes no time last, then by index. */
  const endedBefore = (a: number, b: number): boolean => {
    if (endMs[a] !== endMs[b]) return endMs[a]! < endMs[b]!
    const [aLasted, bLasted] = [endMs[a]! > startMs[a]!, endMs[b]! > startMs[b]!]
    return aLasted === bLasted ? a < b : aLasted
  }
  for (let activity = 0; activity < count; activity++) {
    const end = into[activity + 1]!
    let readyMs = 0
    let by = -1
    for (let at = into[activity]!; at < end; at++) {
      const before = from[at]!
      const candidateMs = endMs[before]! + lagMs[at]!
      if (by === -1 || candidateMs > readyMs || (candidateMs === readyMs && endedBefore(before, by))) {
        readyMs = candidateMs
        by = before
      }
    }
    startMs[activity] = readyMs
    endMs[activity] = readyMs + durationMs[activity]!
    boundBy[activity] = by
  }
  return { network, startMs, endMs, boundBy, slots: [], durationMs: endMs[count - 1]! }
}
