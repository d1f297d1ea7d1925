// The OpenTelemetry span as received, in the shape the analyzer reads. No convention has looked at it yet.

import type { Brand } from '../base/brand.ts'

/** 32 lower-case hex digits. */
export type TraceId = Brand<string, 'TraceId'>
/** 16 lower-case hex digits. */
export type SpanId = Brand<string, 'SpanId'>

/** OTLP's AnyValue. Integers beyond 2^53 are bigints, so no digit is lost; bytes are base64 text behind a marker. */
export type AttributeValue =
  | null
  | string
  | boolean
  | number
  | bigint
  | { readonly base64: string }
  | readonly AttributeValue[]
  | ReadonlyMap<string, AttributeValue>

/** A Map and not an object: attribute names come from outside, and `__proto__` is a name like any other. */
export type Attributes = ReadonlyMap<string, AttributeValue>

export interface SpanEvent {
  readonly name: string
  readonly timeUnixNano: bigint
  readonly attributes: Attributes
}

export interface SpanLink {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly attributes: Attributes
}

/** OTLP status codes. */
export const STATUS_ERROR = 2

export interface Span {
  readonly traceId: TraceId
  readonly spanId: SpanId
  /** Null for a span without a parent. The parent itself may never arrive. */
  readonly parentSpanId: SpanId | null
  readonly name: string
  /** OTLP SpanKind: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer; others are kept. */
  readonly kind: number
  readonly startTimeUnixNano: bigint
  readonly endTimeUnixNano: bigint
  readonly attributes: Attributes
  /** Attributes that the SDK dropped before export: the span is incomplete if this is not 0. */
  readonly droppedAttributesCount: number
  readonly events: readonly SpanEvent[]
  /** Events that the SDK dropped before export; absent for none. */
  readonly droppedEventsCount?: number
  readonly links: readonly SpanLink[]
  readonly status: { readonly code: number; readonly message: string }
  readonly scope: { readonly name: string; readonly version: string }
  readonly resource: Attributes
}
