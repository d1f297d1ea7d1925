// Any span survives OTLP/JSON and protobuf, and both decoders read the same request to the same spans.

import fc from 'fast-check'
import protobuf from 'protobufjs/light.js'
import { expect, test } from 'vitest'
import type { Attributes, AttributeValue, Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { MAX_NESTING } from './bad-data.ts'
import { decodeJson } from './decode-json.ts'
import { decodeProtobuf } from './decode-protobuf.ts'
import { TraceRequestType } from './schema.ts'
import { requestToJson } from './span-to-json.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const nanos = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const hex = (digits: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: digits, maxLength: digits })
    .map((values) => values.map((value) => value.toString(16)).join(''))
    .filter((id) => /[^0]/.test(id))
const traceId = hex(32) as unknown as fc.Arbitrary<TraceId>
const spanId = hex(16) as unknown as fc.Arbitrary<SpanId>

const bigInteger = fc
  .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  .filter((value) => !Number.isSafeInteger(Number(value)))

const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constant(null),
    text,
    fc.boolean(),
    fc.double(),
    fc.maxSafeInteger(),
    bigInteger,
    fc.uint8Array({ maxLength: 9 }).map((bytes) => ({ base64: Buffer.from(bytes).toString('base64') })),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
  ),
}))

const attributes: fc.Arbitrary<Attributes> = fc
  .array(fc.tuple(fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '')), value), { maxLength: 4 })
  .map((entries) => new Map(entries))

/** All but what is absent for none. */
const SPAN_KEYS = [
  'traceId',
  'spanId',
  'parentSpanId',
  'name',
  'kind',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'attributes',
  'droppedAttributesCount',
  'events',
  'links',
  'status',
  'scope',
  'resource',
] as const satisfies (keyof Span)[]

const span: fc.Arbitrary<Span> = fc.record(
  {
    traceId,
    spanId,
    parentSpanId: fc.option(spanId),
    name: text,
    kind: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes,
    droppedAttributesCount: fc.nat(),
    events: fc.array(fc.record({ name: text, timeUnixNano: nanos, attributes }), { maxLength: 2 }),
    links: fc.array(fc.record({ traceId, spanId, attributes }), { maxLength: 2 }),
    status: fc.record({ code: fc.constantFrom(0, 1, 2, 7), message: text }),
    scope: fc.record({ name: text, version: text }),
    resource: attributes,
    droppedEventsCount: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  },
  { requiredKeys: SPAN_KEYS },
)

test('a span written as OTLP/JSON is read back to the same span', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 3 }), (spans) => {
      const json = Buffer.from(JSON.stringify(requestToJson(spans)))
      expect(decodeJson(json)).toEqual({ ok: true, value: { spans, rejected: 0, reason: '' } })
    }),
    { numRuns: 300 },
  )
})

test('the same request in protobuf is read to the same spans', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 3 }), (spans) => {
      expect(decodeProtobuf(toProtobuf(requestToJson(spans)))).toEqual({
        ok: true,
        value: { spans, rejected: 0, reason: '' },
      })
    }),
    { numRuns: 300 },
  )
})

test('bytes that are no request give an error or spans, never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      for (const decoded of [decodeProtobuf(bytes), decodeJson(bytes)]) expect(typeof decoded.ok).toBe('boolean')
    }),
    { numRuns: 2000 },
  )
})

test('a request cut off or changed anywhere gives an error or spans, never an exception', () => {
  const [sample] = fc.sample(span, { numRuns: 1, seed: 7 })
  const bytes = toProtobuf(requestToJson([sample!]))
  for (let i = 0; i < bytes.length; i++) {
    const changed = Uint8Array.from(bytes)
    changed[i] = changed[i]! ^ 0xff
    expect(typeof decodeProtobuf(bytes.subarray(0, i)).ok).toBe('boolean')
    expect(typeof decodeProtobuf(changed).ok).toBe('boolean')
  }
  expect(decodeProtobuf(bytes.subarray(0, bytes.length - 1)).ok).toBe(false)
})

test('a value nested as deep as allowed is read in protobuf too, deeper ones are refused', () => {
  const wrap = (tag: number, inner: Uint8Array) => protobuf.Writer.create().uint32(tag).bytes(inner).finish()
  // From the inside out, by hand, because protobufjs will not write this deep:
  // AnyValue { kvlist_value { values { KeyValue { value: AnyValue … } } } }
  const nested = (depth: number) => {
    let value: Uint8Array = new Uint8Array(0)
    for (let i = 0; i < depth; i++) value = wrap(0x32, wrap(0x0a, wrap(0x12, value)))
    const ids = Buffer.concat([wrap(0x0a, Buffer.alloc(16, 1)), wrap(0x12, Buffer.alloc(8, 1))])
    const span = Buffer.concat([ids, wrap(0x4a, wrap(0x12, value))])
    return decodeProtobuf(wrap(0x0a, wrap(0x12, wrap(0x12, span))))
  }
  expect(nested(MAX_NESTING)).toMatchObject({ ok: true, value: { spans: [{ name: '' }] } })
  expect(nested(MAX_NESTING + 1)).toMatchObject({ ok: false, error: expect.stringMatching('nests deeper|max depth') })
  expect(nested(2000)).toMatchObject({ ok: false, error: expect.stringMatching('max depth') })
})

test('an id of the wrong length is refused in protobuf, one of zeros is rejected alone', () => {
  const idOf = (length: number) =>
    decodeProtobuf(
      TraceRequestType.encode({
        resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: new Uint8Array(length), spanId: new Uint8Array(8) }] }] }],
      }).finish(),
    )
  expect(idOf(3)).toEqual({
    ok: false,
    error: 'resourceSpans[0].scopeSpans[0].spans[0]: traceId has 6 characters, expected 32 hex digits',
  })
  expect(idOf(16)).toMatchObject({ ok: true, value: { spans: [], rejected: 1 } })
})

/** Protobuf from OTLP/JSON: only ids and 64-bit integers are written differently in the two. */
function toProtobuf(json: object): Uint8Array {
  const message = JSON.parse(JSON.stringify(json), (key, field: unknown) => {
    if (key === 'traceId' || key === 'spanId' || key === 'parentSpanId') return Buffer.from(field as string, 'hex')
    if (key === 'bytesValue') return Buffer.from(field as string, 'base64')
    if (key === 'doubleValue') return Number(field)
    if (key === 'intValue') return long(field as string)
    if (key.endsWith('UnixNano')) return long(field as string)
    return field
  })
  return TraceRequestType.encode(message).finish()
}

/** A 64-bit integer as protobufjs writes it. */
const long = (digits: string) => ({
  low: Number(BigInt.asIntN(32, BigInt(digits))),
  high: Number(BigInt.asIntN(32, BigInt(digits) >> 32n)),
  unsigned: true,
})
