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
export const criticalPath = (simulation: Simulation): PathPart[] =>
  criticalPathAs(simulation, (kind, activity, startMs, endMs) => ({ kind, activity, startMs, endMs }))

/** The same, with each part made into what is wanted of it. */
export function criticalPathAs<Part>(
  { network, startMs, endMs, boundBy }: Simulation,
  partOf: (kind: PathPart['kind'], activity: number, startMs: number, endMs: number) => Part,
): Part[] {
  const path: Part[] = []
  let activity = network.count - 1
  while (activity !== -1) {
    const kind = kindOf(network, activity)
    const startsAt = startMs[activity]!
    const endsAt = endMs[activity]!
    if (kind !== 'start' && kind !== 'end' && endsAt > startsAt) {
      path.push(partOf(kind === 'wait-in-call' ? 'wait' : kind, activity, startsAt, endsAt))
    }
    const before = boundBy[activity]!
    const readyAt = before === -1 ? 0 : endMs[before]!
    if (startsAt > readyAt) path.push(partOf('gap', activity, readyAt, startsAt))
    activity = before
  }
  return path.reverse()
}
