import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import type { HistoryMemory } from './history-memory.ts'

/**
 * One way of writing an agent's spans. `read` is only called with a span that `recognises` accepted; neither throws,
 * whatever the attributes hold.
 */
export interface Convention {
  /** Stable id for the report, e.g. `openinference`. */
  readonly id: string
  recognises(span: Span): boolean
  /** `memory` is that of the span's trace: it reads what a model was given without reading all of it anew in every turn. */
  read(span: Span, memory: HistoryMemory): SpanRecord
}
