// An activity network, as scheduling theory has it: activities with durations, precedence constraints with time lags.
// Invariant: activities are in a topological order: every constraint goes from a smaller index to a larger one.
// Index 0 is the run's start and the last index its end, both of no length.
// Held in typed arrays: one run has a dozen networks, and an object per activity and constraint was most of their cost.

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
  readonly kinds: Uint8Array
  /** Per activity: index in `run.turns` (turn, wait) or `run.calls` (call, wait-in-call); 0 for start and end. */
  readonly refs: Int32Array
  readonly durationMs: Float64Array
  /** The constraints on activity a are those at `into[a]` up to, and without, `into[a + 1]`. */
  readonly into: Int32Array
  /** Per constraint: the activity that must end first. */
  readonly from: Int32Array
  /** Per constraint: a starts no earlier than the end of `from` plus this. */
  readonly lagMs: Float64Array
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
  for (const { calls } of plan.steps) for (const { after } of calls) for (const before of after) waitedFor.add(before)
  /** What the next activity waits for, unless it says otherwise. */
  let open = [0]
  const joinAt = (at: number): void => {
    for (const end of joining.get(at) ?? []) open.push(end)
  }
  plan.steps.forEach((step, at) => {
    joinAt(at)
    if (step.turn !== null) {
      if (step.waitMs > 0) {
        const wait = network.add('wait', step.turn, step.waitMs)
        for (const from of open) network.after(from, 0)
        open = [wait]
      }
      const turn = network.add('turn', step.turn, step.turnMs)
      for (const from of open) network.after(from, step.leadMs)
      open = [turn]
    }
    const asked = open.length
    for (const { call, durationMs, dispatchMs, argumentsMs, after, waitMs, joins } of step.calls) {
      let end = network.add('call', call, durationMs)
      const lagMs = after.length === 0 ? Math.max(dispatchMs, argumentsMs) : argumentsMs
      for (let i = 0; i < asked; i++) network.after(open[i]!, lagMs)
      for (const before of after) {
        const from = endOf.get(before)
        if (from !== undefined) network.after(from, dispatchMs)
      }
      if (waitMs > 0) {
        const node = end
        end = network.add('wait-in-call', call, waitMs)
        network.after(node, 0)
      }
      if (waitedFor.has(call)) endOf.set(call, end)
      if (joins <= at + 1) open.push(end)
      else {
        const joinedBy = Math.min(joins, stepCount)
        const known = joining.get(joinedBy)
        if (known === undefined) joining.set(joinedBy, [end])
        else known.push(end)
      }
    }
  })
  joinAt(stepCount)
  network.add('end', 0, 0)
  for (const from of open) network.after(from, plan.tailMs)
  return network.done()
}

/** Takes activities in topological order, each followed by the constraints on it. */
export class NetworkBuilder {
  private count = 0
  private constraints = 0
  private kinds = new Uint8Array(64)
  private refs = new Int32Array(64)
  private durationMs = new Float64Array(64)
  private into = new Int32Array(65)
  private from = new Int32Array(128)
  private lagMs = new Float64Array(128)

  /** Its index. */
  add(kind: ActivityKind, ref: number, durationMs: number): number {
    if (this.count === this.kinds.length) this.growActivities()
    this.kinds[this.count] = KIND[kind]
    this.refs[this.count] = ref
    this.durationMs[this.count] = durationMs
    this.into[this.count] = this.constraints
    return this.count++
  }

  /** The activity added last starts no earlier than the end of `from` plus `lagMs`. */
  after(from: number, lagMs: number): void {
    assert(from < this.count - 1, `the network has a cycle: activity ${this.count - 1} would wait for ${from}`)
    if (this.constraints === this.from.length) this.growConstraints()
    this.from[this.constraints] = from
    this.lagMs[this.constraints++] = lagMs
  }

  done(): Network {
    const { count, constraints } = this
    this.into[count] = constraints
    return {
      count,
      kinds: this.kinds.subarray(0, count),
      refs: this.refs.subarray(0, count),
      durationMs: this.durationMs.subarray(0, count),
      into: this.into.subarray(0, count + 1),
      from: this.from.subarray(0, constraints),
      lagMs: this.lagMs.subarray(0, constraints),
    }
  }

  private growActivities(): void {
    const size = 2 * this.count
    this.kinds = grown(new Uint8Array(size), this.kinds)
    this.refs = grown(new Int32Array(size), this.refs)
    this.durationMs = grown(new Float64Array(size), this.durationMs)
    this.into = grown(new Int32Array(size + 1), this.into)
  }

  private growConstraints(): void {
    const size = 2 * this.constraints
    this.from = grown(new Int32Array(size), this.from)
    this.lagMs = grown(new Float64Array(size), this.lagMs)
  }
}

function grown<T extends { set(values: T): void }>(larger: T, values: T): T {
  larger.set(values)
  return larger
}
