// Dependencies, effects and verdicts between the calls of one run.

import type { Json } from './json.ts'
import type { Learnt } from './learnt.ts'
import type { PairReason } from './pair-reason.ts'
import type { SpanId } from './span.ts'

export type DependencyKind = 'data' | 'state' | 'session' | 'control' | 'declared'

/** Where a value in an argument came from. `history`: not this value's, but what other runs of the agent say of the flow. */
export type Origin = 'result' | 'prompt' | 'argument' | 'authored' | 'override' | 'effect' | 'history'

/** Why a dependency is believed. Paths are JSON paths such as `$.hotel_id`. */
export interface Evidence {
  /** Path in the later call's arguments, or '' where the evidence is not about a value. */
  readonly toPath: string
  /** Path in the earlier call's result, or ''. */
  readonly fromPath: string
  readonly value: Json
  /** How the value changed on the way: `exact`, `substring`, `number`, … ; `none` where no value flowed. */
  readonly transform: string
  readonly origin: Origin
}

export interface Dependency {
  /** Span id of the earlier call. */
  readonly from: SpanId
  /** Span id of the later call, which could not have been made before `from` ended. */
  readonly to: SpanId
  readonly kind: DependencyKind
  /** Probability, in [0, 1], that the dependency is real. */
  readonly confidence: number
  readonly evidence: readonly Evidence[]
}

export type VerdictWord = 'dependent' | 'independent' | 'unknown'

export interface Verdict {
  readonly verdict: VerdictWord
  /** Probability, in [0, 1], that the verdict is right. 0 for `unknown`. */
  readonly confidence: number
}

export type EffectKind = 'read' | 'write' | 'session' | 'unknown'

export interface Effect {
  readonly kind: EffectKind
  /**
   * What said so, strongest first. `arguments`: code in them, or a method or statement against what else is said.
   * `annotation`: MCP's hints. `spans`: requests, statements and messages inside the tool's span.
   */
  readonly from: 'override' | 'config' | 'arguments' | 'annotation' | 'spans' | 'description' | 'name' | 'default'
}

/** What one call does to the world, and to which things, e.g. `path:/etc/hosts`. */
export interface CallEffect {
  readonly effect: Effect
  /** The user's word that it touches nothing that changes. */
  readonly pure?: boolean
  /** The user's name for the one stateful thing that it acts on. */
  readonly session?: string
  /** Normalised names of the things it touches; empty when they could not be told. */
  readonly resources: readonly string[]
}

/**
 * Why a mode fits, or does not. `independent`, `mechanical` and `alone` excuse nothing; the others say what keeps a call in
 * its place, and the first of this list that holds is given.
 */
export type ModeReason =
  | 'independent'
  | 'mechanical'
  /** One call, with nothing before it to run beside. */
  | 'alone'
  /** A cap allows one of them at a time. */
  | 'capped'
  /** They could run at the same time, and would end no sooner. */
  | 'no-gain'
  | 'session'
  /** A call before it had failed. */
  | 'error'
  | 'declared'
  | 'not-captured'
  /** The same question put in other words. */
  | 'refined'
  /** Values that the model wrote after it had seen a result. */
  | 'authored'
  /** Values read out of a longer text. */
  | 'read-out'
  /** One of several that a result offered. */
  | 'picked'
  /** Something was changed, and what was read before may have decided that. */
  | 'write'
  | 'state'
  /** The turn also wrote words, perhaps for the user. */
  | 'words'
  /** A person spoke, or was waited for. */
  | 'person'
  | 'unproven'

/**
 * Whether code could have written a call's arguments from what was known before. `mechanical`: every needed value is one
 * that was returned, given or used before, verbatim or simply transformed. `unsure` counts as mechanical in the best case
 * only. `reasoned`: never.
 */
export interface Derivation {
  readonly kind: 'mechanical' | 'unsure' | 'reasoned'
  readonly reason: ModeReason
}

/** Of one call j and 32 others, i < j: a bit for each, the first one's lowest. */
export interface PairBits {
  /** `verdict(i, j)` is not `independent` with so much confidence. */
  notFree: number
  /** It is `dependent` with so much; of `notFree`. */
  needed: number
  /** In neither, and has to be asked about. */
  open: number
}

/** What the analyzer believes of one run. Calls are named by their index in `run.calls`. */
export interface Inference {
  readonly effects: readonly CallEffect[]
  readonly dependencies: readonly Dependency[]
  /**
   * Needs i < j, and covers paths through other calls. O(1), about 50 ns, and one object for all pairs of which the same is
   * known; only how sure a dependency through others is takes a search, which is kept as long as j stays the same: ask by j.
   */
  verdict(i: number, j: number): Verdict
  /** Why i and j, i < j, are not independent, or not surely so. For the few pairs that a person is told of. */
  reason(i: number, j: number): PairReason
  /**
   * What the verdicts on j and the 32 calls from `32 * word` on say, those before j, for the threshold `least`: see
   * `PairBits`. Mostly some operations on bits, so that a fan-out of 5,000 reads need not ask 12.5 million times.
   * @returns the next lower word to ask about, -1 for none: between the two no bit would be set.
   */
  pairBits(j: number, word: number, least: number, into: PairBits): number
  /** For each argument leaf of each call: where it came from. The report's evidence is written from this. */
  readonly leaves: readonly (readonly LeafOrigin[])[]
  /** Per call: whether a program could have made it. */
  readonly derivations: readonly Derivation[]
  /** What other runs of the agent said that counted. */
  readonly learnt: Learnt | undefined
}

export interface LeafOrigin {
  readonly path: string
  readonly value: Json
  readonly origin: Origin
  /** Calls (indices) whose results hold the value; only for origin `result`. */
  readonly producers: readonly number[]
  /** Where it was found, in words a person reads: `prompt`, `search_hotels result $.id`. */
  readonly where: string
}
