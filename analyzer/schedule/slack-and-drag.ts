// Slack and drag of every activity, exact on the graph of constraints (slots taken under a cap included as they fell).
//
// Slack: how far an activity can slip before the end moves. One backward pass.
// Drag (Devaux 1999): how much earlier the end would be if the activity took no time. With `tail` the longest way to the
// end, the longest path through v without its own length is D - slack - length; the longest path that avoids v crosses
// v's place in topological order on some constraint. So one sweep over that order with a heap of the crossing
// constraints gives the drag of all activities in O((activities + constraints) log constraints).
//
//   |== A 300 ==|            D = 500: drag(A) = 100, because B then decides: 400
//   |=== B 200 ===|== C 200 ==|  (in parallel: max(300 + 200, 400))

import TinyQueue from 'tinyqueue'
import type { Constraint } from './network.ts'
import type { Simulation } from './simulate.ts'

export interface SlackAndDrag {
  /** Per activity, in ms, never negative. */
  readonly slackMs: Float64Array
  readonly dragMs: Float64Array
}

export function slackAndDrag(simulation: Simulation): SlackAndDrag {
  const { network, startMs, endMs, slotConstraints, durationMs } = simulation
  const count = network.activities.length
  const order = topologicalOrder(simulation)
  const position = new Int32Array(count)
  order.forEach((activity, place) => {
    position[activity] = place
  })
  // A slot freed by a call of no length can point backwards in this order; it binds nothing and is left out.
  const constraints = [...network.constraints, ...slotConstraints].filter((c) => position[c.from]! < position[c.to]!)

  const tailMs = new Float64Array(count)
  const byFrom: Constraint[][] = Array.from({ length: count }, () => [])
  for (const constraint of constraints) byFrom[constraint.from]!.push(constraint)
  for (let place = count - 1; place >= 0; place--) {
    const activity = order[place]!
    for (const { to, lagMs } of byFrom[activity]!) {
      const lengthMs = endMs[to]! - startMs[to]!
      tailMs[activity] = Math.max(tailMs[activity]!, lagMs + lengthMs + tailMs[to]!)
    }
  }

  const slackMs = new Float64Array(count)
  const dragMs = new Float64Array(count)
  /** Constraints that cross the sweep's place, longest path over them first; those that ended before it are stale. */
  const crossing = new TinyQueue<{ lengthMs: number; until: number }>([], (a, b) => b.lengthMs - a.lengthMs)
  for (let place = 0; place < count; place++) {
    const activity = order[place]!
    while (crossing.length > 0 && crossing.peek()!.until <= place) crossing.pop()
    const throughMs = endMs[activity]! + tailMs[activity]!
    const avoidingMs = crossing.peek()?.lengthMs ?? 0
    const withoutItMs = Math.max(avoidingMs, throughMs - (endMs[activity]! - startMs[activity]!))
    slackMs[activity] = Math.max(0, durationMs - throughMs)
    dragMs[activity] = Math.max(0, durationMs - withoutItMs)
    for (const { to, lagMs } of byFrom[activity]!) {
      const lengthMs = endMs[activity]! + lagMs + (endMs[to]! - startMs[to]!) + tailMs[to]!
      crossing.push({ lengthMs, until: position[to]! })
    }
  }
  return { slackMs, dragMs }
}

/** By start; a constraint never points to an earlier start, and of equal starts the network's own order holds. */
function topologicalOrder({ network, startMs }: Simulation): number[] {
  const order = network.activities.map((_, activity) => activity)
  return order.sort((a, b) => startMs[a]! - startMs[b]! || a - b)
}
