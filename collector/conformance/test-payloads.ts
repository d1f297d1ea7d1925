// Requests to send: one span each, unless a test says otherwise.

import { TraceRequestType } from '../otlp/schema.ts'

export const TRACE_ID = '5b8aa5a2d2c872e8321cf37308d69df2'
export const SPAN_ID = '051581bf3cb55c13'

export const JSON_TYPE = 'application/json'
export const PROTOBUF_TYPE = 'application/x-protobuf'

/** A span in OTLP/JSON, with fields replaced or added. */
export const jsonSpan = (fields: Record<string, unknown> = {}) => ({
  traceId: TRACE_ID,
  spanId: SPAN_ID,
  name: 'tool',
  kind: 1,
  startTimeUnixNano: '1795248026218058651',
  endTimeUnixNano: '1795248027000000001',
  ...fields,
})

/** A request in OTLP/JSON with these spans. */
export const jsonRequest = (...spans: readonly object[]): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

/** A request with one span that has one attribute, whose value is written out. */
export const jsonWithValue = (value: string): string =>
  jsonRequest(jsonSpan({ attributes: [{ key: 'k', value: '@' }] })).replace('"@"', value)

/** A request in protobuf; `text` is an attribute's value, to make it as large as wanted. */
export function protobufRequest(text = ''): Buffer {
  const span = {
    traceId: Buffer.from(TRACE_ID, 'hex'),
    spanId: Buffer.from(SPAN_ID, 'hex'),
    name: 'tool',
    startTimeUnixNano: 1,
    endTimeUnixNano: 2,
    attributes: text === '' ? [] : [{ key: 'text', value: { stringValue: text } }],
  }
  return Buffer.from(TraceRequestType.encode({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }).finish())
}

/** A protobuf request of `count` spans, ids counted from 1. */
export function manySpans(count: number): Buffer {
  const spans = Array.from({ length: count }, (_, i) => {
    const spanId = Buffer.alloc(8)
    spanId.writeUInt32BE(i + 1, 4)
    return { traceId: Buffer.from(TRACE_ID, 'hex'), spanId, name: `span ${i}` }
  })
  return Buffer.from(TraceRequestType.encode({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).finish())
}
