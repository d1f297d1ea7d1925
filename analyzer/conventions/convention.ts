import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'

/**
 * One way of writing an agent's spans. `read` is only called with a span that `recognises` accepted; neither throws,
 * whatever the attributes hold.
 */
export interface Convention {
  /** Stable id for the report, e.g. `openinference`. */
  readonly id: string
  recognises(span: Span): boolean
  read(span: Span): SpanRecord
}
