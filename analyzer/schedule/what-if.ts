// What the freedom of some turns or calls alone would save.

import type { Rung } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { batchDrafts } from './batch-plan.ts'
import type { Draft, RungInput } from './drafts.ts'
import type { Observed } from './observe.ts'
import { orderAsFound } from './plans.ts'
import type { RungSchedule } from './schedule-run.ts'
import type { Window, WindowOf } from './window.ts'
import { lengthOfDrafts, plainWindows, type TurnDraft } from './window-length.ts'

type Bound = 'low' | 'high'

export interface WhatIf {
  /** Never negative. */
  readonly savedMs: number
  /** Made when it is asked for: most savings are too small to say more of. */
  readonly schedule: () => RungSchedule
}

export interface WhatIfs {
  /**
   * A rung with only some turns' (overlap) or calls' (batch, plan) freedom, and what that freedom alone saves: measured against
   * the same rung without any, so that what nested runs save is not counted again. Calls move among the turns that asked for
   * them. The schedule is that of these turns alone: what follows moves as a whole, so the saving is the whole run's.
   */
  readonly whatIf: (rung: Rung, bound: Bound, movable: ReadonlySet<number>) => WhatIf
  /** No `whatIf` of this freedom saves more than this, in ms: how long its turns took in all. */
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
  readonly inputOf: (rung: Rung, bound: Bound) => RungInput
  /** The order of one turn's calls on the rung `overlap`. */
  readonly orderOf: (bound: Bound, turn: number) => Draft['order']
  readonly withPrograms: (input: RungInput, bound: Bound, drafts: readonly Draft[]) => readonly Draft[]
  readonly rungOf: (rung: Rung, bound: Bound, movable: ReadonlySet<number>, window: Window) => RungSchedule
}

export function whatIfsOf(rungs: Rungs, windowOf: WindowOf): WhatIfs {
  const { run, observed, actual, isFree, isAsLong, inputOf, orderOf, withPrograms, rungOf } = rungs
  const isPlain = isFree ? plainWindows(run, observed) : () => false
  const heldInWindow = new Map<string, number>()

  /** The turns of a window as they were, but for those in which calls may run at the same time. */
  const turnsOf = ({ first, last }: Window, freed: ReadonlySet<number>, bound: Bound): TurnDraft[] => {
    const drafts: TurnDraft[] = []
    for (let turn = first; turn <= last; turn++) {
      const calls = observed.callsOfTurn[turn]!
      drafts.push({ turn, calls, order: freed.has(turn) ? orderOf(bound, turn) : orderAsFound(observed, calls) })
    }
    return drafts
  }
  const durationOf = (rung: Rung, bound: Bound, movable: ReadonlySet<number>, window: Window): number => {
    if (!isPlain(window)) return rungOf(rung, bound, movable, window).durationMs
    const input = { ...inputOf(rung, bound), movable, window }
    if (rung === 'overlap' || movable.size === 0) return lengthOfDrafts(input, window, turnsOf(window, movable, bound))
    const drafts = batchDrafts(input)
    return lengthOfDrafts(input, window, rung === 'plan' ? withPrograms(input, bound, drafts) : drafts)
  }
  /** How long a window is if nothing in it may move. Many findings are about one window. */
  const heldMs = (rung: Rung, bound: Bound, window: Window): number => {
    // As it was, then: on every rung, unless its calls are shorter there or more than its turns is in it.
    const of = isAsLong && isPlain(window) ? '' : `${rung} ${bound} `
    const key = `${of}${window.first} ${window.last}`
    let held = heldInWindow.get(key)
    if (held === undefined) {
      held = durationOf(rung, bound, NOTHING, window)
      heldInWindow.set(key, held)
    }
    return held
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
      if (window === null) return { savedMs: 0, schedule: () => actual }
      const savedMs = Math.max(0, heldMs(rung, bound, window) - durationOf(rung, bound, movable, window))
      return { savedMs, schedule: () => rungOf(rung, bound, movable, window) }
    },
    mostSaved: (rung, movable) => {
      const window = windowFor(rung, movable)
      if (window === null) return 0
      const untilMs = run.turns[window.last + 1]?.startMs ?? run.durationMs
      return untilMs - (window.first === 0 ? 0 : run.turns[window.first]!.startMs)
    },
  }
}

const NOTHING: ReadonlySet<number> = new Set()
