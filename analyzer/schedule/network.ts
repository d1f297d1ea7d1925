// An activity network, as scheduling theory has it: activities with durations, precedence constraints with time lags.
// Invariant: activities are in a topological order: every constraint goes from a smaller index to a larger one.
// Index 0 is the run's start and the last index its end, both of no length.
// Held in parallel typed arrays, made as long as they get: an object per activity and constraint would be most of the cost.

import { assert } from '../base/assert.ts'
import { float64Zeros, int32Zeros, uint8Zeros } from '../base/zeros.ts'
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
  readonly kinds: Uint8Array
  /** Per activity: index in `run.turns` (turn, wait) or `run.calls` (call, wait-in-call); 0 for start and end. */
  readonly refs: Int32Array
  readonly durationMs: Float64Array
  /** The constraints on activity a are those at `into[a]` up to, and without, `into[a + 1]`. */
  readonly into: Int32Array
  /** Per constraint: the activity that must end first. There is room behind the last one. */
  readonly from: Int32Array
  /** Per constraint: a starts no earlier than the end of `from` plus this. */
  readonly lagMs: Float64Array
}

export const kindOf = ({ kinds }: Network, activity: number): ActivityKind => ACTIVITY_KINDS[kinds[activity]!]!

export function networkOf(plan: Plan): Network {
  const stepCount = plan.steps.length
  let activities = 2
  /** Constraints beyond one on each activity: for each call that it waits for, and that waits for it. */
  let waited = 0
  let firstCall = Number.POSITIVE_INFINITY
  let lastCall = -1
  // By index, here and below: these loops are most of what a small network costs.
  for (let at = 0; at < stepCount; at++) {
    const { calls, turn, waitMs } = plan.steps[at]!
    if (turn !== null) activities += waitMs > 0 ? 2 : 1
    for (let k = 0; k < calls.length; k++) {
      const planned = calls[k]!
      activities += planned.waitMs > 0 ? 2 : 1
      waited += 1 + planned.after.length
      if (planned.call < firstCall) firstCall = planned.call
      if (planned.call > lastCall) lastCall = planned.call
    }
  }
  const network = new NetworkBuilder(activities, activities + waited)
  network.add('start', 0, 0)
  /** Per call, from the first: the activity whose end is its end; 0 for none yet. */
  const endOf = int32Zeros(lastCall < 0 ? 0 : lastCall - firstCall + 1)
  /** Per step, and for the end of the run: the calls that it waits for and that the step before does not hold. */
  const joining = new Map<number, number[]>()
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
        // Undefined for a call that the plan does not hold.
        const from = endOf[after[i]! - firstCall]
        if (from !== undefined && from !== 0) network.after(from, dispatchMs)
      }
      if (waitMs > 0) {
        const node = end
        end = network.add('wait-in-call', call, waitMs)
        network.after(node, 0)
      }
      endOf[call - firstCall] = end
      if (joins <= 1) open[openCount++] = end
      else {
        const joinedBy = Math.min(at + joins, stepCount)
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
  private readonly kinds: Uint8Array
  private readonly refs: Int32Array
  private readonly durationMs: Float64Array
  private readonly into: Int32Array
  private from: Int32Array
  private lagMs: Float64Array
  private count = 0
  private constraints = 0

  /**
   * @param count of the activities that will be added.
   * @param constraints how many there may be: with more of them, room is made.
   */
  constructor(count: number, constraints: number) {
    this.kinds = uint8Zeros(count)
    this.refs = int32Zeros(count)
    this.durationMs = float64Zeros(count)
    this.into = int32Zeros(count + 1)
    this.from = int32Zeros(constraints)
    this.lagMs = float64Zeros(constraints)
  }

  /** Its index. */
  add(kind: ActivityKind, ref: number, durationMs: number): number {
    const activity = this.count++
    this.into[activity] = this.constraints
    this.kinds[activity] = KIND[kind]
    this.refs[activity] = ref
    this.durationMs[activity] = durationMs
    return activity
  }

  /** The activity added last starts no earlier than the end of `from` plus `lagMs`. */
  after(from: number, lagMs: number): void {
    assert(from < this.count - 1, 'the network has a cycle: an activity would wait for itself or a later one')
    if (this.constraints === this.from.length) this.grow()
    this.from[this.constraints] = from
    this.lagMs[this.constraints++] = lagMs
  }

  /** Nothing can be added afterwards. */
  done(): Network {
    const { kinds, refs, durationMs, into, from, lagMs, count } = this
    assert(count === kinds.length, 'the network has other activities than it was made for')
    into[count] = this.constraints
    return { count, kinds, refs, durationMs, into, from, lagMs }
  }

  private grow(): void {
    const { from, lagMs } = this
    this.from = int32Zeros(2 * from.length)
    this.from.set(from)
    this.lagMs = float64Zeros(2 * lagMs.length)
    this.lagMs.set(lagMs)
  }
}
