// All schedules of one run: as it was, and what its dependencies allow on each rung.

import type { Inference } from '../model/dependency.ts'
import type { AnalyzeOptions, Rung } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { type BatchPlan, batchPlan } from './batch-plan.ts'
import { followed } from './clock.ts'
import { type DecodeSpeed, decodeSpeed } from './decode-speed.ts'
import { networkOf } from './network.ts'
import { observe } from './observe.ts'
import type { Plan } from './plan.ts'
import { actualPlan, type Independent, overlapPlan } from './plans.ts'
import { type Simulation, simulate } from './simulate.ts'
import { idleWaitMs } from './waiting.ts'

/** Replay may be off by this share of the measured duration (DESIGN section 5). */
export const MAX_REPLAY_ERROR = 0.01
/** Below this, an error is clock resolution, whatever its share of a short run. */
const REPLAY_TOLERANCE_MS = 2

/** One rung's schedule. */
export interface RungSchedule {
  readonly simulation: Simulation
  /** Waits for a person left out. */
  readonly durationMs: number
  readonly turnsRemoved: readonly number[]
  readonly tokensRemoved: number
  /** Calls that another turn asks for than the one that did. */
  readonly moved: readonly number[]
  readonly plan: Plan
}

export interface Replay {
  readonly measuredMs: number
  readonly simulatedMs: number
  readonly error: number
  readonly ok: boolean
  readonly reason: string
}

/** `low` trusts only verdicts above the threshold; `high` also counts `unknown` as independent. */
export interface LowAndHigh {
  readonly low: RungSchedule
  readonly high: RungSchedule
}

export interface RunSchedules {
  readonly replay: Replay
  readonly actual: RungSchedule
  readonly overlap: LowAndHigh
  readonly batch: LowAndHigh
  readonly speed: DecodeSpeed
  /**
   * A rung with only some turns' (overlap) or calls' (batch) freedom, and what that freedom alone saves: measured against
   * the same rung without any, so that what nested runs save is not counted again.
   */
  readonly whatIf: (rung: Rung, bound: 'low' | 'high', movable: ReadonlySet<number>) => WhatIf
}

export interface WhatIf {
  readonly schedule: RungSchedule
  /** Never negative. */
  readonly savedMs: number
}

/** What a call's own nested run can save on a rung, in ms. */
export type NestedSaving = (call: number, rung: Rung, bound: 'low' | 'high') => number

const UNSEEN = 0
const IN_LOW = 1
const IN_HIGH = 2
const IN_NEITHER = 3

/**
 * Two calls, i < j, may be made at the same time if this says so: DESIGN's low and high. Calls that did overlap had no
 * order to begin with, right or wrong. Each pair is asked for once: the plans of all rungs ask again and again.
 */
export function independence(
  run: Run,
  inference: Inference,
  threshold: number,
): { low: Independent; high: Independent } {
  const count = run.calls.length
  const known = new Uint8Array((count * (count - 1)) / 2)
  const wordOn = (i: number, j: number): number => {
    if (run.calls[i]!.turn === run.calls[j]!.turn && !followed(run.calls[i]!, run.calls[j]!)) return IN_LOW
    const { verdict, confidence } = inference.verdict(i, j)
    if (confidence < threshold || verdict === 'unknown') return IN_HIGH
    return verdict === 'independent' ? IN_LOW : IN_NEITHER
  }
  const word = (i: number, j: number): number => {
    const at = (j * (j - 1)) / 2 + i
    if (known[at] === UNSEEN) known[at] = wordOn(i, j)
    return known[at]!
  }
  return { low: (i, j) => word(i, j) === IN_LOW, high: (i, j) => word(i, j) !== IN_NEITHER }
}

export function scheduleRun(
  run: Run,
  inference: Inference,
  options: AnalyzeOptions,
  nestedSaving: NestedSaving,
): RunSchedules {
  const observed = observe(run)
  const turnMs = run.turns.map((turn, t) => observed.turnEndMs[t]! - turn.startMs)
  const speed = decodeSpeed(run, turnMs)
  const independent = independence(run, inference, options.threshold)

  const scheduled = (plan: Plan, capacity: number, batch?: BatchPlan): RungSchedule => {
    const simulation = simulate(networkOf(plan), capacity)
    return {
      simulation,
      durationMs: simulation.durationMs - idleWaitMs(simulation),
      turnsRemoved: batch?.turnsRemoved ?? [],
      tokensRemoved: batch?.tokensRemoved ?? 0,
      moved: batch?.moved ?? [],
      plan,
    }
  }

  const actual = scheduled(actualPlan(run, observed), Number.POSITIVE_INFINITY)
  const replay = replayOf(run, actual)
  const same: LowAndHigh = { low: actual, high: actual }
  if (!replay.ok)
    return { replay, actual, overlap: same, batch: same, speed, whatIf: () => ({ schedule: actual, savedMs: 0 }) }

  const durationsOf = (rung: Rung, bound: 'low' | 'high'): number[] =>
    run.calls.map((call, c) => Math.max(0, observed.callEndMs[c]! - call.startMs - nestedSaving(c, rung, bound)))
  const overlapOf = (bound: 'low' | 'high', movable?: ReadonlySet<number>): RungSchedule =>
    scheduled(
      overlapPlan(run, observed, durationsOf('overlap', bound), independent[bound], movable),
      options.concurrency,
    )
  const batchOf = (bound: 'low' | 'high', movable?: ReadonlySet<number>): RungSchedule => {
    const batch = batchPlan({
      run,
      observed,
      durations: durationsOf('batch', bound),
      independent: independent[bound],
      speed,
      keepWords: bound === 'low',
      ...(movable ? { movable } : {}),
    })
    return scheduled(batch.plan, options.concurrency, batch)
  }

  // Each rung includes the one before, and `high` includes `low`: a plan that turns out longer is not taken.
  const overlapLow = shorter(actual, overlapOf('low'))
  const overlapHigh = shorter(overlapLow, overlapOf('high'))
  const batchLow = shorter(overlapLow, batchOf('low'))
  const batchHigh = shorter(shorter(overlapHigh, batchLow), batchOf('high'))
  return {
    replay,
    actual,
    overlap: { low: overlapLow, high: overlapHigh },
    batch: { low: batchLow, high: batchHigh },
    speed,
    whatIf: (rung, bound, movable) => {
      const of = rung === 'overlap' ? overlapOf : batchOf
      const none = of(bound, new Set())
      const schedule = of(bound, movable)
      return { schedule, savedMs: Math.max(0, none.durationMs - schedule.durationMs) }
    },
  }
}

const shorter = (known: RungSchedule, candidate: RungSchedule): RungSchedule =>
  candidate.durationMs < known.durationMs ? candidate : known

/** Does the run's model reproduce what was measured? If not, says which turn or call drifted most. */
function replayOf(run: Run, actual: RungSchedule): Replay {
  const measuredMs = run.durationMs - idleWaitMs(actual.simulation)
  const simulatedMs = actual.durationMs
  const differenceMs = Math.abs(simulatedMs - measuredMs)
  const error = measuredMs > 0 ? differenceMs / measuredMs : 0
  const ok = error <= MAX_REPLAY_ERROR || differenceMs <= REPLAY_TOLERANCE_MS
  return { measuredMs, simulatedMs, error, ok, reason: ok ? '' : driftOf(run, actual.simulation) }
}

function driftOf(run: Run, simulation: Simulation): string {
  const { activities } = simulation.network
  for (const [node, activity] of activities.entries()) {
    if (activity.kind !== 'turn' && activity.kind !== 'call') continue
    const isTurn = activity.kind === 'turn'
    const measured = isTurn ? run.turns[activity.ref]!.startMs : run.calls[activity.ref]!.startMs
    if (Math.abs(simulation.startMs[node]! - measured) <= REPLAY_TOLERANCE_MS) continue
    const name = isTurn
      ? `turn ${activity.ref}`
      : `${run.calls[activity.ref]!.tool} (turn ${run.calls[activity.ref]!.turn})`
    return `${name} started at ${Math.round(measured)} ms, where the run's turns and calls allow ${Math.round(simulation.startMs[node]!)} ms: model turns of this run overlap`
  }
  return 'turns or calls of this run overlap in a way that its spans do not explain'
}
