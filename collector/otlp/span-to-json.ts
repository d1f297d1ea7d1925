// A span as the OTLP/JSON object that `decodeSpan` reads back to the same span: integers as text, every value typed.
// A whole double such as 5.0 becomes an integer 5; the two are one number to everything here.

import type { Attributes, AttributeValue, Span } from '../../analyzer/model/span.ts'

export interface JsonKeyValue {
  readonly key: string
  readonly value: JsonAnyValue
}

export type JsonAnyValue =
  | Record<string, never>
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number | string }
  | { readonly arrayValue: { readonly values: readonly JsonAnyValue[] } }
  | { readonly kvlistValue: { readonly values: readonly JsonKeyValue[] } }
  | { readonly bytesValue: string }

/** Fields at their default are left out, except those that every span has. Resource and scope are not part of it. */
export function spanToJson(span: Span): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId === null ? {} : { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: String(span.startTimeUnixNano),
    endTimeUnixNano: String(span.endTimeUnixNano),
    ...(span.attributes.size === 0 ? {} : { attributes: attributesToJson(span.attributes) }),
    ...(span.droppedAttributesCount === 0 ? {} : { droppedAttributesCount: span.droppedAttributesCount }),
    ...(span.events.length === 0 ? {} : { events: span.events.map(eventToJson) }),
    ...(span.droppedEventsCount === undefined ? {} : { droppedEventsCount: span.droppedEventsCount }),
    ...(span.links.length === 0 ? {} : { links: span.links.map(linkToJson) }),
    ...(span.status.code === 0 && span.status.message === '' ? {} : { status: span.status }),
  }
}

/** The request that `decodeRequest` reads back to the same spans in the same order. */
export function requestToJson(spans: readonly Span[]): object {
  return {
    resourceSpans: spans.map((span) => ({
      resource: { attributes: attributesToJson(span.resource) },
      scopeSpans: [{ scope: span.scope, spans: [spanToJson(span)] }],
    })),
  }
}

export function attributesToJson(attributes: Attributes): JsonKeyValue[] {
  return Array.from(attributes, ([key, value]) => ({ key, value: valueToJson(value) }))
}

const eventToJson = (event: Span['events'][number]) => ({
  timeUnixNano: String(event.timeUnixNano),
  name: event.name,
  attributes: attributesToJson(event.attributes),
})

const linkToJson = (link: Span['links'][number]) => ({
  traceId: link.traceId,
  spanId: link.spanId,
  attributes: attributesToJson(link.attributes),
})

function valueToJson(value: AttributeValue): JsonAnyValue {
  if (value === null) return {}
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: String(value) }
  if (typeof value === 'number') return numberToJson(value)
  if (value instanceof Map) return { kvlistValue: { values: attributesToJson(value) } }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(valueToJson) } }
  return { bytesValue: (value as { base64: string }).base64 }
}

function numberToJson(value: number): JsonAnyValue {
  if (!Number.isFinite(value)) return { doubleValue: String(value) }
  // JSON.stringify writes -0 as 0, so as text.
  if (Object.is(value, -0)) return { doubleValue: '-0' }
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}
