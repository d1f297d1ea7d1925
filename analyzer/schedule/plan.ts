// A plan says in which order things happen, not when: the simulator turns it into times.
//
//   step 0            step 1
//   turn ─┬─ call     turn ─── call
//         └─ call ────┘
//
// Invariants: steps run one after another; a step's turn waits for every awaited call of the step before; calls are
// named by their index in `run.calls`; `after` names calls of the same step with a smaller index.

export interface PlannedCall {
  readonly call: number
  readonly durationMs: number
  /** Observed overhead between the moment the call could start and its start. */
  readonly dispatchMs: number
  /** Calls of the same step that must end first. */
  readonly after: readonly number[]
  /** False for a call that the next turn did not wait for: it only has to end before the run does. */
  readonly awaited: boolean
}

export interface Step {
  /** Index in `run.turns`; null for calls that no turn asked for. */
  readonly turn: number | null
  readonly turnMs: number
  /** Observed gap between the end of the step before and this turn, waits for a person left out. */
  readonly leadMs: number
  /** Wait for a person before this turn. */
  readonly waitMs: number
  readonly calls: readonly PlannedCall[]
}

export interface Plan {
  readonly steps: readonly Step[]
  /** Observed time between the last thing that ended and the end of the run. */
  readonly tailMs: number
}
