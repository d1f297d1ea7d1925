import { KIND, type Network } from './network.ts'
import type { Simulation } from './simulate.ts'

/**
 * Time of a schedule in which a person was waited for and nothing else went on, in ms: it is in no sum. A wait that other
 * calls fill with their own work costs nothing extra, and only its rest counts.
 *
 *   wait   |==========|
 *   call     |===|          idle: the wait without the call's part
 *
 * @param since @param until the activities that are looked at, the last one left out; all unless given.
 */
export function idleWaitMs(
  { network, startMs, endMs }: Pick<Simulation, 'network' | 'startMs' | 'endMs'>,
  since = 0,
  until = network.count,
): number {
  if (!hasWaitsIn(network)) return 0
  const { kinds } = network
  const waits: [number, number][] = []
  const work: [number, number][] = []
  for (let activity = since; activity < until; activity++) {
    const stretch: [number, number] = [startMs[activity]!, endMs[activity]!]
    if (isWait(kinds[activity]!)) waits.push(stretch)
    else if (kinds[activity] === KIND.turn || kinds[activity] === KIND.call) work.push(stretch)
  }
  // Time that either covers, less the time that work covers.
  return coveredMs([...waits, ...work]) - coveredMs(work)
}

export const hasWaitsIn = ({ kinds }: Network): boolean =>
  kinds.includes(KIND.wait) || kinds.includes(KIND['wait-in-call'])

const isWait = (kind: number): boolean => kind === KIND.wait || kind === KIND['wait-in-call']

/** Length of the union of stretches. */
function coveredMs(stretches: readonly [number, number][]): number {
  let covered = 0
  let untilMs = Number.NEGATIVE_INFINITY
  for (const [start, end] of [...stretches].sort((a, b) => a[0] - b[0])) {
    covered += Math.max(0, end - Math.max(start, untilMs))
    untilMs = Math.max(untilMs, end)
  }
  return covered
}
