// Event-driven list scheduling: everything starts as early as its constraints and the caps allow.
// Greedy, deterministic, iterative; O((activities + constraints) log activities). Method: list scheduling (Graham 1966),
// with the observed order as the priority, as Lantern's simulator does for network requests.
//
//   cap 2, three calls of 100 ms ready at 0:   A |====|
//                                              B |====|
//                                              C      |====|   bound by A: it freed the slot

import TinyQueue from 'tinyqueue'
import { assert } from '../base/assert.ts'
import type { Constraint, Network } from './network.ts'

export interface Simulation {
  readonly network: Network
  /** Per activity, in ms from the run's start. */
  readonly startMs: Float64Array
  readonly endMs: Float64Array
  /** Per activity: the activity whose end determined its start; -1 for the run's start. */
  readonly boundBy: Int32Array
  /** Constraints that caps added: the second call took the slot that the first one freed. */
  readonly slotConstraints: readonly Constraint[]
  /** End of the last activity. */
  readonly durationMs: number
}

interface Event {
  readonly atMs: number
  /** Completions come before starts at the same time, so that a freed slot can be taken at once. */
  readonly order: 0 | 1
  readonly activity: number
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

const NO_POOLS: readonly number[] = []

export function simulate(network: Network, capacity: Capacity): Simulation {
  const { activities, constraints } = network
  const count = activities.length
  const outgoing = groupByFrom(count, constraints)
  const missing = new Int32Array(count)
  for (const { to } of constraints) missing[to] = missing[to]! + 1

  const startMs = new Float64Array(count)
  const endMs = new Float64Array(count)
  const readyMs = new Float64Array(count)
  const boundBy = new Int32Array(count).fill(-1)
  const slotConstraints: Constraint[] = []
  const events = new TinyQueue<Event>([], (a, b) => a.atMs - b.atMs || a.order - b.order || a.activity - b.activity)
  /** Waiting calls, in observed order, by what they draw on: of each group only the first has to be looked at. */
  const queued = new Map<readonly number[], TinyQueue<number>>()
  const used = new Int32Array(capacity.pools.length)
  let running = 0
  let finished = 0

  const poolsOf = (activity: number): readonly number[] => capacity.poolsOf[activities[activity]!.ref] ?? NO_POOLS
  const hasRoom = (pools: readonly number[]): boolean =>
    running < Math.max(1, capacity.total) && pools.every((pool) => used[pool]! < Math.max(1, capacity.pools[pool]!))
  const take = (pools: readonly number[], by: 1 | -1): void => {
    running += by
    for (const pool of pools) used[pool] = used[pool]! + by
  }
  const start = (activity: number, atMs: number): void => {
    startMs[activity] = atMs
    if (activities[activity]!.kind === 'call') take(poolsOf(activity), 1)
    events.push({ atMs: atMs + activities[activity]!.durationMs, order: 0, activity })
  }
  const enqueue = (activity: number): void => {
    const pools = poolsOf(activity)
    const queue = queued.get(pools) ?? new TinyQueue<number>([], (a, b) => a - b)
    queued.set(pools, queue)
    queue.push(activity)
  }
  /** The earliest waiting call, in observed order, that there is room for. */
  const nextQueued = (): number | undefined => {
    let best: TinyQueue<number> | undefined
    for (const [pools, queue] of queued) {
      if (queue.length === 0 || !hasRoom(pools)) continue
      if (best === undefined || queue.peek()! < best.peek()!) best = queue
    }
    return best?.pop()
  }

  events.push({ atMs: 0, order: 1, activity: 0 })
  for (let event = events.pop(); event; event = events.pop()) {
    const { activity, atMs } = event
    const takesSlot = activities[activity]!.kind === 'call'
    if (event.order === 1) {
      if (takesSlot && !hasRoom(poolsOf(activity))) enqueue(activity)
      else start(activity, atMs)
      continue
    }
    endMs[activity] = atMs
    finished++
    for (const constraint of outgoing[activity]!) {
      const { to } = constraint
      const candidateMs = atMs + constraint.lagMs
      if (boundBy[to] === -1 || candidateMs > readyMs[to]!) {
        readyMs[to] = candidateMs
        boundBy[to] = activity
      }
      missing[to] = missing[to]! - 1
      if (missing[to] === 0) events.push({ atMs: readyMs[to]!, order: 1, activity: to })
    }
    if (!takesSlot) continue
    take(poolsOf(activity), -1)
    for (let next = nextQueued(); next !== undefined; next = nextQueued()) {
      boundBy[next] = activity
      slotConstraints.push({ from: activity, to: next, lagMs: 0 })
      start(next, atMs)
    }
  }
  assert(finished === count, `the network has a cycle: ${count - finished} of ${count} activities never became ready`)
  return { network, startMs, endMs, boundBy, slotConstraints, durationMs: endMs[count - 1]! }
}

function groupByFrom(count: number, constraints: readonly Constraint[]): Constraint[][] {
  const groups: Constraint[][] = Array.from({ length: count }, () => [])
  for (const constraint of constraints) groups[constraint.from]!.push(constraint)
  return groups
}
