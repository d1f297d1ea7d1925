// The `batch` rung: calls move to the earliest turn at which all they need had been seen; turns left empty disappear.
//
//   found   turn 0 -> A    turn 1 -> B    turn 2 -> C(A)    turn 3: words
//   levels         A: 0           B: 0           C: 1
//   batch   turn 0 -> A, B                turn 2 -> C(A)    turn 3: words        turn 1 is gone
//
// Calls that are not independent never share a turn here, not even when only a hazard (two writes) is between them: most
// frameworks run the calls of one response at the same time, so putting them in one response would be a race.
//
// Barriers: nothing moves across a user's message or across a turn that asked for no call, nor out of its stretch of
// HORIZON turns: no model plans further ahead, and so the cost grows with the calls and not with their square.

import { highest, stretch } from '../base/bits.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import type { Draft, RungInput } from './drafts.ts'
import type { Observed } from './observe.ts'
import { type CallDurations, orderAsFound, orderWithin } from './plans.ts'
import { type Window, wholeRun } from './window.ts'

/** Turns that calls move between at most. Chosen: far beyond what one response of a model asks for. */
export const HORIZON = 256

/** The steps of the batched run, or of a window of it. */
export function batchDrafts(input: RungInput): Draft[] {
  const { run, observed, window } = input
  const drafts: Draft[] = []
  if (observed.programCalls.length > 0 && window === undefined) {
    const calls = observed.programCalls
    drafts.push({ turn: null, segment: -1, stages: null, calls, order: orderAsFound(observed, calls) })
  }
  const segments = segmentsOf(run, observed, window ?? wholeRun(run))
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at]!
    let levels: readonly (readonly number[])[] = levelsOf(input, segment)
    let owners = ownersOf(run, levels, segment)
    if (owners.length > 0 && owners[0]! < segment.first) {
      // A call that started after those of a later turn needs one of them: no turn is left for all levels.
      levels = turnsAsFound(observed, segment)
      owners = ownersOf(run, levels, segment)
    }
    // Owners ascend.
    let level = 0
    for (let turn = segment.first; turn <= segment.last; turn++) {
      const calls = owners[level] === turn ? levels[level++]! : NO_CALLS
      if (calls.length === 0 && !staysEmpty(input, turn)) continue
      const untouched = input.movable !== undefined && !calls.some((call) => input.movable!.has(call))
      const order = untouched ? orderAsFound(observed, calls) : orderWithin(calls, input.independent)
      drafts.push({ turn, segment: at, stages: null, calls, order })
    }
  }
  return drafts
}

const NO_CALLS: readonly number[] = []

/** A turn that has no call left, or never had one, is kept if it had none, or if it had words for the user. */
function staysEmpty({ run, observed, keepWords }: RungInput, turn: number): boolean {
  return observed.callsOfTurn[turn]!.length === 0 || (keepWords && run.turns[turn]!.text.trim() !== '')
}

/** Whether a turn of these drafts is only there because it had words for the user, which the best case does not keep it for. */
export function isKeptForWords({ callsOfTurn }: Observed, drafts: readonly Draft[]): boolean {
  return drafts.some(({ turn, calls }) => turn !== null && calls.length === 0 && callsOfTurn[turn]!.length > 0)
}

/** Stretches of turns that calls may move between, in order, without gaps. */
function segmentsOf(run: Run, observed: Observed, window: Window): Window[] {
  const userSpoke = new Set(run.turnsAfterUser)
  const segments: Window[] = []
  let { first } = window
  for (let turn = first; turn <= window.last; turn++) {
    const next = turn + 1
    const closes =
      turn === window.last ||
      next - first === HORIZON ||
      userSpoke.has(next) ||
      observed.callsOfTurn[turn]!.length === 0 ||
      observed.callsOfTurn[next]!.length === 0
    if (!closes) continue
    segments.push({ first, last: turn })
    first = next
  }
  return segments
}

/** The calls of each level of a segment, in run order. A level without calls does not occur. */
function levelsOf(input: RungInput, segment: Window): (readonly number[])[] {
  const { run, observed, independent, movable } = input
  // Of one turn, all share a level.
  if (segment.first === segment.last) return turnsAsFound(observed, segment)
  const calls: number[] = []
  for (let turn = segment.first; turn <= segment.last; turn++) {
    for (const call of observed.callsOfTurn[turn]!) calls.push(call)
  }
  const inTurnOrder = ascends(calls)
  // Nothing may move, and nothing started out of turn: each level is a turn.
  if (movable?.size === 0 && inTurnOrder) return turnsAsFound(observed, segment)
  if (!inTurnOrder) calls.sort((a, b) => a - b)
  const firstCall = calls[0] ?? 0
  let levelCount = 0
  /** Per call, from the first: its level, plus one; 0 for none yet. */
  const placed = int32Zeros((calls.at(-1) ?? 0) - firstCall + 1)
  for (const call of calls) {
    const { turn } = run.calls[call]!
    const pinned = movable !== undefined && !movable.has(call)
    let level = pinned ? turn - segment.first : 0
    // Where nothing started out of turn, no call is on a later level than its turn's own, so none can push this one on.
    if (pinned && inTurnOrder) {
      levelCount = Math.max(levelCount, level + 1)
      placed[call - firstCall] = level + 1
      continue
    }
    // The last level with a call that this one is not independent of decides.
    let above = -1
    let sameTurn = true
    // From the latest call back, which mostly stands on the last level: what is on earlier ones then needs no question.
    let decided = levelCount === 0
    for (let word = call >>> 5; word >= firstCall >>> 5 && !decided; word = independent.nextWord(call, word)) {
      for (let bits = independent.maybeNot(call, word) & stretch(word, firstCall, call); bits !== 0 && !decided; ) {
        const place = highest(bits)
        bits ^= 1 << place
        const before = (word << 5) + place
        const at = placed[before - firstCall]! - 1
        if (at < level || at < above || (at === above && !sameTurn) || independent.may(before, call)) continue
        sameTurn = (at > above || sameTurn) && run.calls[before]!.turn === turn
        above = at
        // No level is later, and on this one nothing can take back what that says.
        decided = above === levelCount - 1 && !sameTurn
      }
    }
    // Of the same turn and not independent: may share a level, in order, but not come before.
    if (above !== -1) level = sameTurn ? above : above + 1
    levelCount = Math.max(levelCount, level + 1)
    placed[call - firstCall] = level + 1
  }
  return balance(input, byLevel(input, calls, placed, levelCount), segment)
}

/** The calls of each level that has some. Those of a turn that stays as it is are that turn's own list. */
function byLevel(
  { run, observed }: RungInput,
  calls: readonly number[],
  placed: Int32Array,
  levelCount: number,
): (readonly number[])[] {
  const firstCall = calls[0] ?? 0
  /** Per level: where its calls begin in `sorted`. */
  const start = int32Zeros(levelCount + 1)
  for (const call of calls) start[placed[call - firstCall]!]!++
  for (let level = 0; level < levelCount; level++) start[level + 1]! += start[level]!
  const next = start.slice()
  const sorted = calls.slice()
  for (const call of calls) sorted[next[placed[call - firstCall]! - 1]!++] = call
  const levels: (readonly number[])[] = []
  for (let level = 0; level < levelCount; level++) {
    const [from, until] = [start[level]!, start[level + 1]!]
    if (from === until) continue
    const asked = observed.callsOfTurn[run.calls[sorted[from]!]!.turn]!
    let isTurn = asked.length === until - from
    for (let at = 0; isTurn && at < asked.length; at++) isTurn = asked[at] === sorted[from + at]
    levels.push(isTurn ? asked : sorted.slice(from, until))
  }
  return levels
}

function ascends(calls: readonly number[]): boolean {
  for (let at = 1; at < calls.length; at++) if (calls[at - 1]! >= calls[at]!) return false
  return true
}

function turnsAsFound({ callsOfTurn }: Observed, { first, last }: Window): (readonly number[])[] {
  return callsOfTurn.slice(first, last + 1).filter((calls) => calls.length > 0)
}

/**
 * The turn that asks for each level's calls: the earliest that asked for one of them. From the last level back, so that
 * the owners ascend even where a pinned call holds a level that others passed by; where calls start in the order of their
 * turns, a call of level n comes from the segment's turn n or a later one, so there is always a turn left. Else the first
 * may be before the segment.
 */
function ownersOf(run: Run, levels: readonly (readonly number[])[], segment: Window): number[] {
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
  { run, durations, independent }: RungInput,
  levels: (readonly number[])[],
  segment: Window,
): (readonly number[])[] {
  // The level keeps one call at least, and nothing is later than the last.
  const last = levels.findLastIndex((calls, level) => calls.length > 1 && level < levels.length - 1)
  if (last === -1) return levels
  const owners = ownersOf(run, levels, segment)
  for (let level = last; level >= 0; level--) {
    const calls = levels[level]!
    // Nothing is gained if its longest stays.
    if (calls.length < 2 || run.calls[longestOf(calls, durations)]!.turn === owners[level]) continue
    const byLength = [...calls].sort((a, b) => durations[b]! - durations[a]! || a - b)
    for (let rank = 0; rank < byLength.length; rank++) {
      const call = byLength[rank]!
      const runnerUp = byLength[rank + 1]
      // The level keeps at least one call of the turn that asks for it.
      if (runnerUp === undefined || run.calls[call]!.turn === owners[level]) break
      const gainMs = durations[call]! - durations[runnerUp]!
      if (gainMs <= 0) break
      const target = betterLevel({ run, levels, owners, durations, independent }, call, level, gainMs)
      if (target === -1) break
      levels[level] = levels[level]!.filter((other) => other !== call)
      levels[target] = [...levels[target]!, call].sort((a, b) => a - b)
    }
  }
  return levels
}

/** The first of the longest. */
function longestOf(calls: readonly number[], durations: CallDurations): number {
  let longest = calls[0]!
  for (const call of calls) if (durations[call]! > durations[longest]!) longest = call
  return longest
}

interface Balanced extends Pick<RungInput, 'run' | 'durations' | 'independent'> {
  readonly levels: readonly (readonly number[])[]
  readonly owners: readonly number[]
}

/** The later level that takes `call` for less than `gainMs` more, or -1. */
function betterLevel(
  { run, levels, owners, durations, independent }: Balanced,
  call: number,
  level: number,
  gainMs: number,
): number {
  for (let later = level + 1; later < levels.length; later++) {
    if (owners[later]! > run.calls[call]!.turn) return -1
    const passed = levels[later - 1]!
    if (passed.some((other) => other > call && !independent.may(call, other))) return -1
    const target = levels[later]!
    if (target.some((other) => !independent.may(Math.min(other, call), Math.max(other, call)))) return -1
    const longestMs = durations[longestOf(target, durations)]!
    if (Math.max(longestMs, durations[call]!) - longestMs < gainMs) return later
  }
  return -1
}
