import { draw } from '../../fixtures/draw.ts'
import type { Span, SpanId, TraceId } from '../model/span.ts'

const DAY_NS = 86_400_000_000_000n

/** The spans of a drawing as the n-th trace of its agent, a day after the one before. */
export function onDay(n: number, text: string): Span[] {
  const later = BigInt(n) * DAY_NS
  const idOf = (id: SpanId) => `${(n + 1).toString(16).padStart(4, '0')}${id.slice(4)}` as SpanId
  return draw(text).spans.map((span) => ({
    ...span,
    spanId: idOf(span.spanId),
    parentSpanId: span.parentSpanId && idOf(span.parentSpanId),
    traceId: (n + 1).toString(16).padStart(32, '0') as TraceId,
    startTimeUnixNano: span.startTimeUnixNano + later,
    endTimeUnixNano: span.endTimeUnixNano + later,
  }))
}
