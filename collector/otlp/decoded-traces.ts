// What a decoder makes of one ExportTraceServiceRequest, and the rule for spans that nobody could find again.

import type { Attributes, Span, SpanId, TraceId } from '../../analyzer/model/span.ts'

export interface DecodedTraces {
  readonly spans: readonly Span[]
  /** Spans left out because their trace id or span id is absent or all zeros. */
  readonly rejected: number
  /** Why, for the sender; '' if nothing was rejected. */
  readonly reason: string
}

/** A span whose ids have been read but not judged: '' is an invalid id. */
export interface RawSpan extends Omit<Span, 'traceId' | 'spanId'> {
  readonly traceId: TraceId | ''
  readonly spanId: SpanId | ''
}

/** All spans below one resource and scope share these two objects: the store counts on their identity being stable. */
export interface Origin {
  readonly resource: Attributes
  readonly scope: { readonly name: string; readonly version: string }
}

/** Splits spans that can be stored from those that are rejected by partial success. */
export function judgeSpans(raw: readonly RawSpan[]): DecodedTraces {
  const spans = raw.filter((span): span is Span => span.traceId !== '' && span.spanId !== '')
  const rejected = raw.length - spans.length
  const reason = rejected === 0 ? '' : `${rejected} of ${raw.length} spans have no valid trace id and span id`
  return { spans, rejected, reason }
}
