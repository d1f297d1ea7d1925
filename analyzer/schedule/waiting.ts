import type { Simulation } from './simulate.ts'

/**
 * Time of a schedule in which a person was waited for and nothing else went on, in ms: it is in no sum. A wait that other
 * calls fill with their own work costs nothing extra, and only its rest counts.
 *
 *   wait   |==========|
 *   call     |===|          idle: the wait without the call's part
 */
export function idleWaitMs({ network, startMs, endMs }: Simulation): number {
  const waits: [number, number][] = []
  const work: [number, number][] = []
  network.activities.forEach(({ kind }, activity) => {
    const stretch: [number, number] = [startMs[activity]!, endMs[activity]!]
    if (kind === 'wait' || kind === 'wait-in-call') waits.push(stretch)
    else if (kind === 'turn' || kind === 'call') work.push(stretch)
  })
  if (waits.length === 0) return 0
  // Time that either covers, less the time that work covers.
  return coveredMs([...waits, ...work]) - coveredMs(work)
}

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
