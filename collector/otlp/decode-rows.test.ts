// The hand-written readers against the generated ones, on real captures in both encodings: whole, cut and changed.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Result } from '../../analyzer/base/result.ts'
import { decodeGenerated } from './decode-generated.ts'
import { decodeHand, decodeLogs } from './decode-rows.ts'
import type { DecodedTraces } from './decoded-traces.ts'
import type { Encoding } from './encoding.ts'
import { readRows } from './read-rows.ts'
import { TraceRequestType } from './schema.ts'

const folder = new URL('../../fixtures/captures/', import.meta.url)
const captures = readdirSync(folder).filter((name) => name.endsWith('.json'))
const jsonOf = (name: string): Buffer => readFileSync(new URL(name, folder))

const isId = /^(trace|span|parentSpan)Id$/
function protobufOf(json: Buffer): Buffer {
  const idsInBase64 = (key: string, value: unknown) =>
    isId.test(key) ? Buffer.from(value as string, 'hex').toString('base64') : value
  const request = TraceRequestType.fromObject(JSON.parse(JSON.stringify(JSON.parse(json.toString()), idsInBase64)))
  return Buffer.from(TraceRequestType.encode(request).finish())
}

const same = (bytes: Uint8Array, encoding: Encoding) => {
  const [hand, generated] = [decodeHand(bytes, encoding), decodeGenerated(bytes, encoding)]
  expect([hand.ok, generated.ok].join(), `${encoding}: ${why(hand)} / ${why(generated)}`).toBe(
    [generated.ok, generated.ok].join(),
  )
  if (generated.ok) expect(hand).toEqual(generated)
}
const why = (result: Result<DecodedTraces>): string => (result.ok ? 'fine' : result.error)

test.each(captures)('%s is read alike in both encodings', (name) => {
  const json = jsonOf(name)
  const expected = decodeGenerated(json, 'json')
  expect(expected.ok && expected.value.spans.length).toBeGreaterThan(3)
  expect(decodeHand(json, 'json')).toEqual(expected)
  expect(decodeHand(protobufOf(json), 'protobuf')).toEqual(expected)
})

test('events that the SDK dropped are counted in both encodings', () => {
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), droppedEventsCount: 3 }
  const json = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
  for (const read of [decodeHand(json, 'json'), decodeHand(protobufOf(json), 'protobuf')]) {
    expect(read).toMatchObject({ ok: true, value: { spans: [{ droppedEventsCount: 3 }] } })
  }
})

test.each(['protobuf', 'json'] as const)('%s cut off anywhere is refused or read alike', (encoding) => {
  const json = jsonOf('ai-sdk-7.json')
  const bytes = encoding === 'json' ? json : protobufOf(json)
  for (let end = 0; end < bytes.length; end += 97) same(bytes.subarray(0, end), encoding)
})

test.each(['protobuf', 'json'] as const)('%s changed anywhere is refused or read alike', (encoding) => {
  const json = jsonOf('ai-sdk-5.json')
  const bytes = encoding === 'json' ? json : protobufOf(json)
  for (let i = 0; i < 1500; i++) {
    const changed = Uint8Array.from(bytes)
    const at = (i * 7919) % bytes.length
    changed[at] = (changed[at]! + 1 + (i % 255)) & 0xff
    same(changed, encoding)
  }
})

describe('protobuf', () => {
  test('a length that promises more than there is costs no memory', () => {
    const before = process.memoryUsage().arrayBuffers
    // resourceSpans of 4,294,967,295 bytes.
    const read = readRows('traces', 'protobuf', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), null)
    expect(read).toEqual({ ok: false, error: expect.stringContaining('reaches past the end') })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000)
  })

  test('millions of empty groups or spans are refused before they take memory', () => {
    const before = process.memoryUsage().arrayBuffers
    // resourceSpans {}, a million times.
    const groups = Buffer.alloc(2_000_000, Buffer.from([0x0a, 0]))
    const spans = JSON.stringify({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) })
    const list = `{"resourceSpans":[{"scopeSpans":[{"spans":[${Array(300_000).fill(spans).join()}]}]}]}`
    const refused = { ok: false, error: expect.stringContaining('send smaller batches') }
    expect(readRows('traces', 'protobuf', groups, null)).toEqual(refused)
    expect(readRows('traces', 'json', Buffer.from(list), null)).toEqual(refused)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000)
  })

  test('unknown fields of every wire type are kept in the stored span', () => {
    const ids = [0x0a, 16, ...Array(16).fill(1), 0x12, 8, ...Array(8).fill(2)]
    // Fields 100 to 103: a varint, eight bytes, text, four bytes.
    const unknown = [0xa0, 6, 5, 0xa9, 6, ...Array(8).fill(9), 0xb2, 6, 2, 0x68, 0x69, 0xbd, 6, 1, 2, 3, 4]
    const message = [...ids, ...unknown]
    const scope = [0x12, message.length, ...message]
    const group = [0x12, scope.length, ...scope]
    const body = Buffer.from([0x0a, group.length, ...group])
    const read = readRows('traces', 'protobuf', body, null)
    expect(read.ok && read.value.count).toBe(1)
    expect(decodeHand(body, 'protobuf')).toMatchObject({ ok: true, value: { spans: [{ name: '' }] } })
  })
})

describe('logs', () => {
  const record = { timeUnixNano: '5', severityNumber: 'SEVERITY_NUMBER_WARN2', body: { intValue: '9007199254740993' } }
  const request = (more: object) =>
    Buffer.from(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ ...record, ...more }] }] }] }))

  test('a record keeps every digit, and names of enums are taken', () => {
    expect(decodeLogs(request({}), 'json')).toMatchObject({
      ok: true,
      value: [{ traceId: null, timeUnixNano: 5n, severityNumber: 14, body: 9007199254740993n }],
    })
  })

  test.each([
    ['a short trace id', { traceId: 'abc' }, 'traceId has 3 characters'],
    ['a body of two kinds of nothing', { body: 5 }, 'an attribute value is a number'],
    ['a time that is no number', { timeUnixNano: 'soon' }, 'timeUnixNano is "soon"'],
  ])('%s is refused with its place', (_, more, message) => {
    const decoded = decodeLogs(request(more), 'json')
    expect(decoded).toEqual({ ok: false, error: expect.stringContaining(message) })
    expect(decoded).toEqual({
      ok: false,
      error: expect.stringMatching(/^resourceLogs\[0\]\.scopeLogs\[0\]\.logRecords\[0\]: /),
    })
  })
})
