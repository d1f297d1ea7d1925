// The `batch` rung: calls move to the earliest turn at which all they need had been seen; turns left empty disappear.
//
//   found   turn 0 -> A    turn 1 -> B    turn 2 -> C(A)    turn 3: words
//   levels         A: 0           B: 0           C: 1
//   batch   turn 0 -> A, B                turn 2 -> C(A)    turn 3: words        turn 1 is gone
//
// Calls that are not independent never share a turn here, not even when only a hazard (two writes) is between them: most
// frameworks run the calls of one response at the same time, so putting them in one response would be a race.
//
// Barriers: nothing moves across a user's message or across a turn that asked for no call.

import type { Run } from '../model/run.ts'
import type { DecodeSpeed } from './decode-speed.ts'
import type { Observed } from './observe.ts'
import type { Plan, Step } from './plan.ts'
import { type CallDurations, type Independent, orderAsFound, orderWithin, plannedCall } from './plans.ts'

export interface BatchInput {
  readonly run: Run
  readonly observed: Observed
  readonly durations: CallDurations
  readonly independent: Independent
  readonly speed: DecodeSpeed
  /** Whether a turn that wrote words stays although its calls have gone: DESIGN's low does, high takes them for an announcement. */
  readonly keepWords: boolean
  /** The calls that may move; all if left out. */
  readonly movable?: ReadonlySet<number>
}

export interface BatchPlan {
  readonly plan: Plan
  readonly turnsRemoved: readonly number[]
  /** Input and output tokens of the removed turns, less the output tokens of the calls that other turns took over. */
  readonly tokensRemoved: number
  /** Calls that are asked for by another turn than the one that asked for them. */
  readonly moved: readonly number[]
}

export function batchPlan(input: BatchInput): BatchPlan {
  const { run, observed } = input
  const drafts = draftsOf(input)
  const tokens = callTokens(input)
  const steps = drafts.map(({ turn, calls, order }, at): Step => {
    const planned = calls.map((call, position) =>
      plannedCall(observed, input.durations, call, order[position]!, joinsOf(input, drafts, call, at)),
    )
    if (turn === null) return { turn, turnMs: 0, leadMs: 0, waitMs: 0, calls: planned }
    return {
      turn,
      turnMs: turnMsAfter(input, turn, calls, tokens),
      leadMs: observed.leadMs[turn]!,
      waitMs: observed.waitMs[turn]!,
      calls: planned,
    }
  })
  const kept = new Set(drafts.map((draft) => draft.turn))
  const moved = drafts.flatMap(({ turn, calls }) =>
    turn === null ? [] : calls.filter((call) => run.calls[call]!.turn !== turn),
  )
  const turnsRemoved = run.turns.map((turn) => turn.index).filter((turn) => !kept.has(turn))
  let tokensRemoved = 0
  for (const t of turnsRemoved) tokensRemoved += (run.turns[t]!.inputTokens ?? 0) + (run.turns[t]!.outputTokens ?? 0)
  for (const call of moved) if (!kept.has(run.calls[call]!.turn)) tokensRemoved -= tokens[call]!
  return {
    plan: { steps, tailMs: observed.tailMs },
    turnsRemoved,
    tokensRemoved: Math.max(0, Math.round(tokensRemoved)),
    moved,
  }
}

/** A step before it is known what waits for its calls. */
interface Draft {
  readonly turn: number | null
  readonly calls: readonly number[]
  readonly order: readonly (readonly number[])[]
}

function draftsOf(input: BatchInput): Draft[] {
  const { run, observed } = input
  const drafts: Draft[] = []
  if (observed.programCalls.length > 0) {
    const calls = observed.programCalls
    drafts.push({ turn: null, calls, order: orderAsFound(observed, calls) })
  }
  for (const segment of segmentsOf(run, observed)) {
    const levels = levelsOf(input, segment)
    const owners = ownersOf(run, levels, segment)
    const callsOf = new Map(owners.map((turn, level) => [turn, levels[level]!]))
    for (let turn = segment.first; turn <= segment.last; turn++) {
      const calls = callsOf.get(turn)
      if (calls === undefined && !staysEmpty(input, turn)) continue
      const untouched = input.movable !== undefined && !(calls ?? []).some((call) => input.movable!.has(call))
      const order = untouched ? orderAsFound(observed, calls ?? []) : orderWithin(calls ?? [], input.independent)
      drafts.push({ turn, calls: calls ?? [], order })
    }
  }
  return drafts
}

/** A turn that has no call left, or never had one, is kept if it had none, or if it had words for the user. */
function staysEmpty({ run, observed, keepWords }: BatchInput, turn: number): boolean {
  return observed.callsOfTurn[turn]!.length === 0 || (keepWords && run.turns[turn]!.text.trim() !== '')
}

/**
 * The step that waits for a call: the next one. A call that ran in the background is waited for by the turn that waited
 * for it then, or by the first that asks for a call that needs it.
 */
function joinsOf(
  { run, observed, independent }: BatchInput,
  drafts: readonly Draft[],
  call: number,
  at: number,
): number {
  const joins = observed.joins[call]!
  if (joins <= run.calls[call]!.turn + 1) return at + 1
  for (let later = at + 1; later < drafts.length; later++) {
    const { turn, calls } = drafts[later]!
    if (turn !== null && turn >= joins) return later
    if (calls.some((other) => !independent(Math.min(call, other), Math.max(call, other)))) return later
  }
  return drafts.length
}

/** Consecutive turns [first, last] that calls may move between. */
interface Segment {
  readonly first: number
  readonly last: number
}

function segmentsOf(run: Run, observed: Observed): Segment[] {
  const userSpoke = new Set(run.turnsAfterUser)
  const segments: Segment[] = []
  let first = 0
  run.turns.forEach((_, turn) => {
    const next = turn + 1
    const closes =
      next === run.turns.length ||
      userSpoke.has(next) ||
      observed.callsOfTurn[turn]!.length === 0 ||
      observed.callsOfTurn[next]!.length === 0
    if (!closes) return
    segments.push({ first, last: turn })
    first = next
  })
  return segments
}

/** The calls of each level of a segment, in run order. A level without calls does not occur. */
function levelsOf({ run, observed, independent, durations, movable }: BatchInput, segment: Segment): number[][] {
  const calls: number[] = []
  for (let turn = segment.first; turn <= segment.last; turn++) calls.push(...observed.callsOfTurn[turn]!)
  calls.sort((a, b) => a - b)
  const levels: number[][] = []
  for (const call of calls) {
    const pinned = movable !== undefined && !movable.has(call)
    let level = pinned ? run.calls[call]!.turn - segment.first : 0
    // From the last level down: the first call that this one is not independent of decides.
    for (let above = levels.length - 1; above >= level; above--) {
      const inTheWay = levels[above]!.filter((before) => !independent(before, call))
      if (inTheWay.length === 0) continue
      // Of the same turn and not independent: may share a level, in order, but not come before.
      const sameTurn = inTheWay.every((before) => run.calls[before]!.turn === run.calls[call]!.turn)
      level = sameTurn ? above : above + 1
      break
    }
    while (levels.length <= level) levels.push([])
    levels[level]!.push(call)
  }
  return balance(
    run,
    levels.filter((level) => level.length > 0),
    segment,
    durations,
    independent,
  )
}

/**
 * The turn that asks for each level's calls: the earliest that asked for one of them. From the last level back, so that
 * the owners ascend even where a pinned call holds a level that others passed by; a call of level n comes from the
 * segment's turn n or a later one, so there is always a turn left.
 */
function ownersOf(run: Run, levels: readonly (readonly number[])[], segment: Segment): number[] {
  const owners: number[] = levels.map(() => segment.first)
  let next = segment.last + 1
  for (let level = levels.length - 1; level >= 0; level--) {
    let owner = next - 1
    for (const call of levels[level]!) owner = Math.min(owner, run.calls[call]!.turn)
    owners[level] = owner
    next = owner
  }
  return owners
}

/**
 * A call at its earliest level can make that level longer than it has to be, when the next turn waits for all of it.
 * The longest calls of each level go to a later level that their successors and their own turn allow, if that makes the
 * levels' total length shorter.
 *
 *   level 0: A 100 ms, C 9 s     C is only needed at the end: with B it costs nothing more
 *   level 1: B 9 s (needs A)
 */
function balance(
  run: Run,
  levels: number[][],
  segment: Segment,
  durations: CallDurations,
  independent: Independent,
): number[][] {
  const owners = ownersOf(run, levels, segment)
  const longest = (calls: readonly number[]): number => {
    let ms = 0
    for (const call of calls) ms = Math.max(ms, durations[call]!)
    return ms
  }
  /** The level that takes `call` for less than `gainMs` more, or -1. */
  const betterLevel = (call: number, level: number, gainMs: number): number => {
    for (let later = level + 1; later < levels.length; later++) {
      if (owners[later]! > run.calls[call]!.turn) return -1
      const passed = levels[later - 1]!
      if (passed.some((other) => other > call && !independent(call, other))) return -1
      const target = levels[later]!
      if (target.some((other) => !independent(Math.min(other, call), Math.max(other, call)))) return -1
      if (Math.max(longest(target), durations[call]!) - longest(target) < gainMs) return later
    }
    return -1
  }
  for (let level = levels.length - 2; level >= 0; level--) {
    const byLength = [...levels[level]!].sort((a, b) => durations[b]! - durations[a]! || a - b)
    for (const [rank, call] of byLength.entries()) {
      const runnerUp = byLength[rank + 1]
      // The level keeps at least one call of the turn that asks for it.
      if (runnerUp === undefined || run.calls[call]!.turn === owners[level]) break
      const gainMs = durations[call]! - durations[runnerUp]!
      const target = gainMs > 0 ? betterLevel(call, level, gainMs) : -1
      if (target === -1) break
      levels[level] = levels[level]!.filter((other) => other !== call)
      levels[target] = [...levels[target]!, call].sort((a, b) => a - b)
    }
  }
  return levels
}

/**
 * Output tokens of each call: its share, by length, of what its turn wrote; a quarter of its characters where the turn
 * has no count (four characters a token is the usual rule of thumb).
 */
function callTokens({ run, observed }: BatchInput): number[] {
  const lengths = run.calls.map((call) => call.tool.length + (JSON.stringify(call.arguments)?.length ?? 0))
  const tokens = lengths.map((length) => length / 4)
  run.turns.forEach((turn, t) => {
    if (turn.outputTokens === null) return
    const calls = observed.callsOfTurn[t]!
    let total = turn.text.length
    for (const call of calls) total += lengths[call]!
    for (const call of calls) tokens[call] = total === 0 ? 0 : (turn.outputTokens * lengths[call]!) / total
  })
  return tokens
}

/** A turn's length once it asks for `calls`: longer by the calls it takes over, shorter by those it gave away. */
function turnMsAfter(
  { run, observed, speed }: BatchInput,
  turn: number,
  calls: readonly number[],
  tokens: readonly number[],
): number {
  const measuredMs = observed.turnEndMs[turn]! - run.turns[turn]!.startMs
  const now = new Set(calls)
  let delta = 0
  for (const call of calls) if (run.calls[call]!.turn !== turn) delta += tokens[call]!
  for (const call of observed.callsOfTurn[turn]!) if (!now.has(call)) delta -= tokens[call]!
  return Math.max(0, measuredMs + delta * speed.msPerToken)
}
