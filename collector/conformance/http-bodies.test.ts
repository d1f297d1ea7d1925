// Encodings, codings and bodies of OTLP/HTTP.

import { deflateSync, gzipSync } from 'node:zlib'
import { compress as zstdCompress } from '@bokuweb/zstd-wasm'
import { snappyCompress } from 'hysnappy'
import { expect, test } from 'vitest'
import { maskedCrc32c } from '../transport/crc32c.ts'
import { failureOf, send, sendJson, sendProtobuf } from './test-http-client.ts'
import { JSON_TYPE, jsonRequest, jsonSpan, PROTOBUF_TYPE, protobufRequest } from './test-payloads.ts'
import { startServer } from './test-server.ts'

const JSON_BODY = jsonRequest(jsonSpan())
const PROTOBUF_BODY = protobufRequest('hello hello hello hello hello hello')

async function expectStored(request: Parameters<typeof send>[1], text: string): Promise<void> {
  const server = await startServer()
  const { status, headers, text: body } = await send(server.port, request)
  expect([status, headers['content-type'], body]).toEqual([200, request.type!.split(';')[0]!.toLowerCase(), text])
  expect(server.spans()).toMatchObject([{ name: 'tool' }])
}

async function expectRefused(request: Parameters<typeof send>[1], message: string | RegExp): Promise<void> {
  const server = await startServer()
  expect(failureOf(await send(server.port, request))).toEqual({
    status: 400,
    code: 3,
    type: request.type,
    message: expect.stringMatching(message),
  })
  expect(server.countStored()).toBe(0)
}

test('T01 protobuf is stored and answered in protobuf with an empty message', () =>
  expectStored({ type: PROTOBUF_TYPE, body: PROTOBUF_BODY }, ''))

test('T02 JSON is stored and answered in JSON on the same port', () =>
  expectStored({ type: JSON_TYPE, body: JSON_BODY }, '{}'))

test('T03 parameters of the media type are ignored', () =>
  expectStored({ type: 'application/json; charset=utf-8', body: JSON_BODY }, '{}'))

test('T04 the media type is case-insensitive', () =>
  expectStored({ type: 'APPLICATION/X-PROTOBUF', body: PROTOBUF_BODY }, ''))

test('T05 gzip of protobuf', () =>
  expectStored({ type: PROTOBUF_TYPE, coding: 'gzip', body: gzipSync(PROTOBUF_BODY) }, ''))

test('T06 gzip of JSON', () => expectStored({ type: JSON_TYPE, coding: 'gzip', body: gzipSync(JSON_BODY) }, '{}'))

test('T07 deflate is a zlib stream', () =>
  expectStored({ type: PROTOBUF_TYPE, coding: 'deflate', body: deflateSync(PROTOBUF_BODY) }, ''))

test('T08 zlib', () => expectStored({ type: PROTOBUF_TYPE, coding: 'zlib', body: deflateSync(PROTOBUF_BODY) }, ''))

test('T09 snappy, one block', () =>
  expectStored({ type: PROTOBUF_TYPE, coding: 'snappy', body: Buffer.from(snappyCompress(PROTOBUF_BODY)) }, ''))

test.each(['snappy', 'x-snappy-framed'])('T09 snappy in frames, called %s', (coding) => {
  const half = PROTOBUF_BODY.length >> 1
  const compressed = frame(
    0x00,
    PROTOBUF_BODY.subarray(0, half),
    Buffer.from(snappyCompress(PROTOBUF_BODY.subarray(0, half))),
  )
  const stored = frame(0x01, PROTOBUF_BODY.subarray(half), PROTOBUF_BODY.subarray(half))
  const body = Buffer.concat([Buffer.from([0xff, 6, 0, 0]), Buffer.from('sNaPpY'), compressed, stored])
  return expectStored({ type: PROTOBUF_TYPE, coding, body }, '')
})

test('T10 zstd', async () => {
  await startServer().then((server) => sendProtobuf(server.port, Buffer.alloc(8), { coding: 'zstd' })) // compiles it
  await expectStored({ type: PROTOBUF_TYPE, coding: 'zstd', body: Buffer.from(zstdCompress(PROTOBUF_BODY)) }, '')
})

test('T10 garbage as zstd', () =>
  expectRefused({ type: PROTOBUF_TYPE, coding: 'zstd', body: Buffer.from('this is not zstd') }, 'not zstd'))

test('T11 an unsupported coding', () =>
  expectRefused(
    { type: PROTOBUF_TYPE, coding: 'br', body: PROTOBUF_BODY },
    'br is not supported, use one of identity, gzip',
  ))

test('T12 a plain body called gzip is refused in the encoding of the request', () =>
  expectRefused({ type: JSON_TYPE, coding: 'gzip', body: JSON_BODY }, 'not gzip'))

test('T13 gzip cut off', () =>
  expectRefused({ type: PROTOBUF_TYPE, coding: 'gzip', body: gzipSync(PROTOBUF_BODY).subarray(0, 40) }, 'not gzip'))

test('T14 the coding is case-insensitive', () =>
  expectStored({ type: PROTOBUF_TYPE, coding: 'GZIP', body: gzipSync(PROTOBUF_BODY) }, ''))

test('T15 identity', () => expectStored({ type: PROTOBUF_TYPE, coding: 'identity', body: PROTOBUF_BODY }, ''))

test('T16 gzip of several members', () => {
  const body = Buffer.concat([gzipSync(PROTOBUF_BODY.subarray(0, 9)), gzipSync(PROTOBUF_BODY.subarray(9))])
  return expectStored({ type: PROTOBUF_TYPE, coding: 'gzip', body }, '')
})

test.each([
  ['T20 an empty body is an empty protobuf request', PROTOBUF_TYPE, '', ''],
  ['T21 an empty JSON object is an empty request', JSON_TYPE, '{}', '{}'],
  ['T22 an empty list of resources', JSON_TYPE, '{"resourceSpans":[]}', '{}'],
  ['T34 JSON null is an empty request', JSON_TYPE, 'null', '{}'],
])('%s', async (_, type, body, text) => {
  const server = await startServer()
  const answer = await send(server.port, { type, body })
  expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([200, type, text])
})

test('T23 an empty body is no JSON', () => expectRefused({ type: JSON_TYPE, body: '' }, /JSON/))

test('T30 garbage as protobuf', () =>
  expectRefused({ type: PROTOBUF_TYPE, body: Buffer.from([0xff, 0xff, 0xff, 0xff]) }, /protobuf|wire|field|tag/i))

test('T31 protobuf cut off', () => expectRefused({ type: PROTOBUF_TYPE, body: PROTOBUF_BODY.subarray(0, 20) }, /./))

test('T32 broken JSON', () => expectRefused({ type: JSON_TYPE, body: '{"resourceSpans":[' }, /JSON/))

test('T33 a JSON array as root', () => expectRefused({ type: JSON_TYPE, body: '[]' }, /object/))

test('T35 a JSON number as root', () => expectRefused({ type: JSON_TYPE, body: '42' }, /object/))

test('a failure is answered in JSON where the request has neither encoding', async () => {
  const server = await startServer()
  expect(failureOf(await send(server.port, { type: 'text/csv', body: 'a,b' }))).toMatchObject({
    status: 415,
    type: JSON_TYPE,
  })
})

test('codings combine with JSON', async () => {
  const server = await startServer()
  for (const [coding, body] of [
    ['deflate', deflateSync(JSON_BODY)],
    ['snappy', Buffer.from(snappyCompress(Buffer.from(JSON_BODY)))],
  ] as const) {
    expect((await sendJson(server.port, body, { coding })).status).toBe(200)
  }
  expect(server.countStored()).toBe(1)
})

/** A frame of snappy's framing format; the checksum is of the content. */
function frame(type: number, content: Buffer, stored: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head[0] = type
  head.writeUIntLE(4 + stored.length, 1, 3)
  head.writeUInt32LE(maskedCrc32c(content), 4)
  return Buffer.concat([head, stored])
}
