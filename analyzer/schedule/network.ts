// An activity network, as scheduling theory has it: activities with durations, precedence constraints with time lags.
// Invariant: activities are in a topological order: every constraint goes from a smaller index to a larger one.
// Index 0 is the run's start and the last index its end, both of no length.

import type { Plan } from './plan.ts'

export interface Activity {
  readonly kind: 'start' | 'turn' | 'call' | 'wait' | 'end'
  /** Index in `run.turns` or `run.calls`; of a wait, the turn after it; 0 for start and end. */
  readonly ref: number
  readonly durationMs: number
}

/** `to` starts no earlier than the end of `from` plus `lagMs`. */
export interface Constraint {
  readonly from: number
  readonly to: number
  readonly lagMs: number
}

export interface Network {
  readonly activities: readonly Activity[]
  readonly constraints: readonly Constraint[]
}

export function networkOf(plan: Plan): Network {
  const activities: Activity[] = [{ kind: 'start', ref: 0, durationMs: 0 }]
  const constraints: Constraint[] = []
  const add = (activity: Activity): number => activities.push(activity) - 1

  /** What the next step waits for, and what only the end of the run waits for. */
  let joined: number[] = [0]
  const background: number[] = []

  for (const step of plan.steps) {
    let open = joined
    if (step.turn !== null) {
      if (step.waitMs > 0) {
        const wait = add({ kind: 'wait', ref: step.turn, durationMs: step.waitMs })
        for (const from of joined) constraints.push({ from, to: wait, lagMs: 0 })
        open = [wait]
      }
      const turn = add({ kind: 'turn', ref: step.turn, durationMs: step.turnMs })
      for (const from of open) constraints.push({ from, to: turn, lagMs: step.leadMs })
      open = [turn]
    }
    const activityOf = new Map<number, number>()
    const awaited: number[] = []
    for (const planned of step.calls) {
      const node = add({ kind: 'call', ref: planned.call, durationMs: planned.durationMs })
      activityOf.set(planned.call, node)
      const lagMs = planned.after.length === 0 ? planned.dispatchMs : 0
      for (const from of open) constraints.push({ from, to: node, lagMs })
      for (const before of planned.after) {
        const from = activityOf.get(before)
        if (from !== undefined) constraints.push({ from, to: node, lagMs: planned.dispatchMs })
      }
      ;(planned.awaited ? awaited : background).push(node)
    }
    joined = [...open, ...awaited]
  }

  const end = add({ kind: 'end', ref: 0, durationMs: 0 })
  for (const from of [...joined, ...background]) constraints.push({ from, to: end, lagMs: plan.tailMs })
  return { activities, constraints }
}
