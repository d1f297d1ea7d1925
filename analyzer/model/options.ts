// What a user can set. Every field has a default in DEFAULT_OPTIONS; a partial object is merged over it.

import type { EffectKind } from './dependency.ts'
import type { SpanId } from './span.ts'

/** Which kind of fix a schedule assumes. `plan` and `bound` are not built yet. */
export type Rung = 'overlap' | 'batch'

/** A user's own word on one run, which beats every inference. */
export type Override =
  | { readonly kind: 'independent'; readonly from: SpanId; readonly to: SpanId }
  | { readonly kind: 'dependent'; readonly from: SpanId; readonly to: SpanId }
  | { readonly kind: 'effect'; readonly tool: string; readonly effect: EffectKind }

export interface ToolConfig {
  readonly effect?: EffectKind
}

export interface AnalyzeOptions {
  /** The rung that the headline figure is computed for. */
  readonly rung: Rung
  /** Verdicts below this confidence are not acted on. In [0, 1]. */
  readonly threshold: number
  /** How many calls may run at the same time. Infinity for no cap. */
  readonly concurrency: number
  /** Per tool name. */
  readonly tools: Readonly<Record<string, ToolConfig>>
  readonly overrides: readonly Override[]
  /** Report a verdict for every pair of calls, not only for those that a claim rests on. */
  readonly allPairs: boolean
  /** False leaves arguments, results and messages out of the report. */
  readonly content: boolean
}

export const DEFAULT_OPTIONS: AnalyzeOptions = {
  rung: 'batch',
  threshold: 0.8,
  concurrency: Number.POSITIVE_INFINITY,
  tools: {},
  overrides: [],
  allPairs: false,
  content: true,
}
