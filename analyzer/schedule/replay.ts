// Whether the run, scheduled again with the constraints that it had, takes as long as it did.

import type { Run } from '../model/run.ts'
import { kindOf } from './network.ts'
import type { RungSchedule } from './schedule-run.ts'
import type { Simulation } from './simulate.ts'
import { idleWaitMs } from './waiting.ts'

/** Replay may be off by this share of the measured duration (DESIGN section 5). */
export const MAX_REPLAY_ERROR = 0.01
/** Below this, an error is clock resolution, whatever its share of a short run. */
const REPLAY_TOLERANCE_MS = 2

export interface Replay {
  readonly measuredMs: number
  readonly simulatedMs: number
  readonly error: number
  readonly ok: boolean
  readonly reason: string
}

/** Does the run's model reproduce what was measured? If not, says which turn or call drifted most. */
export function replayOf(run: Run, actual: Pick<RungSchedule, 'simulation' | 'durationMs'>): Replay {
  const measuredMs = run.durationMs - idleWaitMs(actual.simulation)
  const simulatedMs = actual.durationMs
  const differenceMs = Math.abs(simulatedMs - measuredMs)
  const error = measuredMs > 0 ? differenceMs / measuredMs : 0
  const ok = error <= MAX_REPLAY_ERROR || differenceMs <= REPLAY_TOLERANCE_MS
  return { measuredMs, simulatedMs, error, ok, reason: ok ? '' : driftOf(run, actual.simulation) }
}

function driftOf(run: Run, simulation: Simulation): string {
  const { count, refs } = simulation.network
  for (let node = 0; node < count; node++) {
    const kind = kindOf(simulation.network, node)
    if (kind !== 'turn' && kind !== 'call') continue
    const ref = refs[node]!
    const measured = kind === 'turn' ? run.turns[ref]!.startMs : run.calls[ref]!.startMs
    if (Math.abs(simulation.startMs[node]! - measured) <= REPLAY_TOLERANCE_MS) continue
    const name = kind === 'turn' ? `turn ${ref}` : `${run.calls[ref]!.tool} (turn ${run.calls[ref]!.turn})`
    return `${name} started at ${Math.round(measured)} ms, where the run's turns and calls allow ${Math.round(simulation.startMs[node]!)} ms: model turns of this run overlap`
  }
  return 'turns or calls of this run overlap in a way that its spans do not explain'
}
