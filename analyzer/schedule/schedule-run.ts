// All schedules of one run: as it was, and what its dependencies allow on each rung.

import type { Inference } from '../model/dependency.ts'
import type { AnalyzeOptions, Rung } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { type SavedAsFound, savedAsFoundOf } from './as-found.ts'
import { batchDrafts } from './batch-plan.ts'
import { boundNetwork } from './bound.ts'
import { capacityOf } from './capacity.ts'
import { costOf } from './cost.ts'
import { crowded, isCrowded, neighboursOf } from './crowding.ts'
import { callTokens, type Draft, type MovedPlan, planOfDrafts, type RungInput } from './drafts.ts'
import { type Independent, independence } from './independence.ts'
import { type Links, linksOf } from './links.ts'
import { type ModelTime, modelLatency } from './model-latency.ts'
import { kindOf, networkOf } from './network.ts'
import { type Observed, observe } from './observe.ts'
import type { Plan } from './plan.ts'
import { actualPlan, ordersOfTurns, overlapPlan } from './plans.ts'
import { programDrafts } from './program-plan.ts'
import { isCapped, type Simulation, simulate, UNLIMITED } from './simulate.ts'
import { idleWaitMs } from './waiting.ts'
import { type WhatIfs, whatIfsOf } from './what-if.ts'
import { type Window, windowsOf } from './window.ts'

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
  /** Price of those tokens; null where a price or a token count is not known. */
  readonly costRemoved: number | null
  /** Calls that another turn asks for than the one that did. */
  readonly moved: readonly number[]
  /** Steps that are one program, as the calls of their stages: the model asks for the first and sees none between. */
  readonly programs: readonly (readonly (readonly number[])[])[]
  /** Without steps for `bound`. */
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

export interface RunSchedules extends WhatIfs {
  readonly replay: Replay
  readonly actual: RungSchedule
  readonly overlap: LowAndHigh
  readonly batch: LowAndHigh
  readonly plan: LowAndHigh
  /** The longest chain of dependencies alone. */
  readonly bound: LowAndHigh
  readonly latency: readonly ModelTime[]
  readonly observed: Observed
  readonly independent: { readonly low: Independent; readonly high: Independent }
  readonly links: Links
  /** How much sooner the run as it was would have ended with these calls changed. */
  readonly savedAsFound: SavedAsFound
}

/** What a call's own nested run can save on a rung, in ms. */
export type NestedSaving = (call: number, rung: Rung | 'bound', bound: 'low' | 'high') => number

export function scheduleRun(
  run: Run,
  inference: Inference,
  options: AnalyzeOptions,
  nestedSaving: NestedSaving,
): RunSchedules {
  const observed = observe(run)
  const turnMs = run.turns.map((turn, t) => observed.turnEndMs[t]! + observed.streamMs[t]! - turn.startMs)
  const latency = modelLatency(run, turnMs)
  const independent = independence(run, inference, options.threshold)
  const capacity = capacityOf(run, inference.effects, options)

  const actual = asFound(run, observed, options)
  const replay = replayOf(run, actual)
  const links = linksOf(run, inference.dependencies)
  const found = { replay, actual, latency, observed, independent, links }
  if (!replay.ok) {
    const same: LowAndHigh = { low: actual, high: actual }
    const whatIf = () => ({ savedMs: 0, schedule: () => actual, tokensRemoved: () => 0 })
    return {
      ...found,
      overlap: same,
      batch: same,
      plan: same,
      bound: same,
      whatIf,
      mostSaved: () => 0,
      savedAsFound: () => 0,
    }
  }

  const nests = run.calls.some(({ childRunId }) => childRunId !== null)
  const known = new Map<string, number[]>()
  const durationsOf = (rung: Rung | 'bound', bound: 'low' | 'high'): number[] => {
    // Without runs inside it, every rung has the calls as long as they were.
    const key = nests ? `${rung} ${bound}` : ''
    const durations =
      known.get(key) ??
      run.calls.map((call, c) => Math.max(0, observed.callEndMs[c]! - call.startMs - nestedSaving(c, rung, bound)))
    known.set(key, durations)
    return durations
  }
  const before = isCrowded(options) ? neighboursOf(actual.simulation) : new Map<number, number>()
  const placed = (plan: Plan, moved?: MovedPlan): RungSchedule => {
    const network = networkOf(plan)
    const alone = simulate(network, capacity)
    const lengthened = crowded(alone, before, options)
    const simulation = lengthened === null ? alone : simulate(lengthened, capacity)
    return scheduleOf(simulation, plan, moved, costOf(run, moved, options.prices))
  }
  const tokens = callTokens(run, observed)
  const inputOf = (rung: Rung, bound: 'low' | 'high'): RungInput => ({
    run,
    observed,
    durations: durationsOf(rung, bound),
    independent: independent[bound],
    latency,
    tokens,
    keepWords: bound === 'low',
  })
  const withPrograms = (input: RungInput, bound: 'low' | 'high', drafts: readonly Draft[]): Draft[] => {
    const trust = { threshold: options.threshold, bestCase: bound === 'high' }
    return programDrafts({ ...input, derivations: inference.derivations, links, trust }, drafts)
  }
  const movedBy = (input: RungInput, drafts: readonly Draft[]): RungSchedule => {
    const moved = planOfDrafts(input, drafts)
    return placed(moved.plan, moved)
  }
  const orderOf = { low: ordersOfTurns(observed, independent.low), high: ordersOfTurns(observed, independent.high) }
  const rungOf = (rung: Rung, bound: 'low' | 'high', movable?: ReadonlySet<number>, window?: Window): RungSchedule => {
    const whole = inputOf(rung, bound)
    if (rung === 'overlap') return placed(overlapPlan(run, observed, whole, orderOf[bound], movable, window))
    const input = { ...whole, ...(movable ? { movable } : {}), ...(window ? { window } : {}) }
    const drafts = batchDrafts(input)
    return movedBy(input, rung === 'plan' ? withPrograms(input, bound, drafts) : drafts)
  }
  /** The rungs that move calls, drafted once for both where calls are equally long in both. */
  const movingRungs = (bound: 'low' | 'high'): { batch: RungSchedule; plan: RungSchedule } => {
    if (nests) return { batch: rungOf('batch', bound), plan: rungOf('plan', bound) }
    const input = inputOf('batch', bound)
    const drafts = batchDrafts(input)
    const batch = movedBy(input, drafts)
    const programs = withPrograms(input, bound, drafts)
    return { batch, plan: programs.length === drafts.length ? batch : movedBy(input, programs) }
  }
  const boundOf = (bound: 'low' | 'high', atMost: RungSchedule): RungSchedule => {
    const network = boundNetwork(run, observed, durationsOf('bound', bound), independent[bound], links)
    return chainOf(run, simulate(network, UNLIMITED), atMost, options)
  }

  // Each rung includes the one before, and `high` includes `low`: a plan that turns out longer is not taken.
  const overlapLow = shorter(actual, rungOf('overlap', 'low'))
  const overlapHigh = shorter(overlapLow, rungOf('overlap', 'high'))
  const [movedLow, movedHigh] = [movingRungs('low'), movingRungs('high')]
  const batchLow = shorter(overlapLow, movedLow.batch)
  const batchHigh = shorter(shorter(overlapHigh, batchLow), movedHigh.batch)
  const planLow = shorter(batchLow, movedLow.plan)
  const planHigh = shorter(shorter(batchHigh, planLow), movedHigh.plan)
  const boundLow = boundOf('low', planLow)
  const windowOf = windowsOf(run, observed.joins)
  const isFree = !isCapped(capacity) && !isCrowded(options)
  const rungs = { run, observed, actual, isFree, isAsLong: !nests, inputOf, withPrograms, rungOf }
  return {
    ...found,
    overlap: { low: overlapLow, high: overlapHigh },
    batch: { low: batchLow, high: batchHigh },
    plan: { low: planLow, high: planHigh },
    bound: { low: boundLow, high: boundOf('high', planHigh) },
    ...whatIfsOf({ ...rungs, orderOf: (bound, turn) => orderOf[bound](turn) }, windowOf),
    savedAsFound: savedAsFoundOf(run, actual.simulation, windowOf, observed),
  }
}

function asFound(run: Run, observed: Observed, options: AnalyzeOptions): RungSchedule {
  const plan = actualPlan(run, observed)
  return scheduleOf(simulate(networkOf(plan), UNLIMITED), plan, undefined, costOf(run, undefined, options.prices))
}

function scheduleOf(
  simulation: Simulation,
  plan: Plan,
  moved: MovedPlan | undefined,
  costRemoved: number | null,
): RungSchedule {
  return {
    simulation,
    durationMs: simulation.durationMs - idleWaitMs(simulation),
    turnsRemoved: moved?.turnsRemoved ?? [],
    tokensRemoved: moved?.tokensRemoved ?? 0,
    costRemoved,
    moved: moved?.moved ?? [],
    programs: moved?.programs ?? [],
    plan,
  }
}

/** The bound as a schedule: no turn is in it. `atMost`: what it cannot exceed but by the noise of sums. */
function chainOf(run: Run, simulation: Simulation, atMost: RungSchedule, options: AnalyzeOptions): RungSchedule {
  const turnsRemoved = run.turns.map(({ index }) => index)
  let tokensRemoved = 0
  for (const { inputTokens, outputTokens } of run.turns) tokensRemoved += (inputTokens ?? 0) + (outputTokens ?? 0)
  return {
    simulation,
    durationMs: Math.min(simulation.durationMs, atMost.durationMs),
    turnsRemoved,
    tokensRemoved,
    costRemoved: costOf(run, { turnsRemoved, handedOver: new Map() }, options.prices),
    moved: [],
    programs: [],
    plan: { steps: [], tailMs: 0 },
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
