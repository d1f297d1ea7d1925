// An activity network, as scheduling theory has it: activities with durations, precedence constraints with time lags.
// Invariant: activities are in a topological order: every constraint goes from a smaller index to a larger one.
// Index 0 is the run's start and the last index its end, both of no length.

import type { Plan } from './plan.ts'

export interface Activity {
  /** `wait`: for a person before a turn; `wait-in-call`: for a person inside a call, after its own work. */
  readonly kind: 'start' | 'turn' | 'call' | 'wait' | 'wait-in-call' | 'end'
  /** Index in `run.turns` (turn, wait) or `run.calls` (call, wait-in-call); 0 for start and end. */
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

  /** Per step, and for the end of the run: the calls that it waits for. */
  const joining: number[][] = Array.from({ length: plan.steps.length + 1 }, () => [])
  /** The activity whose end is the end of a call. */
  const endOf = new Map<number, number>()
  let open = [0]
  plan.steps.forEach((step, at) => {
    open = [...open, ...joining[at]!]
    if (step.turn !== null) {
      if (step.waitMs > 0) {
        const wait = add({ kind: 'wait', ref: step.turn, durationMs: step.waitMs })
        for (const from of open) constraints.push({ from, to: wait, lagMs: 0 })
        open = [wait]
      }
      const turn = add({ kind: 'turn', ref: step.turn, durationMs: step.turnMs })
      for (const from of open) constraints.push({ from, to: turn, lagMs: step.leadMs })
      open = [turn]
    }
    for (const planned of step.calls) {
      const node = add({ kind: 'call', ref: planned.call, durationMs: planned.durationMs })
      const lagMs = planned.after.length === 0 ? planned.dispatchMs : 0
      for (const from of open) constraints.push({ from, to: node, lagMs })
      for (const before of planned.after) {
        const from = endOf.get(before)
        if (from !== undefined) constraints.push({ from, to: node, lagMs: planned.dispatchMs })
      }
      let end = node
      if (planned.waitMs > 0) {
        end = add({ kind: 'wait-in-call', ref: planned.call, durationMs: planned.waitMs })
        constraints.push({ from: node, to: end, lagMs: 0 })
      }
      endOf.set(planned.call, end)
      joining[Math.min(planned.joins, plan.steps.length)]!.push(end)
    }
  })

  const end = add({ kind: 'end', ref: 0, durationMs: 0 })
  for (const from of [...open, ...joining[plan.steps.length]!]) constraints.push({ from, to: end, lagMs: plan.tailMs })
  return { activities, constraints }
}
