// What the freedom of some turns or calls alone would save.

import type { Rung } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { batchDrafts, isKeptForWords } from './batch-plan.ts'
import { type Draft, movesOf, type RungInput } from './drafts.ts'
import type { Observed } from './observe.ts'
import { orderAsFound } from './plans.ts'
import { type SavingLimits, savingLimits } from './saving-limits.ts'
import type { RungSchedule } from './schedule-run.ts'
import type { Window, WindowOf } from './window.ts'
import { plainWindows, type TurnDraft, windowLengths } from './window-length.ts'

type Bound = 'low' | 'high'

export interface WhatIf {
  /** Never negative. */
  readonly savedMs: number
  /** Both are made when they are asked for: most savings are too small to say more of. */
  readonly schedule: () => RungSchedule
  readonly tokensRemoved: () => number
}

export interface WhatIfs {
  /**
   * A rung with only some turns' (overlap) or calls' (batch, plan) freedom, and what that freedom alone saves: measured against
   * the same rung without any, so that what nested runs save is not counted again. Calls move among the turns that asked for
   * them. The schedule is that of these turns alone: what follows moves as a whole, so the saving is the whole run's.
   */
  readonly whatIf: (rung: Rung, bound: Bound, movable: ReadonlySet<number>) => WhatIf
  /** No `whatIf` of this freedom saves more than this, in ms. */
  readonly mostSaved: (rung: Rung, movable: ReadonlySet<number>) => number
}

/** The rungs as the run's schedules are made of them. */
export interface Rungs {
  readonly run: Run
  readonly observed: Observed
  readonly actual: RungSchedule
  /** Whether no cap is set and running beside others costs nothing. */
  readonly isFree: boolean
  /** Whether calls are as long as they were on every rung. */
  readonly isAsLong: boolean
  readonly inputOf: (rung: Rung, bound: Bound, movable?: ReadonlySet<number>, window?: Window) => RungInput
  /** See `independence`. */
  readonly doubts: () => number
  /** The order of one turn's calls on the rung `overlap`. */
  readonly orderOf: (bound: Bound, turn: number) => Draft['order']
  readonly withPrograms: (input: RungInput, bound: Bound, drafts: readonly Draft[]) => readonly Draft[]
  readonly rungOf: (rung: Rung, bound: Bound, movable: ReadonlySet<number>, window: Window) => RungSchedule
}

export function whatIfsOf(rungs: Rungs, windowOf: WindowOf): WhatIfs {
  const { run, observed, actual, isFree, isAsLong, inputOf, doubts, orderOf, withPrograms, rungOf } = rungs
  const isPlain = isFree ? plainWindows(run, observed) : () => false
  const { asFound, ofDrafts } = windowLengths(run, observed)
  let limits: SavingLimits | undefined
  /** What low said last of calls that may move, if high says the same: it is asked next. */
  let sure: { readonly movable: ReadonlySet<number>; readonly answer: WhatIf } | undefined
  /** By window, and where that matters by rung and bound. */
  const heldInWindow = new Map<number | string, number>()
  /** By turn and bound: many findings are about one turn. */
  const overlapped = new Map<number, number>()

  /** How long a window is if nothing in it may move. Many findings are about one window. */
  const heldMs = (rung: Rung, bound: Bound, window: Window): number => {
    const { first, last } = window
    const plain = isPlain(window)
    // As it was, then: on every rung, unless its calls are shorter there or more than its turns is in it.
    const key = plain && isAsLong ? first * run.turns.length + last : `${rung} ${bound} ${first} ${last}`
    let held = heldInWindow.get(key)
    if (held === undefined) {
      held = plain ? asFound(inputOf(rung, bound).durations, window) : rungOf(rung, bound, NOTHING, window).durationMs
      heldInWindow.set(key, held)
    }
    return held
  }
  /** The length of a plain window in which the calls of these turns may run at the same time. */
  const overlappedMs = (bound: Bound, freed: ReadonlySet<number>, window: Window): number => {
    const [only] = freed
    const key = 2 * only! + (bound === 'low' ? 0 : 1)
    const known = freed.size === 1 ? overlapped.get(key) : undefined
    if (known !== undefined) return known
    const drafts: TurnDraft[] = []
    for (let turn = window.first; turn <= window.last; turn++) {
      const calls = observed.callsOfTurn[turn]!
      drafts.push({ turn, calls, order: freed.has(turn) ? orderOf(bound, turn) : orderAsFound(observed, calls) })
    }
    const ms = ofDrafts(inputOf('overlap', bound), window, drafts)
    if (freed.size === 1) overlapped.set(key, ms)
    return ms
  }
  const windowFor = (rung: Rung, movable: ReadonlySet<number>): Window | null => {
    let first = run.turns.length
    let last = -1
    for (const one of movable) {
      const turn = rung === 'overlap' ? one : run.calls[one]!.turn
      if (turn < 0) continue
      first = Math.min(first, turn)
      last = Math.max(last, turn)
    }
    return last === -1 ? null : windowOf(first, last)
  }
  return {
    whatIf: (rung, bound, movable) => {
      const window = windowFor(rung, movable)
      if (window === null) return { savedMs: 0, schedule: () => actual, tokensRemoved: () => 0 }
      const beforeMs = heldMs(rung, bound, window)
      if (!isPlain(window)) {
        const found = rungOf(rung, bound, movable, window)
        const savedMs = Math.max(0, beforeMs - found.durationMs)
        return { savedMs, schedule: () => found, tokensRemoved: () => found.tokensRemoved }
      }
      if (rung === 'overlap') {
        const savedMs = Math.max(0, beforeMs - overlappedMs(bound, movable, window))
        return { savedMs, schedule: () => rungOf(rung, bound, movable, window), tokensRemoved: () => 0 }
      }
      if (rung === 'batch' && bound === 'high' && sure?.movable === movable) return sure.answer
      const input = inputOf(rung, bound, movable, window)
      const doubted = doubts()
      const moved = batchDrafts(input)
      const drafts = rung === 'plan' ? withPrograms(input, bound, moved) : moved
      const answer = {
        savedMs: Math.max(0, beforeMs - ofDrafts(input, window, drafts)),
        schedule: () => rungOf(rung, bound, movable, window),
        tokensRemoved: () => movesOf(input, drafts).tokensRemoved,
      }
      const alike = isAsLong && doubts() === doubted && !isKeptForWords(observed, drafts)
      if (rung === 'batch' && bound === 'low') sure = alike ? { movable, answer } : undefined
      return answer
    },
    mostSaved: (rung, movable) => {
      const window = windowFor(rung, movable)
      if (window === null) return 0
      if (isAsLong && isPlain(window)) {
        limits ??= savingLimits(run, observed)
        return rung === 'overlap' ? limits.ofTurns(movable) : limits.ofCalls(movable, window)
      }
      const untilMs = run.turns[window.last + 1]?.startMs ?? run.durationMs
      return untilMs - (window.first === 0 ? 0 : run.turns[window.first]!.startMs)
    },
  }
}

const NOTHING: ReadonlySet<number> = new Set()
