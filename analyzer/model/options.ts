// What a user can set. Every field has a default in DEFAULT_OPTIONS; a partial object is merged over it.

import type { EffectKind } from './dependency.ts'
import type { SpanId } from './span.ts'

/** Which kind of fix a schedule assumes, each including the one before. */
export type Rung = 'overlap' | 'batch' | 'plan'

export const RUNGS: readonly Rung[] = ['overlap', 'batch', 'plan']

/** A user's own word on a pair of calls or on a tool, which beats every inference. */
export type Override =
  | { readonly kind: 'independent'; readonly from: SpanId; readonly to: SpanId }
  | { readonly kind: 'dependent'; readonly from: SpanId; readonly to: SpanId }
  | { readonly kind: 'effect'; readonly tool: string; readonly effect: EffectKind }

/** What an override is about: a later one on the same subject takes the place of an earlier one. */
export function subjectOf(override: Override): string {
  return override.kind === 'effect' ? `tool ${override.tool}` : `pair ${override.from} ${override.to}`
}

/** What a user knows of a tool and the analyzer would have to guess. Each field that is set beats the guess. */
export interface ToolConfig {
  readonly effect?: EffectKind
  /**
   * Things that each of its calls touches, in place of what its arguments seem to name. `{path}` stands for the argument
   * of that name: `file:{path}`, `table:orders`. Calls of different tools that name one thing touch one thing.
   */
  readonly resources?: readonly string[]
  /** Name of the one stateful thing that it acts on. All calls of one session keep their order; other calls are none of its business. */
  readonly session?: string
  /** Tools, as names or patterns, whose earlier calls each of its calls needs. */
  readonly dependsOn?: readonly string[]
  /** Tools, as names or patterns, with whose calls its own may change places, whichever came first. */
  readonly independentOf?: readonly string[]
  /** It computes from its arguments alone: it reads nothing that changes, and changes nothing. */
  readonly pure?: boolean
  /** How many of its calls may run at the same time. */
  readonly concurrency?: number
}

export const RULE_IDS = [
  'serialized-batch',
  'serialized-turns',
  'n-plus-one',
  'mechanical-chain',
  'duplicate-call',
  'late-start',
  'over-capacity',
  'unsafe-overlap',
  'sequential-is-right',
  'content-missing',
] as const

/** Stable names of the rules, as in reports, configurations and the docs. */
export type RuleId = (typeof RULE_IDS)[number]

/** From where on a rule speaks. */
export interface RuleOptions {
  /** A saving below this, in ms, or below `minSavedShare` of the run is not reported. 0 for both reports everything. */
  readonly minSavedMs: number
  readonly minSavedShare: number
  /** `n-plus-one`: so many calls of one tool that differ in one argument. */
  readonly nPlusOneCalls: number
  /** `late-start`: so many ms later than the run's calls usually start. */
  readonly lateStartMs: number
  /** `over-capacity`: so many calls at the same time are a fan-out. */
  readonly fanOutCalls: number
}

/** A finding that the user does not want to hear of again. */
export interface Silence {
  /** All rules if left out. */
  readonly rule?: RuleId
  /** Every tool that the finding is about must fit one of these names or patterns. */
  readonly tools: readonly string[]
  /** Why: whoever reads the configuration next has to know. */
  readonly reason: string
}

/** What a model's tokens cost, in any one currency, per million. */
export interface TokenPrice {
  readonly input: number
  readonly output: number
}

/** Prices by the model's name as the spans have it. A model that is not listed has no price, and its turns no cost. */
export interface PriceTable {
  /** ISO 4217, such as `USD`. */
  readonly currency: string
  readonly models: Readonly<Record<string, TokenPrice>>
}

export interface AnalyzeOptions {
  /** The rung that the headline figure is computed for. */
  readonly rung: Rung
  /** Verdicts below this confidence are not acted on. In [0, 1]. */
  readonly threshold: number
  /** How many calls may run at the same time. Infinity for no cap. */
  readonly concurrency: number
  /**
   * How many calls may run at the same time that touch a resource, by its name in the report or a pattern:
   * `url:api.example.com`, `path:*`.
   */
  readonly resourceCaps: Readonly<Record<string, number>>
  /** Added to every call that a schedule starts beside others it did not run beside. In ms. */
  readonly callOverheadMs: number
  /** How many times as long such a call takes: 1 for no contention. At least 1. */
  readonly contention: number
  /** Null for no prices: nothing is said of money then. */
  readonly prices: PriceTable | null
  /** By tool name, or a pattern in which `*` stands for any characters. The tool's own name beats patterns, a later pattern an earlier one. */
  readonly tools: Readonly<Record<string, ToolConfig>>
  readonly overrides: readonly Override[]
  readonly rules: RuleOptions
  readonly silence: readonly Silence[]
  /** Let earlier runs of the same agent count, where there are any. */
  readonly history: boolean
  /** Report a verdict for every pair of calls, not only for those that a claim rests on. */
  readonly allPairs: boolean
  /** False leaves arguments, results and messages out of the report. */
  readonly content: boolean
}

export const DEFAULT_OPTIONS: AnalyzeOptions = {
  rung: 'batch',
  threshold: 0.8,
  concurrency: Number.POSITIVE_INFINITY,
  resourceCaps: {},
  callOverheadMs: 0,
  contention: 1,
  prices: null,
  tools: {},
  overrides: [],
  rules: { minSavedMs: 20, minSavedShare: 0.01, nPlusOneCalls: 3, lateStartMs: 50, fanOutCalls: 3 },
  silence: [],
  history: true,
  allPairs: false,
  content: true,
}
