// The mode that fits each call, and the run read as a plan: which turns could be parallel, which code, and which are in
// sequence for a reason. Read off the sure schedules: what shares a step of `batch` is parallel, what shares a program of
// `plan` is code, and for the rest the first reason that keeps it after the step before.

import { mapped } from '../base/mapped.ts'
import { int32Zeros, uint8Zeros } from '../base/zeros.ts'
import type { Inference, ModeReason } from '../model/dependency.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Mode } from '../model/report.ts'
import type { Call, Run } from '../model/run.ts'
import type { SpanId } from '../model/span.ts'
import { capacityOf } from './capacity.ts'
import { KIND } from './network.ts'
import type { Step } from './plan.ts'
import { decisionOn, type Trust } from './program-plan.ts'
import type { RungSchedule, RunSchedules } from './schedule-run.ts'
import type { Capacity } from './simulate.ts'

export interface CallMode {
  readonly mode: Mode
  readonly reason: ModeReason
  /** Calls of one batch, or of one program, share this; -1 in sequential work. */
  readonly group: number
}

export interface TurnStretch {
  readonly mode: Mode
  readonly firstTurn: number
  readonly lastTurn: number
  /** All reasons of its turns, the most frequent first. */
  readonly reasons: readonly ModeReason[]
  /** Other turns with calls of the same batch or program, ascending. */
  readonly withTurns: readonly number[]
}

/** Calls looked at per step: a wide step's first ones speak for it. */
const MAX_LOOKED_AT = 32

/** Of several reasons the first in this list is given. */
const PRECEDENCE: readonly ModeReason[] = [
  'session',
  'error',
  'person',
  'declared',
  'not-captured',
  'refined',
  'authored',
  'read-out',
  'picked',
  'write',
  'state',
  'words',
  'unproven',
  'mechanical',
  'capped',
  'no-gain',
  'independent',
  'alone',
]

/** Calls of one reason are in one mode, which need not be made for each of them. */
const sequential = (reason: ModeReason): CallMode => ({ mode: 'sequential', reason, group: -1 })

const SEQUENTIAL: readonly CallMode[] = PRECEDENCE.map(sequential)
/** Per reason: its place in PRECEDENCE. */
const RANK = Object.fromEntries(PRECEDENCE.map((reason, at) => [reason, at])) as Readonly<Record<ModeReason, number>>
const ALONE = RANK.alone

/**
 * Per call, in run order.
 * @param clashing calls that ran at the same time and should not have: schedules keep them there, and no mode recommends it.
 */
export function modesOf(
  run: Run,
  inference: Inference,
  schedules: RunSchedules,
  options: AnalyzeOptions,
  clashing: ReadonlySet<SpanId>,
): readonly CallMode[] {
  const modes: CallMode[] = mapped(run.calls, () => SEQUENTIAL[ALONE]!)
  const { steps } = schedules.batch.low.plan
  const sure: Trust = { threshold: options.threshold, bestCase: false }
  const isTogether = overlapping(schedules.batch.low, run.calls.length)
  const isCapped = cappedToOne(capacityOf(run, inference.effects, options))
  /** Calls of the step before. */
  const previous: number[] = []
  steps.forEach((step, at) => {
    const before = steps[at - 1]
    const barrier = before === undefined ? null : barrierOf(run, schedules, before, step)
    const together: CallMode = { mode: 'parallel', reason: 'independent', group: at }
    const free = step.calls.filter(({ after }) => after.length === 0).length
    for (const { call, after } of step.calls) {
      // What waits for nothing but its own late start, which schedules keep, belongs beside the others all the same.
      const isFree = after.length === 0 && free > 1 && !isCapped(call)
      if (clashing.size > 0 && clashing.has(run.calls[call]!.id)) {
        modes[call] = SEQUENTIAL[inference.effects[call]!.effect.kind === 'session' ? RANK.session : RANK.state]!
      } else if (isTogether[call] === 1 || isFree) modes[call] = together
      else {
        const place = { previous, step, after, barrier, isCapped: isCapped(call) }
        modes[call] = SEQUENTIAL[rankOfReason(run, inference, schedules, sure, place, call)]!
      }
    }
    previous.length = 0
    for (const { call } of step.calls) if (previous.length < MAX_LOOKED_AT) previous.push(call)
  })
  schedules.plan.low.programs.forEach((stages, program) => {
    const coded: CallMode = { mode: 'code', reason: 'mechanical', group: steps.length + program }
    stages.forEach((calls, stage) => {
      for (const call of calls) if (stage > 0 || modes[call]!.mode !== 'parallel') modes[call] = coded
    })
  })
  return modes
}

/** Consecutive turns with calls, joined while they share a batch, share a program, or are sequential work. */
export function stretchesOf({ turns, calls }: Run, modes: readonly CallMode[]): TurnStretch[] {
  const callsOf = callsOfTurns(turns.length, calls)
  const stretches: { mode: Mode; group: number; firstTurn: number; lastTurn: number; reasons: ModeReason[] }[] = []
  for (let turn = 0; turn < callsOf.length; turn++) {
    const own = callsOf[turn]!
    if (own.length === 0) continue
    const { mode, reason, group } = weightiest(calls, modes, own)
    const last = stretches.at(-1)
    if (last && last.lastTurn === turn - 1 && last.mode === mode && last.group === group) {
      last.lastTurn = turn
      last.reasons.push(reason)
    } else stretches.push({ mode, group, firstTurn: turn, lastTurn: turn, reasons: [reason] })
  }
  // Nobody else has them yet, and most have one reason.
  for (const stretch of stretches) if (stretch.reasons.length > 1) stretch.reasons = byFrequency(stretch.reasons)
  const turnsOf = turnsOfGroups(calls, modes)
  return mapped(stretches, ({ group, ...stretch }) => {
    const { firstTurn, lastTurn } = stretch
    const withTurns = turnsOf.get(group)?.filter((turn) => turn < firstTurn || turn > lastTurn) ?? []
    return { ...stretch, withTurns }
  })
}

/** Per group: the turns that asked for its calls, ascending. */
function turnsOfGroups(calls: readonly Call[], modes: readonly CallMode[]): Map<number, readonly number[]> {
  const turnsOf = new Map<number, Set<number>>()
  calls.forEach(({ turn }, call) => {
    const { group } = modes[call]!
    if (group === -1 || turn < 0) return
    const turns = turnsOf.get(group)
    if (turns === undefined) turnsOf.set(group, new Set([turn]))
    else turns.add(turn)
  })
  return new Map([...turnsOf].map(([group, turns]) => [group, [...turns].sort((a, b) => a - b)]))
}

function callsOfTurns(count: number, calls: readonly Call[]): (readonly number[])[] {
  const callsOf: (readonly number[])[] = []
  while (callsOf.length < count) callsOf.push(NO_CALLS)
  for (let call = 0; call < calls.length; call++) {
    const { turn } = calls[call]!
    const own = callsOf[turn]
    if (own === NO_CALLS) callsOf[turn] = [call]
    else if (own !== undefined) (own as number[]).push(call)
  }
  return callsOf
}

const NO_CALLS: readonly number[] = []

/** The mode that most of a turn's time in calls is in. */
function weightiest(calls: readonly Call[], modes: readonly CallMode[], own: readonly number[]): CallMode {
  const first = modes[own[0]!]!
  if (own.every((call) => modes[call] === first)) return first
  const weights = new Map<string, { mode: CallMode; ms: number }>()
  for (const call of own) {
    const mode = modes[call]!
    const key = `${mode.mode} ${mode.group}`
    const known = weights.get(key)
    // A millisecond for each, so that calls of no length count too.
    const ms = 1 + calls[call]!.endMs - calls[call]!.startMs + (known?.ms ?? 0)
    weights.set(key, { mode: known === undefined ? mode : preferred(known.mode, mode), ms })
  }
  let best: { mode: CallMode; ms: number } | undefined
  for (const entry of weights.values()) if (best === undefined || entry.ms > best.ms) best = entry
  return best!.mode
}

const preferred = (a: CallMode, b: CallMode): CallMode => (RANK[b.reason] < RANK[a.reason] ? b : a)

/** `alone` says nothing where there is another reason. */
function byFrequency(reasons: readonly ModeReason[]): ModeReason[] {
  const counts = new Map<ModeReason, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const sorted = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || RANK[a] - RANK[b])
  const telling = sorted.filter((reason) => reason !== 'alone')
  return telling.length > 0 ? telling : sorted
}

/** Per call: 1 if it runs at the same time as another one of its step. */
function overlapping({ simulation, plan }: RungSchedule, count: number): Uint8Array {
  const activityOf = int32Zeros(count)
  const { startMs, endMs, network } = simulation
  for (let activity = 0; activity < network.count; activity++) {
    if (network.kinds[activity] === KIND.call) activityOf[network.refs[activity]!] = activity
  }
  const found = uint8Zeros(count)
  const startOf = (call: number): number => startMs[activityOf[call]!]!
  const byStart = (a: number, b: number): number => startOf(a) - startOf(b) || a - b
  const inOrder: number[] = []
  for (const { calls } of plan.steps) {
    if (calls.length < 2) continue
    inOrder.length = 0
    let isSorted = true
    for (let at = 0; at < calls.length; at++) {
      const { call } = calls[at]!
      isSorted &&= at === 0 || byStart(inOrder[at - 1]!, call) < 0
      inOrder.push(call)
    }
    if (!isSorted) inOrder.sort(byStart)
    /** Of those so far, the one that ends last. */
    let last = -1
    for (const call of inOrder) {
      if (last !== -1 && startOf(call) < endMs[activityOf[last]!]!) {
        found[last] = 1
        found[call] = 1
      }
      if (last === -1 || endMs[activityOf[call]!]! > endMs[activityOf[last]!]!) last = call
    }
  }
  return found
}

/** What stands between two steps, whatever their calls: a person, or words. */
function barrierOf(run: Run, { observed }: RunSchedules, before: Step, step: Step): ModeReason | null {
  if (step.turn === null || before.turn === null) return null
  const last = step.turn
  if (run.turnsAfterUser.some((turn) => turn > before.turn! && turn <= last) || observed.waitMs[last]! > 0)
    return 'person'
  return before.calls.length === 0 || run.turns[last]!.text.trim() !== '' ? 'words' : null
}

/** Whether a cap lets no other call run beside this one, or beside it and its like. */
function cappedToOne({ total, pools, poolsOf }: Capacity): (call: number) => boolean {
  return (call) => total === 1 || poolsOf[call]?.some((pool) => pools[pool] === 1) === true
}

interface Place {
  /** Calls of the step before. */
  readonly previous: readonly number[]
  /** The call's own. */
  readonly step: Step
  /** Calls of the same step that come first. The model had seen no result of theirs: only a hazard, or a cap, orders them. */
  readonly after: readonly number[]
  readonly isCapped: boolean
  readonly barrier: ModeReason | null
}

/** The place in PRECEDENCE of the first reason there is. */
function rankOfReason(
  run: Run,
  inference: Inference,
  { links, independent }: RunSchedules,
  sure: Trust,
  { previous, step, after, barrier, isCapped }: Place,
  call: number,
): number {
  const derivation = inference.derivations[call]!.reason
  let rank = barrier === null ? PRECEDENCE.length : RANK[barrier]
  if (derivation === 'session') rank = Math.min(rank, RANK.session)
  if (after.some((before) => !independent.low.may(before, call))) rank = Math.min(rank, RANK.state)
  else if (isCapped && step.calls.length > 1) rank = Math.min(rank, RANK.capped)
  else if (after.length > 0) rank = Math.min(rank, RANK['no-gain'])
  for (let at = 0; at < previous.length; at++) {
    const before = previous[at]!
    if (run.calls[before]!.status === 'error') rank = Math.min(rank, RANK.error)
    const decision = decisionOn(links, before, call, sure)
    if (decision !== null) rank = Math.min(rank, RANK[decision])
  }
  // What is only not proven is said where nothing more telling is known.
  if (previous.length > 0) rank = Math.min(rank, RANK[derivation])
  return rank === PRECEDENCE.length ? ALONE : rank
}
