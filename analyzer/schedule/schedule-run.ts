// All schedules of one run: as it was, and what its dependencies allow on each rung.

import { mapped } from '../base/mapped.ts'
import { float64s } from '../base/typed-lists.ts'
import type { Inference } from '../model/dependency.ts'
import type { AnalyzeOptions, Rung } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { type SavedAsFound, savedAsFoundOf } from './as-found.ts'
import { batchDrafts, isKeptForWords } from './batch-plan.ts'
import { boundNetwork } from './bound.ts'
import { capacityOf } from './capacity.ts'
import { costOf } from './cost.ts'
import { crowded, isCrowded, neighboursOf } from './crowding.ts'
import { areStepsOf, callTokens, type Draft, type MovedPlan, planOfDrafts, type RungInput } from './drafts.ts'
import { type Independent, independence } from './independence.ts'
import { type Links, linksOf } from './links.ts'
import { type ModelTime, modelLatency } from './model-latency.ts'
import { networkOf } from './network.ts'
import { type Observed, observe } from './observe.ts'
import type { Plan } from './plan.ts'
import { actualPlan, type CallDurations, ordersOfTurns, overlapPlan } from './plans.ts'
import { programDrafts } from './program-plan.ts'
import { type Replay, replayOf } from './replay.ts'
import { isCapped, type Simulation, simulate, UNLIMITED } from './simulate.ts'
import { idleWaitMs } from './waiting.ts'
import { type WhatIfs, whatIfsOf } from './what-if.ts'
import { type Window, windowsOf } from './window.ts'

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
  const turnMs = float64s(run.turns, (turn, t) => observed.turnEndMs[t]! + observed.streamMs[t]! - turn.startMs)
  const latency = modelLatency(run, turnMs)
  const { doubts, low, high } = independence(run, inference, options.threshold)
  const independent = { low, high }
  const capacity = capacityOf(run, inference.effects, options)

  const measuredMs = float64s(run.calls, (call, c) => observed.callEndMs[c]! - call.startMs)
  const actual = asFound(run, observed, measuredMs, options)
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
  const known = new Map<string, CallDurations>()
  const durationsOf = (rung: Rung | 'bound', bound: 'low' | 'high'): CallDurations => {
    // Without runs inside it, every rung has the calls as long as they were.
    if (!nests) return measuredMs
    const key = `${rung} ${bound}`
    const durations = known.get(key) ?? measuredMs.map((ms, c) => Math.max(0, ms - nestedSaving(c, rung, bound)))
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
  const inputOf = (rung: Rung, bound: 'low' | 'high', movable?: ReadonlySet<number>, window?: Window): RungInput => ({
    run,
    observed,
    durations: durationsOf(rung, bound),
    independent: independent[bound],
    latency,
    tokens,
    keepWords: bound === 'low',
    movable,
    window,
  })
  const withPrograms = (input: RungInput, bound: 'low' | 'high', drafts: readonly Draft[]): Draft[] => {
    const trust = { threshold: options.threshold, bestCase: bound === 'high' }
    const { observed, independent, keepWords, movable } = input
    const { derivations } = inference
    return programDrafts({ run, observed, independent, keepWords, movable, derivations, links, trust }, drafts)
  }
  /** @param known a plan whose steps may be taken over: see `planOfDrafts`. */
  const movedBy = (input: RungInput, drafts: readonly Draft[], known: Plan | null): RungSchedule => {
    const moved = planOfDrafts(input, drafts, nests ? null : known)
    return placed(moved.plan, moved)
  }
  const orderOf = { low: ordersOfTurns(observed, independent.low), high: ordersOfTurns(observed, independent.high) }
  const rungOf = (rung: Rung, bound: 'low' | 'high', movable?: ReadonlySet<number>, window?: Window): RungSchedule => {
    const input = inputOf(rung, bound, movable, window)
    if (rung === 'overlap') return placed(overlapPlan(run, observed, input, orderOf[bound], null, movable, window))
    const drafts = batchDrafts(input)
    return movedBy(input, rung === 'plan' ? withPrograms(input, bound, drafts) : drafts, null)
  }
  /** What low's answers make of something, and whether high's make the same of it: see `independence`. */
  const askedOfLow = <T>(work: () => T): [made: T, sure: boolean] => {
    const doubted = doubts()
    const made = work()
    return [made, !nests && doubts() === doubted]
  }
  const overlapOf = (bound: 'low' | 'high', atMost: RungSchedule): { plan: Plan; schedule: RungSchedule } => {
    const asItWas = nests ? null : actual.plan
    const plan = overlapPlan(run, observed, inputOf('overlap', bound), orderOf[bound], asItWas)
    const changed = plan !== actual.plan || isCapped(capacity)
    return { plan, schedule: changed ? shorter(atMost, placed(plan)) : atMost }
  }
  /** @param atMost is no longer than `over` takes. */
  const batchOf = (bound: 'low' | 'high', over: Plan, atMost: RungSchedule): Batch => {
    const input = inputOf('batch', bound)
    const drafts = batchDrafts(input)
    return { drafts, schedule: !nests && areStepsOf(drafts, over) ? atMost : movedBy(input, drafts, over) }
  }
  const planOf = (bound: 'low' | 'high', { drafts, schedule }: Batch): RungSchedule => {
    if (nests) return rungOf('plan', bound)
    const input = inputOf('plan', bound)
    const programs = withPrograms(input, bound, drafts)
    return programs.length === drafts.length ? schedule : movedBy(input, programs, schedule.plan)
  }
  const boundOf = (bound: 'low' | 'high'): Simulation =>
    simulate(boundNetwork(run, observed, durationsOf('bound', bound), independent[bound], links), UNLIMITED)

  // Each rung includes the one before, and `high` includes `low`: a plan that turns out longer is not taken. What is the same
  // plan again is not worked out again.
  const [overlapLow, overlapIsSure] = askedOfLow(() => overlapOf('low', actual))
  const overlapHigh = overlapIsSure ? overlapLow : overlapOf('high', overlapLow.schedule)
  const [lowBatch, batchIsSure] = askedOfLow(() => batchOf('low', overlapLow.plan, overlapLow.schedule))
  const batchLow = shorter(overlapLow.schedule, lowBatch.schedule)
  const alike = batchIsSure && !isKeptForWords(observed, lowBatch.drafts)
  const highMost = shorter(overlapHigh.schedule, batchLow)
  const highBatch = alike ? lowBatch : batchOf('high', overlapHigh.plan, highMost)
  const batchHigh = shorter(highMost, highBatch.schedule)
  const planLow = shorter(batchLow, planOf('low', lowBatch))
  const planHigh = shorter(shorter(batchHigh, planLow), planOf('high', highBatch))
  const [boundLow, boundIsSure] = askedOfLow(() => boundOf('low'))
  const boundHigh = boundIsSure ? boundLow : boundOf('high')
  const windowOf = windowsOf(run, observed.joins)
  const isFree = !isCapped(capacity) && !isCrowded(options)
  const orderOfTurn = (bound: 'low' | 'high', turn: number) => orderOf[bound](turn)
  const rungs = {
    run,
    observed,
    actual,
    isFree,
    isAsLong: !nests,
    inputOf,
    doubts,
    withPrograms,
    rungOf,
    orderOf: orderOfTurn,
  }
  const { whatIf, mostSaved } = whatIfsOf(rungs, windowOf)
  // Field by field: what is made by spreading has a new shape each time that memory was cleaned up, and whoever reads it leaves
  // optimised code.
  return {
    replay,
    actual,
    latency,
    observed,
    independent,
    links,
    overlap: { low: overlapLow.schedule, high: overlapHigh.schedule },
    batch: { low: batchLow, high: batchHigh },
    plan: { low: planLow, high: planHigh },
    bound: { low: chainOf(run, boundLow, planLow, options), high: chainOf(run, boundHigh, planHigh, options) },
    whatIf,
    mostSaved,
    savedAsFound: lazily(() => savedAsFoundOf(run, actual.simulation, windowOf, observed)),
  }
}

/** Turns as the batch has them, and the schedule that they make, taken or not. */
interface Batch {
  readonly drafts: readonly Draft[]
  readonly schedule: RungSchedule
}

/** What is made ready when it is first asked: most runs have no finding that asks. */
function lazily(ready: () => SavedAsFound): SavedAsFound {
  let asked: SavedAsFound | undefined
  return (calls, change) => {
    asked ??= ready()
    return asked(calls, change)
  }
}

function asFound(run: Run, observed: Observed, durations: CallDurations, options: AnalyzeOptions): RungSchedule {
  const plan = actualPlan(run, observed, durations)
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
  const turnsRemoved = mapped(run.turns, ({ index }) => index)
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
