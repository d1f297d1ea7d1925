// The OpenTelemetry log record as received. Some agents put tool arguments and results here and not into spans.

import type { Attributes, AttributeValue, Span, SpanId, TraceId } from './span.ts'

export interface LogRecord {
  /** Null for a record outside of any trace. */
  readonly traceId: TraceId | null
  readonly spanId: SpanId | null
  /** 0 if the source did not know it: take the observed time then. */
  readonly timeUnixNano: bigint
  readonly observedTimeUnixNano: bigint
  /** OTLP's severity numbers: 1 to 4 trace, 5 debug, 9 info, 13 warn, 17 error, 21 to 24 fatal; 0 unspecified. */
  readonly severityNumber: number
  readonly severityText: string
  /** '' for a record that is no event. */
  readonly eventName: string
  readonly body: AttributeValue
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
  readonly scope: Span['scope']
  readonly resource: Attributes
}
