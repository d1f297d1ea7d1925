// Slack and drag of every activity, exact on the graph of constraints (slots taken under a cap included as they fell).
//
// Slack: how far an activity can slip before the end moves. One backward pass.
// Drag (Devaux 1999): how much earlier the end would be if the activity took no time. With `tail` the longest way to the
// end, the longest path through v without its own length is D - slack - length; the longest path that avoids v crosses
// v's place in topological order on some constraint. So the longest path over each constraint is noted for all places that it
// crosses (see stretch-maxima.ts), which gives the drag of all activities in O(constraints + activities log activities). A
// constraint between neighbours in that order crosses nothing, so a sequential run needs none of that.
//
//   |== A 300 ==|            D = 500: drag(A) = 100, because B then decides: 400
//   |=== B 200 ===|== C 200 ==|  (in parallel: max(300 + 200, 400))

import { float64Zeros, int32Zeros } from '../base/zeros.ts'
import type { Simulation, Slot } from './simulate.ts'
import { stretchMaxima } from './stretch-maxima.ts'

export interface SlackAndDrag {
  /** Per activity, in ms, never negative. */
  readonly slackMs: Float64Array
  readonly dragMs: Float64Array
}

export function slackAndDrag(simulation: Simulation): SlackAndDrag {
  const { network, startMs, endMs, slots, durationMs } = simulation
  const { count, into, from, lagMs } = network
  const order = slots.length === 0 ? undefined : topologicalOrder(simulation)
  const positionOf = order === undefined ? undefined : positions(order)
  const takenFrom = slotsByTo(slots)

  const tailMs = float64Zeros(count)
  const slackMs = float64Zeros(count)
  const dragMs = float64Zeros(count)
  /** The longest path through each activity, without its own length. */
  const shortenedMs = float64Zeros(count)
  /** Per place: the longest path over a constraint that crosses it. */
  const crossing = stretchMaxima(count)
  /** `before` has to end before the activity at `place` starts; from there on the longest way to the end takes `onwardsMs`. */
  const constrain = (before: number, place: number, onwardsMs: number): void => {
    const since = positionOf === undefined ? before : positionOf[before]!
    // A slot freed by a call of no length can point backwards in this order; it binds nothing and is left out.
    if (since >= place) return
    if (onwardsMs > tailMs[before]!) tailMs[before] = onwardsMs
    if (since < place - 1) crossing.raise(since + 1, place, endMs[before]! + onwardsMs)
  }
  for (let place = count - 1; place >= 0; place--) {
    const activity = order === undefined ? place : order[place]!
    const lengthMs = endMs[activity]! - startMs[activity]!
    const throughMs = endMs[activity]! + tailMs[activity]!
    slackMs[activity] = Math.max(0, durationMs - throughMs)
    shortenedMs[activity] = throughMs - lengthMs
    const tail = tailMs[activity]!
    for (let at = into[activity]!; at < into[activity + 1]!; at++) {
      constrain(from[at]!, place, lagMs[at]! + lengthMs + tail)
    }
    const freed = takenFrom.get(activity)
    if (freed !== undefined) for (const before of freed) constrain(before, place, lengthMs + tail)
  }
  const crossingMs = crossing.settled()
  for (let place = 0; place < count; place++) {
    const activity = order === undefined ? place : order[place]!
    dragMs[activity] = Math.max(0, durationMs - Math.max(crossingMs[place]!, shortenedMs[activity]!))
  }
  return { slackMs, dragMs }
}

/** By start: slots point from what started earlier to what started later, and of equal starts the network's own order holds. */
function topologicalOrder({ network, startMs }: Simulation): Int32Array {
  const order = Int32Array.from({ length: network.count }, (_, activity) => activity)
  return order.sort((a, b) => startMs[a]! - startMs[b]! || a - b)
}

function positions(order: Int32Array): Int32Array {
  const position = int32Zeros(order.length)
  order.forEach((activity, place) => {
    position[activity] = place
  })
  return position
}

function slotsByTo(slots: readonly Slot[]): Map<number, number[]> {
  const byTo = new Map<number, number[]>()
  for (const { from, to } of slots) {
    const known = byTo.get(to)
    if (known === undefined) byTo.set(to, [from])
    else known.push(from)
  }
  return byTo
}
