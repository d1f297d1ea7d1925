import TinyQueue from 'tinyqueue'
import { assert } from '../base/assert.ts'
import { float64Zeros, int32Zeros } from '../base/zeros.ts'
import { KIND, type Network } from './network.ts'
import type { Capacity, Simulation, Slot } from './simulate.ts'

interface Event {
  readonly atMs: number
  /** Completions come before starts at the same time, so that a freed slot can be taken at once. */
  readonly order: 0 | 1
  readonly activity: number
}

const NO_POOLS: readonly number[] = []

/** The schedule of a network under caps: event by event, each call as soon as it is ready and there is room. */
export function eventDriven(network: Network, capacity: Capacity): Simulation {
  const { count, kinds, refs, durationMs, into, from, lagMs } = network
  const outgoing = constraintsByFrom(network)
  const missing = int32Zeros(count)
  for (let activity = 0; activity < count; activity++) missing[activity] = into[activity + 1]! - into[activity]!

  const startMs = float64Zeros(count)
  const endMs = float64Zeros(count)
  const readyMs = float64Zeros(count)
  const boundBy = int32Zeros(count).fill(-1)
  const slots: Slot[] = []
  const events = new TinyQueue<Event>([], (a, b) => a.atMs - b.atMs || a.order - b.order || a.activity - b.activity)
  /** Waiting calls, in observed order, by what they draw on: of each group only the first has to be looked at. */
  const queued = new Map<readonly number[], TinyQueue<number>>()
  const used = int32Zeros(capacity.pools.length)
  let running = 0
  let finished = 0

  const poolsOf = (activity: number): readonly number[] => capacity.poolsOf[refs[activity]!] ?? NO_POOLS
  const hasRoom = (pools: readonly number[]): boolean =>
    running < Math.max(1, capacity.total) && pools.every((pool) => used[pool]! < Math.max(1, capacity.pools[pool]!))
  const take = (pools: readonly number[], by: 1 | -1): void => {
    running += by
    for (const pool of pools) used[pool] = used[pool]! + by
  }
  const start = (activity: number, atMs: number): void => {
    startMs[activity] = atMs
    if (kinds[activity] === KIND.call) take(poolsOf(activity), 1)
    events.push({ atMs: atMs + durationMs[activity]!, order: 0, activity })
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
    const takesSlot = kinds[activity] === KIND.call
    if (event.order === 1) {
      if (takesSlot && !hasRoom(poolsOf(activity))) enqueue(activity)
      else start(activity, atMs)
      continue
    }
    endMs[activity] = atMs
    finished++
    for (let at = outgoing.first[activity]!; at < outgoing.first[activity + 1]!; at++) {
      const constraint = outgoing.constraint[at]!
      const to = outgoing.to[at]!
      const candidateMs = atMs + lagMs[constraint]!
      if (boundBy[to] === -1 || candidateMs > readyMs[to]!) {
        readyMs[to] = candidateMs
        boundBy[to] = from[constraint]!
      }
      missing[to] = missing[to]! - 1
      if (missing[to] === 0) events.push({ atMs: readyMs[to]!, order: 1, activity: to })
    }
    if (!takesSlot) continue
    take(poolsOf(activity), -1)
    for (let next = nextQueued(); next !== undefined; next = nextQueued()) {
      boundBy[next] = activity
      slots.push({ from: activity, to: next })
      start(next, atMs)
    }
  }
  assert(finished === count, `${count - finished} of ${count} activities of a network never became ready`)
  return { network, startMs, endMs, boundBy, slots, durationMs: endMs[count - 1]! }
}

/** The constraints that leave activity a are those at `first[a]` up to, and without, `first[a + 1]`. */
function constraintsByFrom({ count, into, from }: Network): {
  first: Int32Array
  constraint: Int32Array
  to: Int32Array
} {
  const first = int32Zeros(count + 1)
  const constraints = into[count]!
  for (let at = 0; at < constraints; at++) first[from[at]! + 1] = first[from[at]! + 1]! + 1
  for (let activity = 0; activity < count; activity++) first[activity + 1] = first[activity + 1]! + first[activity]!
  const next = first.slice()
  const constraint = int32Zeros(constraints)
  const to = int32Zeros(constraints)
  for (let activity = 0; activity < count; activity++) {
    for (let at = into[activity]!; at < into[activity + 1]!; at++) {
      const before = from[at]!
      const place = next[before]!
      next[before] = place + 1
      constraint[place] = at
      to[place] = activity
    }
  }
  return { first, constraint, to }
}
