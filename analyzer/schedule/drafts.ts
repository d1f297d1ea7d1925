// What the rungs that move calls have in common: steps drafted as turns with the calls that they ask for, and what becomes of
// turns, tokens and times when calls are asked for by another turn than they were.

import { float64Zeros, uint8Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import type { Independent } from './independence.ts'
import { type ModelTime, modelTimeOf } from './model-latency.ts'
import type { Observed } from './observe.ts'
import type { Plan, PlannedCall, Step } from './plan.ts'
import { type CallDurations, isOrderOf, NO_PLANNED, plannedCall } from './plans.ts'
import { type Window, wholeRun } from './window.ts'

export interface RungInput {
  readonly run: Run
  readonly observed: Observed
  readonly durations: CallDurations
  readonly independent: Independent
  readonly latency: readonly ModelTime[]
  /** Output tokens of each call: see `callTokens`. */
  readonly tokens: CallTokens
  /** Whether a turn that wrote words stays although its calls have gone: DESIGN's low does, high takes them for an announcement. */
  readonly keepWords: boolean
  /** The calls that may move; all if undefined. */
  readonly movable: ReadonlySet<number> | undefined
  /** The turns, first and last, that are drafted, and that calls may move between; the whole run if undefined. */
  readonly window: Window | undefined
}

/** A step before it is known what waits for its calls. */
export interface Draft {
  readonly turn: number | null
  /** Steps of different segments never join: a barrier is between them. -1 for calls that no turn asked for. */
  readonly segment: number
  /** The calls, ascending. */
  readonly calls: readonly number[]
  /** Per call: those of `calls` that must end first. */
  readonly order: readonly (readonly number[])[]
  /** Of a step that is a program, its calls by the turn that would ask for them if no program did; null for no program. */
  readonly stages: readonly (readonly number[])[] | null
}

/** What becomes of turns and tokens where calls are asked for by other turns. */
export interface Moves {
  readonly turnsRemoved: readonly number[]
  /** Input and output tokens of the removed turns, less the output tokens of the calls that other turns took over. */
  readonly tokensRemoved: number
  /** Calls that are asked for by another turn than the one that asked for them. */
  readonly moved: readonly number[]
  /** Output tokens that removed turns hand to others, per turn that takes them: what the price of the rest is made of. */
  readonly handedOver: ReadonlyMap<number, number>
}

export interface MovedPlan extends Moves {
  readonly plan: Plan
  /** Steps that are programs: their stages, the first of which the model asked for itself. */
  readonly programs: readonly (readonly (readonly number[])[])[]
}

/**
 * @param known a plan of the same run with calls of these lengths: steps that are no different are its own. Null for none.
 */
export function planOfDrafts(input: RungInput, drafts: readonly Draft[], known: Plan | null = null): MovedPlan {
  const { run, observed } = input
  const { last } = input.window ?? wholeRun(run)
  const { turnsRemoved, tokensRemoved, moved, handedOver } = movesOf(input, drafts)
  const steps: Step[] = []
  /** The first known step that is not passed by. */
  let next = 0
  for (let at = 0; at < drafts.length; at++) {
    const draft = drafts[at]!
    while (known !== null && next < known.steps.length && isBefore(known.steps[next]!, draft.turn)) next++
    const step = known?.steps[next]
    steps.push(step !== undefined && isStepOf(input, draft, step) ? step : stepOf(input, drafts, at))
  }
  const programs: (readonly (readonly number[])[])[] = []
  for (const { stages } of drafts) if (stages !== null) programs.push(stages)
  return {
    plan: { steps, tailMs: last === run.turns.length - 1 ? observed.tailMs : 0 },
    turnsRemoved,
    tokensRemoved,
    moved,
    handedOver,
    programs,
  }
}

/** As `planOfDrafts` has it, without its steps. */
export function movesOf({ run, tokens, window }: RungInput, drafts: readonly Draft[]): Moves {
  const { first, last } = window ?? wholeRun(run)
  /** Per turn, from the first: whether it is a step. */
  const kept = uint8Zeros(last - first + 1)
  for (const { turn } of drafts) if (turn !== null) kept[turn - first] = 1
  const handedOver = new Map<number, number>()
  const moved: number[] = []
  for (let at = 0; at < drafts.length; at++) {
    const { turn, calls } = drafts[at]!
    for (let position = 0; position < calls.length && turn !== null; position++) {
      const call = calls[position]!
      const from = run.calls[call]!.turn
      if (from === turn) continue
      moved.push(call)
      if (kept[from - first] !== 1) handedOver.set(turn, (handedOver.get(turn) ?? 0) + tokens(call))
    }
  }
  const turnsRemoved: number[] = []
  let tokensRemoved = 0
  for (let turn = first; turn <= last; turn++) {
    if (kept[turn - first] === 1) continue
    turnsRemoved.push(turn)
    tokensRemoved += (run.turns[turn]!.inputTokens ?? 0) + (run.turns[turn]!.outputTokens ?? 0)
  }
  for (const taken of handedOver.values()) tokensRemoved -= taken
  return { turnsRemoved, tokensRemoved: Math.max(0, Math.round(tokensRemoved)), moved, handedOver }
}

/** Whether a step comes before that of a turn; the calls that no turn asked for are the first. */
const isBefore = (step: Step, turn: number | null): boolean => turn !== null && (step.turn === null || step.turn < turn)

/** Whether the step of a draft would be this one, and be so wherever it stands: none of its calls ran in the background. */
function isStepOf({ run, observed }: RungInput, { turn, calls, order }: Draft, step: Step): boolean {
  if (turn === null || turn !== step.turn || calls.length !== step.calls.length) return false
  for (let at = 0; at < calls.length; at++) {
    const call = calls[at]!
    if (call !== step.calls[at]!.call || observed.joins[call]! > run.calls[call]!.turn + 1) return false
  }
  return isOrderOf(step.calls, order)
}

function stepOf(input: RungInput, drafts: readonly Draft[], at: number): Step {
  const { observed } = input
  const { turn, calls } = drafts[at]!
  let planned = NO_PLANNED
  if (calls.length > 0) {
    // Most steps have one call, and a list that grows gets room for seventeen.
    const openMs = turn === null ? 0 : openingMs(observed, turn)
    const all = [plannedOf(input, drafts, at, 0, openMs)]
    for (let position = 1; position < calls.length; position++) all.push(plannedOf(input, drafts, at, position, openMs))
    planned = all
  }
  if (turn === null) return { turn, turnMs: 0, leadMs: 0, waitMs: 0, calls: planned }
  const turnMs = turnMsAfter(input, turn, calls)
  return { turn, turnMs, leadMs: observed.leadMs[turn]!, waitMs: observed.waitMs[turn]!, calls: planned }
}

/**
 * The call at a position of a draft.
 * @param openMs see `openingMs`; 0 for calls that no turn asked for.
 */
function plannedOf(
  input: RungInput,
  drafts: readonly Draft[],
  at: number,
  position: number,
  openMs: number,
): PlannedCall {
  const { run, observed, durations } = input
  const { turn, calls, order } = drafts[at]!
  const call = calls[position]!
  const after = order[position]!
  const joins = joinsOf(input, drafts, call, at)
  if (turn === null || run.calls[call]!.turn === turn) return plannedCall(observed, durations, call, after, joins)
  const dispatchMs = observed.dispatchMs[call]!
  const waitMs = Math.min(observed.callWaitMs[call]!, durations[call]!)
  return {
    call,
    durationMs: durations[call]! - waitMs,
    dispatchMs: after.length > 0 ? dispatchMs : Math.max(dispatchMs, openMs),
    // The model asks for it when it has asked for its own.
    argumentsMs: observed.streamMs[turn]!,
    after,
    waitMs,
    joins,
  }
}

/**
 * Whether the plan of these drafts would be this one of the whole run, in which no call changes its turn: the same calls after
 * the same calls in each step, and each waited for by the next one. Calls must be as long in both.
 */
export function areStepsOf(drafts: readonly Draft[], { steps }: Plan): boolean {
  if (drafts.length !== steps.length) return false
  for (let at = 0; at < drafts.length; at++) {
    const { turn, calls, order } = drafts[at]!
    const step = steps[at]!
    if (turn !== step.turn || calls.length !== step.calls.length || !isOrderOf(step.calls, order)) return false
    for (let k = 0; k < calls.length; k++) {
      if (calls[k] !== step.calls[k]!.call || step.calls[k]!.joins !== 1) return false
    }
  }
  return true
}

/**
 * What a turn took to start the first of its calls. A call that moves there starts no sooner: nothing was seen to.
 *
 *   turn 0 |====|           turn 1 |====|
 *   call A      ...|==|     call B      .|==|      B in turn 0 waits ... with A
 */
export function openingMs({ callsOfTurn, predecessor, dispatchMs }: Observed, turn: number): number {
  let earliest = Number.POSITIVE_INFINITY
  for (const call of callsOfTurn[turn]!) {
    if (predecessor[call] === -1) earliest = Math.min(earliest, dispatchMs[call]!)
  }
  return Number.isFinite(earliest) ? earliest : 0
}

/**
 * How many steps on the one stands that waits for a call: it is the next one. A call that ran in the background is waited for by
 * the turn that waited for it then, or by the first that asks for a call that needs it.
 */
function joinsOf(
  { run, observed, independent }: RungInput,
  drafts: readonly Draft[],
  call: number,
  at: number,
): number {
  const joins = observed.joins[call]!
  if (joins <= run.calls[call]!.turn + 1) return 1
  for (let later = at + 1; later < drafts.length; later++) {
    const { turn, calls } = drafts[later]!
    if (turn !== null && turn >= joins) return later - at
    if (calls.some((other) => !independent.may(Math.min(call, other), Math.max(call, other)))) return later - at
  }
  return drafts.length - at
}

/** Output tokens of a call. */
export type CallTokens = (call: number) => number

/**
 * Output tokens of each call: its share, by length, of what its turn wrote; a quarter of its characters where the turn
 * has no count (four characters a token is the usual rule of thumb). Worked out for the turns that are asked about.
 */
export function callTokens(run: Run, observed: Observed): CallTokens {
  /** Per call: -1 for not worked out. */
  const known = float64Zeros(run.calls.length).fill(-1)
  const lengthOf = (call: number): number => {
    const { tool, arguments: args } = run.calls[call]!
    return tool.length + (JSON.stringify(args)?.length ?? 0)
  }
  return (call) => {
    if (known[call]! >= 0) return known[call]!
    const turn = run.turns[run.calls[call]!.turn]
    if (turn === undefined || turn.outputTokens === null) {
      known[call] = lengthOf(call) / 4
      return known[call]!
    }
    const calls = observed.callsOfTurn[turn.index]!
    const lengths = calls.map(lengthOf)
    let total = turn.text.length
    for (const length of lengths) total += length
    for (let at = 0; at < calls.length; at++) {
      known[calls[at]!] = total === 0 ? 0 : (turn.outputTokens * lengths[at]!) / total
    }
    return known[call]!
  }
}

/**
 * A turn's length once it asks for `calls`: longer by the calls it takes over, shorter by those it gave away, but never
 * shorter than the time to its first token.
 */
export function turnMsAfter(
  { run, observed, latency, tokens }: RungInput,
  turn: number,
  calls: readonly number[],
): number {
  const measuredMs = observed.turnEndMs[turn]! - run.turns[turn]!.startMs
  const asked = observed.callsOfTurn[turn]!
  if (calls === asked || (calls.length === asked.length && calls.every((call, at) => call === asked[at]))) {
    return measuredMs
  }
  let delta = 0
  for (const call of calls) if (run.calls[call]!.turn !== turn) delta += tokens(call)
  // Both ascend.
  let at = 0
  for (const call of asked) {
    while (at < calls.length && calls[at]! < call) at++
    if (calls[at] !== call) delta -= tokens(call)
  }
  // A streamed turn ends where its first call starts: what others take away was written after that.
  if (observed.streamMs[turn]! > 0) delta = Math.max(0, delta)
  const { firstTokenMs, msPerToken } = modelTimeOf(latency, run.turns[turn]!.model)
  return Math.max(Math.min(measuredMs, firstTokenMs), measuredMs + delta * msPerToken)
}
