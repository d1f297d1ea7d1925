import { draw } from '../../fixtures/draw.ts'
import type { Span, TraceId } from '../model/span.ts'

const DAY_NS = 86_400_000_000_000n

/** The spans of a drawing as the n-th trace of its agent, a day after the one before. */
export function onDay(n: number, text: string): Span[] {
  const later = BigInt(n) * DAY_NS
  return draw(text).spans.map((span) => ({
    ...span,
    traceId: n.toString(16).padStart(32, '0') as TraceId,
    startTimeUnixNano: span.startTimeUnixNano + later,
    endTimeUnixNano: span.endTimeUnixNano + later,
  }))
}
