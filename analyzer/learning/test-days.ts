import { draw } from '../../fixtures/draw.ts'
import type { Span, SpanId, TraceId } from '../model/span.ts'

/** Two tools that need nothing of each other, asked for in one turn and run at once. */
export const AT_ONCE = `# Clock
prompt: The weather in Oslo, and the time.
plan         ==      model
get_weather    .===  tool read <- {"city":"Oslo"} -> "rain"
get_clock      .===  tool read <- {} -> "12:40"
answer             .== model "Rain, 12:40."
`

/** The same two, each in a turn of its own. */
export const IN_TURN = `# Clock
prompt: The weather in Oslo, and the time.
plan         ==           model
get_weather    .===       tool read <- {"city":"Oslo"} -> "rain"
next               ==     model
get_clock            .=== tool read <- {} -> "12:40"
answer                  .== model "Rain, 12:40."
`

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
