import type { Span } from './model/span.ts'

/** What reading a span takes for granted, by field. */
const FIELDS: Readonly<
  Partial<Record<keyof Span, { readonly is: (value: unknown) => boolean; readonly says: string }>>
> = {
  traceId: { is: (value) => typeof value === 'string', says: 'a text of 32 hexadecimal digits' },
  spanId: { is: (value) => typeof value === 'string', says: 'a text of 16 hexadecimal digits' },
  name: { is: (value) => typeof value === 'string', says: 'a text' },
  startTimeUnixNano: { is: (value) => typeof value === 'bigint', says: 'a bigint of nanoseconds since 1970' },
  endTimeUnixNano: { is: (value) => typeof value === 'bigint', says: 'a bigint of nanoseconds since 1970' },
  attributes: { is: (value) => value instanceof Map, says: 'a Map from names to values' },
  events: { is: Array.isArray, says: 'a list' },
  status: { is: isRecord, says: '{ code, message }' },
  scope: { is: isRecord, says: '{ name, version }' },
  resource: { is: (value) => value instanceof Map, says: 'a Map from names to values' },
}
const CHECKS = Object.entries(FIELDS)

/**
 * For callers without types. Throws a TypeError with a sentence that names what is missing: further in, the same mistake would
 * show as a property of undefined.
 */
export function checkSpans(spans: readonly unknown[]): asserts spans is readonly Span[] {
  if (!Array.isArray(spans)) throw new TypeError('analyze takes a list of spans')
  for (let i = 0; i < spans.length; i++) {
    const span: unknown = spans[i]
    if (isSpan(span)) continue
    if (!isRecord(span)) throw new TypeError(`spans[${i}] is no span: it is ${span === null ? 'null' : typeof span}`)
    for (const [field, { is, says }] of CHECKS) {
      if (!is(span[field])) throw new TypeError(`spans[${i}] is no span: its ${field} must be ${says}`)
    }
    // What it was exported as has no parent where it has none; here it is said.
    if (span.parentSpanId === undefined)
      throw new TypeError(`spans[${i}] is no span: its parentSpanId must be an id or null`)
  }
}

/** Whether all of the above is so. Written out: to look fields up by name takes as long as to read what is in the span. */
const isSpan = (span: unknown): boolean =>
  isRecord(span) &&
  typeof span.traceId === 'string' &&
  typeof span.spanId === 'string' &&
  span.parentSpanId !== undefined &&
  typeof span.name === 'string' &&
  typeof span.startTimeUnixNano === 'bigint' &&
  typeof span.endTimeUnixNano === 'bigint' &&
  span.attributes instanceof Map &&
  Array.isArray(span.events) &&
  isRecord(span.status) &&
  isRecord(span.scope) &&
  span.resource instanceof Map

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
