// OTLP/JSON: proto3 JSON with hex ids and integer enums, and the leniency that real exporters need.

import { expect, test } from 'vitest'
import { failureOf, sendJson } from './test-http-client.ts'
import { JSON_TYPE, jsonRequest, jsonSpan, jsonWithValue, SPAN_ID, TRACE_ID } from './test-payloads.ts'
import { startServer } from './test-server.ts'

/** Sends a request that must be taken whole, and gives the one span that is then stored. */
async function store(body: string) {
  const server = await startServer()
  const { status, text } = await sendJson(server.port, body)
  expect([status, text]).toEqual([200, '{}'])
  const spans = server.spans()
  expect(spans).toHaveLength(1)
  return spans[0]!
}

/** Sends a request that must be refused whole. */
async function refuse(body: string | Buffer, message: RegExp) {
  const server = await startServer()
  expect(failureOf(await sendJson(server.port, body))).toEqual({
    status: 400,
    code: 3,
    type: JSON_TYPE,
    message: expect.stringMatching(message),
  })
  expect(server.countStored()).toBe(0)
}

const storeSpan = (fields: Record<string, unknown>) => store(jsonRequest(jsonSpan(fields)))
const refuseSpan = (fields: Record<string, unknown>, message: RegExp) => refuse(jsonRequest(jsonSpan(fields)), message)

/** Stores a span whose attribute `k` has this value, written in JSON, and gives what is kept of it. */
const storeValue = async (json: string) => (await store(jsonWithValue(json))).attributes.get('k')

test('T50 hex ids are case-insensitive and stored in lower case', async () => {
  const span = await storeSpan({ traceId: TRACE_ID.toUpperCase(), spanId: SPAN_ID.toUpperCase() })
  expect([span.traceId, span.spanId]).toEqual([TRACE_ID, SPAN_ID])
})

test('T51 a trace id that is too short', () => refuseSpan({ traceId: 'abcdef' }, /trace ?id/i))

test('T52 a trace id that is not hex', () => refuseSpan({ traceId: 'z'.repeat(32) }, /trace ?id/i))

test('T53 a trace id in base64', () =>
  refuseSpan({ traceId: Buffer.from(TRACE_ID, 'hex').toString('base64') }, /trace ?id/i))

test('T54 a span without a trace id is rejected alone, by partial success', async () => {
  const server = await startServer()
  const answer = await sendJson(server.port, jsonRequest(jsonSpan(), jsonSpan({ traceId: '', spanId: '01'.repeat(8) })))
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    200,
    { partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringMatching(/no valid trace id/) } },
  ])
  expect(server.countStored()).toBe(1)
})

test('T55 a 64-bit integer as a number keeps its digits', async () => {
  expect(await storeValue('{"intValue":9007199254740993}')).toBe(9007199254740993n)
  expect(await storeValue('{"intValue":42}')).toBe(42)
})

test('T55 a time in nanoseconds as a number keeps its digits', async () => {
  const body = jsonRequest(jsonSpan()).replace('"1795248026218058651"', '1795248026218058651')
  expect((await store(body)).startTimeUnixNano).toBe(1795248026218058651n)
})

test('T56 a 64-bit integer as text is exact, up to 2^63-1', async () => {
  expect(await storeValue('{"intValue":"9223372036854775807"}')).toBe(2n ** 63n - 1n)
  expect((await storeSpan({})).startTimeUnixNano).toBe(1795248026218058651n)
})

test('T57 text that is no integer', () => refuse(jsonWithValue('{"intValue":"12x"}'), /intValue/))

test('T58 an enum as an integer', async () => {
  expect((await storeSpan({ kind: 3, status: { code: 2 } })).kind).toBe(3)
})

test('T59 an enum by its name', async () => {
  const span = await storeSpan({ kind: 'SPAN_KIND_CLIENT', status: { code: 'STATUS_CODE_ERROR' } })
  expect([span.kind, span.status.code]).toEqual([3, 2])
})

test('T60 an enum number of the future is kept', async () => expect((await storeSpan({ kind: 99 })).kind).toBe(99))

test('T61 an enum name that does not exist', () => refuseSpan({ kind: 'SPAN_KIND_NONE' }, /kind/))

test('T62 unknown fields are ignored at every level', async () => {
  const body = JSON.stringify({
    future: 1,
    resourceSpans: [{ future: {}, scopeSpans: [{ future: [], spans: [jsonSpan({ future: { deep: [1] } })] }] }],
  })
  expect((await store(body)).name).toBe('tool')
})

test('T63 snake_case keys', async () => {
  const span = { trace_id: TRACE_ID, span_id: SPAN_ID, name: 'tool', start_time_unix_nano: '7' }
  const body = JSON.stringify({ resource_spans: [{ scope_spans: [{ spans: [span] }] }] })
  expect((await store(body)).startTimeUnixNano).toBe(7n)
})

test('T64 null is the default', async () => {
  const span = await storeSpan({ parentSpanId: null, kind: null, attributes: null, events: null, status: null })
  expect([span.parentSpanId, span.kind, span.attributes.size, span.events]).toEqual([null, 0, 0, []])
})

test('T65 NaN and the infinities are text', async () => {
  expect(await storeValue('{"doubleValue":"NaN"}')).toBeNaN()
  expect(await storeValue('{"doubleValue":"-Infinity"}')).toBe(Number.NEGATIVE_INFINITY)
})

test('T66 bytes are base64', async () => {
  expect(await storeValue('{"bytesValue":"aGVsbG8="}')).toEqual({ base64: 'aGVsbG8=' })
})

test('T67 bytes that are not base64', () => refuse(jsonWithValue('{"bytesValue":"***"}'), /base64/))

test('T68 nested lists and maps, and a value that is empty', async () => {
  const list = { arrayValue: { values: [{ intValue: '1' }, { kvlistValue: { values: [{ key: 'a', value: {} }] } }] } }
  expect(await storeValue(JSON.stringify(list))).toEqual([1, new Map([['a', null]])])
})

test('T69 an empty status is UNSET', async () => {
  expect((await storeSpan({ status: {} })).status).toEqual({ code: 0, message: '' })
})

test('T70 text that is not UTF-8 is refused', () =>
  refuse(Buffer.from(jsonRequest(jsonSpan({ name: '@' })).replace('@', '\xff'), 'latin1'), /UTF-8/))

test('T71 a lone surrogate becomes U+FFFD', async () => {
  expect((await store(jsonRequest(jsonSpan({ name: '@' })).replace('@', 'a\\ud800b'))).name).toBe('a\uFFFDb')
})

test('T72 of a key that comes twice, one is taken', async () => {
  expect((await store(jsonRequest(jsonSpan()).replace('"name":"tool"', '"name":"first","name":"last"'))).name).toBe(
    'last',
  )
})

/** An unknown field, or the value of an attribute, nested this deep. */
const nested = (depth: number, open: string, close: string, inner: string) =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`

test('T73 an unknown value 10,000 deep is no crash', async () => {
  const server = await startServer()
  const body = jsonRequest(jsonSpan({ future: '@' })).replace('"@"', nested(10_000, '[', ']', '1'))
  expect([200, 400]).toContain((await sendJson(server.port, body)).status)
  expect((await sendJson(server.port, jsonRequest(jsonSpan()))).status).toBe(200)
})

test('T74 an attribute 2,000 deep is refused', () => {
  const open = '{"kvlistValue":{"values":[{"key":"k","value":'
  return refuse(jsonWithValue(nested(2000, open, '}]}}', '{"intValue":"1"}')), /nest|deep/)
})

test('T74 an attribute 60 deep is kept', async () => {
  const json = nested(60, '{"arrayValue":{"values":[', ']}}', '{"intValue":"1"}')
  let value = await storeValue(json)
  let depth = 0
  for (; Array.isArray(value); depth++) value = value[0]
  expect([depth, value]).toEqual([60, 1])
})

test('T75 a byte order mark is refused', () => refuse(`\uFEFF${jsonRequest(jsonSpan())}`, /JSON|byte order/))

test('T76 what follows the object is refused', () => refuse(`${jsonRequest(jsonSpan())} {}`, /JSON/))

test('T77 an attribute called __proto__ is an attribute', async () => {
  const span = await storeSpan({
    attributes: [
      { key: '__proto__', value: { stringValue: 'plain' } },
      { key: 'constructor', value: { kvlistValue: { values: [{ key: '__proto__', value: { boolValue: true } }] } } },
    ],
  })
  expect([...span.attributes]).toEqual([
    ['__proto__', 'plain'],
    ['constructor', new Map([['__proto__', true]])],
  ])
  expect(({} as Record<string, unknown>).plain).toBeUndefined()
  // As a key of the JSON itself it is an unknown field.
  expect((await store(jsonRequest(jsonSpan()).replace('"name"', '"__proto__":{"kind":99},"name"'))).kind).toBe(1)
})
