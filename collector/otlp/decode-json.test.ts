import { describe, expect, test } from 'vitest'
import { MAX_NESTING } from './bad-data.ts'
import { decodeJson } from './decode-json.ts'
import { MAX_JSON_DEPTH } from './parse-exact-json.ts'

const TRACE = '0123456789abcdef0123456789abcdef'
const SPAN = '0123456789abcdef'

/** A request with one span, as text; `more` is put into the span as it is. */
const request = (more = '', ids = `"traceId":"${TRACE}","spanId":"${SPAN}"`) =>
  `{"resourceSpans":[{"scopeSpans":[{"spans":[{${ids},"name":"x"${more && ','}${more}}]}]}]}`

const attribute = (value: string) => request(`"attributes":[{"key":"k","value":${value}}]`)

const decode = (text: string | Uint8Array) => decodeJson(typeof text === 'string' ? Buffer.from(text) : text)

function onlySpan(text: string) {
  const decoded = decode(text)
  if (!decoded.ok) throw new Error(decoded.error)
  expect(decoded.value.spans).toHaveLength(1)
  return decoded.value.spans[0]!
}

const valueOfK = (value: string) => onlySpan(attribute(value)).attributes.get('k')

describe('what is accepted', () => {
  test.each(['{}', 'null', '{"resourceSpans":[]}', '{"resourceSpans":null}', '{"resourceSpans":[{}]}'])(
    'an empty request: %s',
    (text) => expect(decode(text)).toEqual({ ok: true, value: { spans: [], rejected: 0, reason: '' } }),
  )

  test('ids in upper case become lower case', () => {
    const span = onlySpan(request('', `"traceId":"${TRACE.toUpperCase()}","spanId":"${SPAN.toUpperCase()}"`))
    expect([span.traceId, span.spanId]).toEqual([TRACE, SPAN])
  })

  test.each([
    ['text', '"1795248026218058651"'],
    ['a number', '1795248026218058651'],
  ])('a time as %s keeps its nanoseconds', (_, time) => {
    expect(onlySpan(request(`"endTimeUnixNano":${time}`)).endTimeUnixNano).toBe(1795248026218058651n)
  })

  test.each([
    ['{"intValue":"9223372036854775807"}', 9223372036854775807n],
    ['{"intValue":9223372036854775807}', 9223372036854775807n],
    ['{"intValue":-9223372036854775808}', -9223372036854775808n],
    ['{"intValue":9007199254740993}', 9007199254740993n],
    ['{"intValue":9007199254740991}', 9007199254740991],
    ['{"intValue":"-7"}', -7],
    ['{"doubleValue":0.1}', 0.1],
    ['{"doubleValue":"NaN"}', Number.NaN],
    ['{"doubleValue":"-Infinity"}', Number.NEGATIVE_INFINITY],
    ['{"doubleValue":18446744073709551616}', 2 ** 64],
    ['{"boolValue":false}', false],
    ['{"stringValue":""}', ''],
    ['{"stringValue":"\\ud800!"}', '\ufffd!'],
    ['{"stringValue":"12345678901234567890"}', '12345678901234567890'],
    ['{"bytesValue":"+/8="}', { base64: '+/8=' }],
    ['{"bytesValue":"-_8"}', { base64: '+/8=' }],
    ['{"arrayValue":{"values":[{"intValue":1},{}]}}', [1, null]],
    ['{"kvlistValue":{"values":[{"key":"__proto__","value":{"intValue":1}}]}}', new Map([['__proto__', 1]])],
    ['{"string_value":"snake"}', 'snake'],
    ['{"stringValue":null,"intValue":3}', 3],
    ['{}', null],
    ['null', null],
  ])('the value %s', (text, value) => expect(valueOfK(text)).toEqual(value))

  test.each([
    ['3', 3],
    ['"3"', 3],
    ['"SPAN_KIND_CLIENT"', 3],
    ['99', 99],
    ['null', 0],
  ])('kind %s', (text, kind) => expect(onlySpan(request(`"kind":${text}`)).kind).toBe(kind))

  test('status by name, and an empty one', () => {
    const status = (text: string) => onlySpan(request(`"status":${text}`)).status
    expect(status('{"code":"STATUS_CODE_ERROR","message":"no"}')).toEqual({ code: 2, message: 'no' })
    expect(status('{}')).toEqual({ code: 0, message: '' })
  })

  test('snake_case, unknown fields and duplicate keys', () => {
    const text = `{"future":[[{}]],"resource_spans":[{"scope_spans":[{"spans":[{"trace_id":"${TRACE}","span_id":"00",
      "span_id":"${SPAN}","parent_span_id":"${SPAN}","start_time_unix_nano":5,"future":{"a":1}}]}]}]}`
    expect(onlySpan(text)).toMatchObject({ spanId: SPAN, parentSpanId: SPAN, startTimeUnixNano: 5n })
  })

  test('an attribute called __proto__ is one like any other', () => {
    const span = onlySpan(
      request('"__proto__":{"name":"bad"},"attributes":[{"key":"__proto__","value":{"intValue":1}}]'),
    )
    expect([...span.attributes]).toEqual([['__proto__', 1]])
    expect(span.name).toBe('x')
    expect(({} as Record<string, unknown>).name).toBeUndefined()
  })

  test('events, links, scope and resource', () => {
    const text = `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},
      "scopeSpans":[{"scope":{"name":"ai","version":"1"},"spans":[{"traceId":"${TRACE}","spanId":"${SPAN}",
      "events":[{"name":"e","timeUnixNano":"7"}],
      "links":[{"traceId":"${TRACE}","spanId":"${SPAN}"},{"traceId":"","spanId":""}]}]}]}]}`
    expect(onlySpan(text)).toMatchObject({
      resource: new Map([['service.name', 's']]),
      scope: { name: 'ai', version: '1' },
      events: [{ name: 'e', timeUnixNano: 7n, attributes: new Map() }],
      links: [{ traceId: TRACE, spanId: SPAN, attributes: new Map() }],
    })
  })
})

test.each([
  ['an empty trace id', `"traceId":"","spanId":"${SPAN}"`],
  ['no trace id', `"spanId":"${SPAN}"`],
  ['a span id of zeros', `"traceId":"${TRACE}","spanId":"0000000000000000"`],
])('a span with %s is rejected, the others are kept', (_, ids) => {
  const good = `{"traceId":"${TRACE}","spanId":"${SPAN}"}`
  const decoded = decode(`{"resourceSpans":[{"scopeSpans":[{"spans":[${good},{${ids}}]}]}]}`)
  expect(decoded).toMatchObject({
    ok: true,
    value: { spans: [{ spanId: SPAN }], rejected: 1, reason: '1 of 2 spans have no valid trace id and span id' },
  })
})

describe('what fails the request, and how it is told', () => {
  const nested = (depth: number) => `${'{"arrayValue":{"values":['.repeat(depth)}{"intValue":1}${']}}'.repeat(depth)}`
  const at = 'resourceSpans[0].scopeSpans[0].spans[0]'
  test.each([
    ['an empty body', '', 'not JSON'],
    ['broken JSON', '{"resourceSpans":[', 'not JSON'],
    ['data after the end', '{} {}', 'not JSON'],
    ['a byte order mark', '\ufeff{}', 'not JSON'],
    ['a long number as a key', '{12345678901234567890:1}', 'not JSON'],
    ['an array', '[]', 'the request is an array, expected an object'],
    ['a number', '7', 'the request is a number, expected an object'],
    ['a list that is none', '{"resourceSpans":{}}', 'resourceSpans is an object, expected an array'],
    ['a short id', request('', '"traceId":"abc"'), `${at}: traceId has 3 characters, expected 32 hex digits`],
    ['an id in base64', request('', '"traceId":"AAAAAAAAAAAAAAAAAAAAAA=="'), 'traceId has 24 characters'],
    ['an id not in hex', request('', `"traceId":"${'g'.repeat(32)}"`), 'traceId is not hex'],
    ['a bad parent id', request('"parentSpanId":"1"'), 'parentSpanId has 1 characters'],
    ['a bad integer', attribute('{"intValue":"seven"}'), `${at}.attributes[0]: intValue is "seven"`],
    ['a fraction as an integer', attribute('{"intValue":1.5}'), 'intValue is 1.5, expected an integer'],
    ['an integer past 64 bits', attribute('{"intValue":9223372036854775808}'), 'out of range'],
    ['a negative time', request('"startTimeUnixNano":-1'), 'startTimeUnixNano is -1, out of range'],
    ['a bad double', attribute('{"doubleValue":"much"}'), 'doubleValue is "much", expected a number'],
    ['bad base64', attribute('{"bytesValue":"!"}'), 'bytesValue is not base64'],
    [
      'an unknown enum name',
      request('"kind":"SPAN_KIND_NEW"'),
      'kind is "SPAN_KIND_NEW", expected an integer or one of',
    ],
    ['a value 2000 deep', attribute(nested(2000)), `JSON nests deeper than ${MAX_JSON_DEPTH} levels`],
    ['a value too deep', attribute(nested(MAX_NESTING + 1)), `nests deeper than ${MAX_NESTING} levels`],
    ['an unknown field 10000 deep', `{"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'JSON nests deeper'],
  ])('%s', (_, text, message) => {
    const decoded = decode(text)
    expect(decoded).toMatchObject({ ok: false, error: expect.stringContaining(message) })
  })

  test('the deepest value allowed is read', () => expect(onlySpan(attribute(nested(MAX_NESTING)))).toBeDefined())

  test('bytes that are not UTF-8', () => {
    expect(decode(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({
      ok: false,
      error: expect.stringMatching('UTF-8'),
    })
  })
})
