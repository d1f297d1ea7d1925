// An activity network, as scheduling theory has it: activities with durations, precedence constraints with time lags.
// Invariant: activities are in a topological order: every constraint goes from a smaller index to a larger one.
// Index 0 is the run's start and the last index its end, both of no length.
// Held in parallel arrays: one run has thousands of networks, most of them small; an object per activity and constraint, or typed
// arrays for a few entries each, would be most of their cost.

import { assert } from '../base/assert.ts'
import type { Plan } from './plan.ts'

export const ACTIVITY_KINDS = ['start', 'turn', 'call', 'wait', 'wait-in-call', 'end'] as const

/** `wait`: for a person before a turn; `wait-in-call`: for a person inside a call, after its own work. */
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

/** An activity's kind in `Network.kinds`. */
export const KIND: Readonly<Record<ActivityKind, number>> = {
  start: 0,
  turn: 1,
  call: 2,
  wait: 3,
  'wait-in-call': 4,
  end: 5,
}

export interface Network {
  /** Activities, start and end among them. */
  readonly count: number
  /** Per activity: index in ACTIVITY_KINDS. */
  readonly kinds: readonly number[]
  /** Per activity: index in `run.turns` (turn, wait) or `run.calls` (call, wait-in-call); 0 for start and end. */
  readonly refs: readonly number[]
  readonly durationMs: readonly number[]
  /** The constraints on activity a are those at `into[a]` up to, and without, `into[a + 1]`. */
  readonly into: readonly number[]
  /** Per constraint: the activity that must end first. */
  readonly from: readonly number[]
  /** Per constraint: a starts no earlier than the end of `from` plus this. */
  readonly lagMs: readonly number[]
}

export const kindOf = ({ kinds }: Network, activity: number): ActivityKind => ACTIVITY_KINDS[kinds[activity]!]!

export function networkOf(plan: Plan): Network {
  const network = new NetworkBuilder()
  network.add('start', 0, 0)
  const stepCount = plan.steps.length
  /** Per step, and for the end of the run: the calls that it waits for and that the step before does not hold. */
  const joining = new Map<number, number[]>()
  /** The activity whose end is the end of a call; of calls that others come after. */
  const endOf = new Map<number, number>()
  const waitedFor = new Set<number>()
  // By index, here and below: these loops are most of what a small network costs.
  for (let at = 0; at < stepCount; at++) {
    const { calls } = plan.steps[at]!
    for (let k = 0; k < calls.length; k++) for (const before of calls[k]!.after) waitedFor.add(before)
  }
  /** What the next activity waits for, unless it says otherwise: so many of these. */
  const open = [0]
  let openCount = 1
  const joinAt = (at: number): void => {
    const ends = joining.size === 0 ? undefined : joining.get(at)
    if (ends !== undefined) for (const end of ends) open[openCount++] = end
  }
  for (let at = 0; at < stepCount; at++) {
    const step = plan.steps[at]!
    joinAt(at)
    if (step.turn !== null) {
      if (step.waitMs > 0) {
        const wait = network.add('wait', step.turn, step.waitMs)
        for (let i = 0; i < openCount; i++) network.after(open[i]!, 0)
        open[0] = wait
        openCount = 1
      }
      const turn = network.add('turn', step.turn, step.turnMs)
      for (let i = 0; i < openCount; i++) network.after(open[i]!, step.leadMs)
      open[0] = turn
      openCount = 1
    }
    const asked = openCount
    for (let k = 0; k < step.calls.length; k++) {
      const { call, durationMs, dispatchMs, argumentsMs, after, waitMs, joins } = step.calls[k]!
      let end = network.add('call', call, durationMs)
      const lagMs = after.length === 0 ? Math.max(dispatchMs, argumentsMs) : argumentsMs
      for (let i = 0; i < asked; i++) network.after(open[i]!, lagMs)
      for (let i = 0; i < after.length; i++) {
        const from = endOf.get(after[i]!)
        if (from !== undefined) network.after(from, dispatchMs)
      }
      if (waitMs > 0) {
        const node = end
        end = network.add('wait-in-call', call, waitMs)
        network.after(node, 0)
      }
      if (waitedFor.size > 0 && waitedFor.has(call)) endOf.set(call, end)
      if (joins <= at + 1) open[openCount++] = end
      else {
        const joinedBy = Math.min(joins, stepCount)
        const known = joining.get(joinedBy)
        if (known === undefined) joining.set(joinedBy, [end])
        else known.push(end)
      }
    }
  }
  joinAt(stepCount)
  network.add('end', 0, 0)
  for (let i = 0; i < openCount; i++) network.after(open[i]!, plan.tailMs)
  return network.done()
}

/** Takes activities in topological order, each followed by the constraints on it. */
export class NetworkBuilder {
  private readonly kinds: number[] = []
  private readonly refs: number[] = []
  private readonly durationMs: number[] = []
  private readonly into: number[] = []
  private readonly from: number[] = []
  private readonly lagMs: number[] = []

  /** Its index. */
  add(kind: ActivityKind, ref: number, durationMs: number): number {
    this.into.push(this.from.length)
    this.kinds.push(KIND[kind])
    this.refs.push(ref)
    return this.durationMs.push(durationMs) - 1
  }

  /** The activity added last starts no earlier than the end of `from` plus `lagMs`. */
  after(from: number, lagMs: number): void {
    const last = this.kinds.length - 1
    assert(from < last, 'the network has a cycle: an activity would wait for itself or a later one')
    this.from.push(from)
    this.lagMs.push(lagMs)
  }

  /** Nothing can be added afterwards. */
  done(): Network {
    const { kinds, refs, durationMs, into, from, lagMs } = this
    into.push(from.length)
    return { count: kinds.length, kinds, refs, durationMs, into, from, lagMs }
  }
}
