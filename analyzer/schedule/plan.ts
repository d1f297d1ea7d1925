// A plan says in which order things happen, not when: the simulator turns it into times.
//
//   step 0            step 1
//   turn ─┬─ call     turn ─── call
//         └─ call ────┘
//
// Invariants: steps run one after another; a step's turn waits for the turn before and for every call that joins it;
// calls are named by their index in `run.calls`; `after` names calls with a smaller index, of the same step or still
// running from an earlier one.

export interface PlannedCall {
  readonly call: number
  readonly durationMs: number
  /** Observed overhead between the moment the call could start and its start. */
  readonly dispatchMs: number
  /** How long after its turn's end its arguments are complete: 0 unless turns are streamed. */
  readonly argumentsMs: number
  /** Calls that must end first. */
  readonly after: readonly number[]
  /** Time inside the call, at its end, in which a person was waited for; not part of `durationMs`. */
  readonly waitMs: number
  /** How many steps after its own the one stands that waits for it: 1, or more for a call in the background; past the last for none. */
  readonly joins: number
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
