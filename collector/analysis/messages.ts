import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import type { Summaries } from '../routes/summarize.ts'

export interface SummaryData {
  readonly file: string
  readonly options: Partial<AnalyzeOptions>
}

export interface Wanted {
  readonly id: number
  /** Analysed together. */
  readonly traceIds: readonly TraceId[]
}

export type Summarized = { readonly id: number } & (
  | ({ readonly kind: 'summaries' } & Summaries)
  /** The database could not be read this time. */
  | { readonly kind: 'unread'; readonly message: string }
)
