// Sizes: as sent, decompressed, and as claimed.

import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { failureOf, sendJson, sendProtobuf, talk } from './test-http-client.ts'
import { JSON_TYPE, jsonRequest, jsonSpan, PROTOBUF_TYPE, protobufRequest } from './test-payloads.ts'
import { startServer } from './test-server.ts'

const MIB = 1024 * 1024

const head = (length: number, type = PROTOBUF_TYPE) =>
  `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`

test('T80 21 MiB are taken, with the limit at 64 MiB', async () => {
  const server = await startServer()
  const body = jsonRequest(jsonSpan({ attributes: [{ key: 'k', value: { stringValue: 'x'.repeat(21 * MIB) } }] }))
  const { status, text } = await sendJson(server.port, body)
  expect([status, text]).toEqual([200, '{}'])
  expect(server.spans()[0]!.attributes.get('k')).toHaveLength(21 * MIB)
})

test('T80 the limit can be set', async () => {
  const server = await startServer({ maxBodyBytes: MIB })
  expect((await sendProtobuf(server.port, protobufRequest('x'.repeat(MIB - 200)))).status).toBe(200)
  const answer = await sendProtobuf(server.port, protobufRequest('x'.repeat(MIB)))
  expect(failureOf(answer)).toMatchObject({ status: 413, code: 8, message: expect.stringMatching('larger than 1 MiB') })
})

test('T81 65 MiB are refused from the Content-Length, before a byte of them is sent', async () => {
  const server = await startServer()
  const text = await talk(server.port, head(65 * MIB, JSON_TYPE))
  expect(text).toMatch(/^HTTP\/1\.1 413 /)
  expect(text).toContain('{"code":8,"message":"the request is larger than 64 MiB, send smaller batches"}')
})

test('T81 65 MiB without a Content-Length are refused where they pass the limit', async () => {
  const server = await startServer()
  const status = await new Promise<number>((resolve, reject) => {
    const upload = request({
      port: server.port,
      path: '/v1/traces',
      method: 'POST',
      headers: { 'Content-Type': JSON_TYPE },
      agent: false,
    })
    upload.on('response', (response) => resolve(response.resume().statusCode!))
    upload.on('error', reject)
    for (let i = 0; i < 65; i++) upload.write(Buffer.alloc(MIB, ' '))
    upload.end()
  })
  expect(status).toBe(413)
})

test('T82 a gzip bomb of 200 MiB is refused, and memory stays bounded', async () => {
  const server = await startServer()
  const bomb = gzipSync(Buffer.alloc(200 * MIB), { level: 9 })
  const before = process.memoryUsage().rss
  let peak = before
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 2)
  const answers = await Promise.all([1, 2, 3, 4].map(() => sendProtobuf(server.port, bomb, { coding: 'gzip' })))
  clearInterval(sampler)
  // All four at once do not fit: some are told to come again.
  expect(answers.map(({ status }) => status).toSorted()).toEqual(expect.arrayContaining([413]))
  for (const answer of answers) expect([413, 503]).toContain(answer.status)
  for (const answer of answers.filter(({ status }) => status === 413)) {
    expect(failureOf(answer)).toEqual({
      status: 413,
      code: 8,
      type: PROTOBUF_TYPE,
      message: 'the request is larger than 64 MiB, send smaller batches',
    })
  }
  // 800 MiB were claimed; 64 MiB may be held, or one alone, and a growing buffer is copied into one twice its size.
  expect((peak - before) / MIB).toBeLessThan(400)
})

test('T83 a snappy block that claims 4 GiB is refused before anything is allocated', async () => {
  const server = await startServer()
  const bomb = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0x00, 0x00])
  expect(failureOf(await sendProtobuf(server.port, bomb, { coding: 'snappy' }))).toMatchObject({ status: 413, code: 8 })
})

test('T83 a zstd frame that claims 60 MiB in 14 bytes is refused', async () => {
  const server = await startServer()
  const frame = Buffer.from('28b52ffda0000000000100004100', 'hex')
  frame.writeUInt32LE(60 * MIB, 5)
  expect((await sendProtobuf(server.port, frame, { coding: 'zstd' })).status).toBe(400)
})

test('T84 a length prefix larger than the body is refused', async () => {
  const server = await startServer()
  const bomb = Buffer.from([0x0a, 0xff, 0xff, 0xff, 0x7f])
  expect(failureOf(await sendProtobuf(server.port, bomb))).toMatchObject({ status: 400, code: 3, type: PROTOBUF_TYPE })
})

describe('senders that are slow', () => {
  const progress = { windowMs: 200, minBytes: 10 }
  const body = protobufRequest('x'.repeat(400))

  test('a slow and steady one is served, however long it takes', async () => {
    const server = await startServer({ progress })
    const socket = connect(server.port, '127.0.0.1')
    socket.setEncoding('utf8')
    socket.write(head(body.length))
    // 20 bytes each 50 ms: more than a second in all, six windows.
    for (let at = 0; at < body.length; at += 20) {
      socket.write(body.subarray(at, at + 20))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const [answer] = (await once(socket, 'data')) as [string]
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/)
    socket.destroy()
  })

  test('one that stops is answered 408 and let go, and nothing of it is stored', async () => {
    const server = await startServer({ progress })
    const socket = connect(server.port, '127.0.0.1')
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('error', () => {})
    socket.write(Buffer.concat([Buffer.from(head(body.length)), body.subarray(0, 50)]))
    await once(socket, 'close')
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(server.countStored()).toBe(0)
  })
})
