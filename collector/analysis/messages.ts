import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import type { WantedReport } from '../routes/reports.ts'
import type { Summaries } from '../routes/summarize.ts'

export interface AnalysisData {
  readonly file: string
  readonly options: Partial<AnalyzeOptions>
}

/** `traceIds` are analysed together. */
export type Wanted =
  | { readonly kind: 'summaries'; readonly id: number; readonly traceIds: readonly TraceId[] }
  | { readonly kind: 'report'; readonly id: number; readonly wanted: WantedReport }

export type Analysed = { readonly id: number } & (
  | { readonly kind: 'summaries'; readonly summaries: Summaries }
  | { readonly kind: 'report'; readonly json: Uint8Array<ArrayBuffer> | null }
  /** What the database or the analyzer threw. */
  | { readonly kind: 'failed'; readonly message: string }
)
