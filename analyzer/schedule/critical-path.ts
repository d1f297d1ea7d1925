// The chain of activities and gaps that determines a schedule's end: follow from the end what each start was bound by.
//
//   turn |==|          path: turn, gap, B, gap, turn
//   A       .|==|      A ends before B, so the next turn was bound by B
//   B       .|=====|
//   turn            .|==|

import { kindOf } from './network.ts'
import type { Simulation } from './simulate.ts'

export interface PathPart {
  readonly kind: 'turn' | 'call' | 'gap' | 'wait'
  /** Activity index; of a gap, the activity that waited. */
  readonly activity: number
  readonly startMs: number
  readonly endMs: number
}

/** In time order and without holes: the parts' lengths add up to the schedule's duration. Parts of no length are left out. */
export function criticalPath(simulation: Simulation): PathPart[] {
  const { network, startMs, endMs, boundBy } = simulation
  const path: PathPart[] = []
  let activity = network.count - 1
  while (activity !== -1) {
    const kind = kindOf(network, activity)
    const startsAt = startMs[activity]!
    const endsAt = endMs[activity]!
    if (kind !== 'start' && kind !== 'end' && endsAt > startsAt) {
      path.push({ kind: kind === 'wait-in-call' ? 'wait' : kind, activity, startMs: startsAt, endMs: endsAt })
    }
    const before = boundBy[activity]!
    const readyAt = before === -1 ? 0 : endMs[before]!
    if (startsAt > readyAt) path.push({ kind: 'gap', activity, startMs: readyAt, endMs: startsAt })
    activity = before
  }
  return path.reverse()
}
