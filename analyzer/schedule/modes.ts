// The mode that fits each call, and the run read as a plan: which turns could be parallel, which code, and which are in
// sequence for a reason. Read off the sure schedules: what shares a step of `batch` is parallel, what shares a program of
// `plan` is code, and for the rest the first reason that keeps it after the step before.

import { mapped } from '../base/mapped.ts'
import type { Inference, ModeReason } from '../model/dependency.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Mode } from '../model/report.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import type { Links } from './links.ts'
import { KIND } from './network.ts'
import type { Step } from './plan.ts'
import { decisionOn } from './program-plan.ts'
import type { RungSchedule, RunSchedules } from './schedule-run.ts'

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
  'independent',
  'alone',
]

const ALONE: CallMode = { mode: 'sequential', reason: 'alone', group: -1 }

/** Per call, in run order. */
export function modesOf(
  run: Run,
  inference: Inference,
  schedules: RunSchedules,
  options: AnalyzeOptions,
): readonly CallMode[] {
  const modes: CallMode[] = mapped(run.calls, () => ALONE)
  const { steps } = schedules.batch.low.plan
  const { links } = schedules
  const together = overlapping(schedules.batch.low, run.calls.length)
  steps.forEach((step, at) => {
    const before = steps[at - 1]
    const previous = (before?.calls ?? []).slice(0, MAX_LOOKED_AT).map(({ call }) => call)
    const barrier = before === undefined ? null : barrierOf(run, schedules, before, step)
    for (const { call, after } of step.calls) {
      if (together.has(call)) modes[call] = { mode: 'parallel', reason: 'independent', group: at }
      else {
        const reason = reasonFor(run, inference, options, links, { previous, beside: after, barrier }, call)
        modes[call] = { mode: 'sequential', reason, group: -1 }
      }
    }
  })
  schedules.plan.low.programs.forEach((stages, program) => {
    const group = steps.length + program
    stages.forEach((calls, stage) => {
      for (const call of calls) {
        if (stage > 0 || modes[call]!.mode !== 'parallel') modes[call] = { mode: 'code', reason: 'mechanical', group }
      }
    })
  })
  return modes
}

/** Consecutive turns with calls, joined while they share a batch, share a program, or are sequential work. */
export function stretchesOf(run: Run, modes: readonly CallMode[]): TurnStretch[] {
  const callsOf: number[][] = mapped(run.turns, () => [])
  run.calls.forEach(({ turn }, call) => {
    if (turn !== NO_TURN) callsOf[turn]?.push(call)
  })
  const stretches: { mode: Mode; group: number; firstTurn: number; lastTurn: number; reasons: ModeReason[] }[] = []
  callsOf.forEach((calls, turn) => {
    if (calls.length === 0) return
    const { mode, reason, group } = weightiest(run, modes, calls)
    const last = stretches.at(-1)
    if (last && last.lastTurn === turn - 1 && last.mode === mode && last.group === group) {
      last.lastTurn = turn
      last.reasons.push(reason)
    } else stretches.push({ mode, group, firstTurn: turn, lastTurn: turn, reasons: [reason] })
  })
  return mapped(stretches, ({ mode, firstTurn, lastTurn, reasons }) => ({
    mode,
    firstTurn,
    lastTurn,
    reasons: byFrequency(reasons),
  }))
}

/** The mode that most of a turn's time in calls is in. */
function weightiest(run: Run, modes: readonly CallMode[], calls: readonly number[]): CallMode {
  if (calls.length === 1) return modes[calls[0]!]!
  const weights = new Map<string, { mode: CallMode; ms: number }>()
  for (const call of calls) {
    const mode = modes[call]!
    const key = `${mode.mode} ${mode.group}`
    const known = weights.get(key)
    // A millisecond for each, so that calls of no length count too.
    const ms = 1 + run.calls[call]!.endMs - run.calls[call]!.startMs + (known?.ms ?? 0)
    weights.set(key, { mode: known === undefined ? mode : preferred(known.mode, mode), ms })
  }
  let best: { mode: CallMode; ms: number } | undefined
  for (const entry of weights.values()) if (best === undefined || entry.ms > best.ms) best = entry
  return best!.mode
}

const rank = (reason: ModeReason): number => PRECEDENCE.indexOf(reason)

const preferred = (a: CallMode, b: CallMode): CallMode => (rank(b.reason) < rank(a.reason) ? b : a)

/** `alone` says nothing where there is another reason. */
function byFrequency(reasons: readonly ModeReason[]): ModeReason[] {
  if (reasons.length === 1) return [...reasons]
  const counts = new Map<ModeReason, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const sorted = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || rank(a) - rank(b))
  const telling = sorted.filter((reason) => reason !== 'alone')
  return telling.length > 0 ? telling : sorted
}

/** Calls that run at the same time as another one of their step. */
function overlapping({ simulation, plan }: RungSchedule, count: number): Set<number> {
  const activityOf = new Int32Array(count)
  const { startMs, endMs, network } = simulation
  for (let activity = 0; activity < network.count; activity++) {
    if (network.kinds[activity] === KIND.call) activityOf[network.refs[activity]!] = activity
  }
  const found = new Set<number>()
  for (const step of plan.steps) {
    if (step.calls.length < 2) continue
    const inOrder = mapped(step.calls, ({ call }) => call)
    const startOf = (call: number): number => startMs[activityOf[call]!]!
    inOrder.sort((a, b) => startOf(a) - startOf(b) || a - b)
    /** Of those so far, the one that ends last. */
    let last = -1
    for (const call of inOrder) {
      if (last !== -1 && startOf(call) < endMs[activityOf[last]!]!) found.add(last).add(call)
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

interface Place {
  /** Calls of the step before. */
  readonly previous: readonly number[]
  /** Calls of the same step that come first. The model had seen no result of theirs: only a hazard orders them. */
  readonly beside: readonly number[]
  readonly barrier: ModeReason | null
}

function reasonFor(
  run: Run,
  inference: Inference,
  { threshold }: AnalyzeOptions,
  links: Links,
  { previous, beside, barrier }: Place,
  call: number,
): ModeReason {
  const found: ModeReason[] = barrier === null ? [] : [barrier]
  const derivation = inference.derivations[call]!.reason
  if (derivation === 'session') found.push('session')
  if (beside.length > 0) found.push('state')
  for (const before of previous) {
    if (run.calls[before]!.status === 'error') found.push('error')
    const decision = decisionOn(links, before, call, { threshold, bestCase: false })
    if (decision !== null) found.push(decision)
  }
  // What is only not proven is said where nothing more telling is known.
  if (previous.length > 0) found.push(derivation)
  if (found.length > 1) found.sort((a, b) => rank(a) - rank(b))
  return found[0] ?? 'alone'
}
