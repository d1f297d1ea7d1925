// What is refused for now, in part, or not at all because its sender has left. Faults of the disk and of the process are in
// ../faults, with the real command.

import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { call, frame, LOGS, retryAfterMs, TRACES } from './test-grpc-client.ts'
import { failureOf, send, sendJson, sendProtobuf } from './test-http-client.ts'
import { JSON_TYPE, jsonRequest, jsonSpan, PROTOBUF_TYPE, protobufRequest } from './test-payloads.ts'
import { startServer, type TestServer } from './test-server.ts'

const KIB = 1024

/** Begins an upload of `length` bytes and sends `sent` of them. */
async function beginUpload({ port }: TestServer, length: number, sent: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${PROTOBUF_TYPE}\r\nContent-Length: ${length}\r\n\r\n`,
  )
  socket.write(Buffer.alloc(sent, protobufRequest('x'.repeat(600 * KIB))))
  await sleep(100)
  return socket
}

describe('F01 overload', () => {
  const body = protobufRequest('x'.repeat(600 * KIB))

  test('F01 past the bytes that may be in memory, HTTP answers 503 with Retry-After and a Status', async () => {
    const server = await startServer({ maxBytesInFlight: 1536 * KIB })
    const uploads = [
      await beginUpload(server, body.length, 500 * KIB),
      await beginUpload(server, body.length, 500 * KIB),
    ]
    const refused = await sendProtobuf(server.port, body)
    expect(refused.headers['retry-after']).toBe('1')
    expect(failureOf(refused)).toMatchObject({ status: 503, code: 14, type: PROTOBUF_TYPE })
    expect(failureOf(await sendJson(server.port, ' '.repeat(body.length)))).toMatchObject({
      status: 503,
      type: JSON_TYPE,
    })
    // Small ones still fit.
    expect((await sendProtobuf(server.port, protobufRequest())).status).toBe(200)
    for (const upload of uploads) upload.destroy()
    await sleep(50)
    expect((await sendProtobuf(server.port, body)).status).toBe(200)
  })

  test('F01 past the bytes that may be in memory, gRPC answers UNAVAILABLE with RetryInfo', async () => {
    const server = await startServer({ maxBytesInFlight: 1536 * KIB })
    const uploads = [
      await beginUpload(server, body.length, 500 * KIB),
      await beginUpload(server, body.length, 500 * KIB),
    ]
    const refused = await call(server.grpcPort, { bytes: frame(body) })
    expect(refused).toMatchObject({ http: 200, grpc: 14 })
    expect(retryAfterMs(refused)).toBe(1000)
    for (const upload of uploads) upload.destroy()
    await sleep(50)
    expect((await call(server.grpcPort, { bytes: frame(body) })).grpc).toBe(0)
  })

  test('F01 a length that is only announced takes no room', async () => {
    const server = await startServer({ maxBytesInFlight: 1536 * KIB })
    const idle = await Promise.all(Array.from({ length: 20 }, () => beginUpload(server, 1000 * KIB, 0)))
    expect((await sendProtobuf(server.port, body)).status).toBe(200)
    for (const socket of idle) socket.destroy()
  })
})

test('F03 a locked database is 503 or UNAVAILABLE with a time to retry, and nothing is lost once it is free', async () => {
  const server = await startServer({})
  const other = new Database(server.store.file)
  other.exec('BEGIN IMMEDIATE')
  const body = protobufRequest()
  const http = await sendProtobuf(server.port, body)
  expect(Number(http.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  expect(failureOf(http)).toMatchObject({ status: 503, code: 14, type: PROTOBUF_TYPE })
  const grpc = await call(server.grpcPort, { bytes: frame(body) })
  expect(grpc.grpc).toBe(14)
  expect(retryAfterMs(grpc)).toBeGreaterThan(0)
  expect(server.warnings.length).toBeGreaterThan(0)
  other.exec('ROLLBACK')
  other.close()
  expect((await sendProtobuf(server.port, body)).status).toBe(200)
  expect((await call(server.grpcPort, { bytes: frame(body) })).grpc).toBe(0)
  expect(server.countStored()).toBe(1)
})

describe('F04 partial reject', () => {
  test('F04 spans without ids are counted with the reason, and the others are stored', async () => {
    const server = await startServer()
    const body = jsonRequest(jsonSpan(), jsonSpan({ spanId: '' }), jsonSpan({ traceId: '0'.repeat(32) }))
    const answer = await sendJson(server.port, body)
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      { partialSuccess: { rejectedSpans: '2', errorMessage: expect.stringMatching(/^2 of 3 spans/) } },
    ])
    expect(server.countStored()).toBe(1)
  })

  test('F04 a full success says nothing of it', async () => {
    const server = await startServer()
    expect((await sendJson(server.port, jsonRequest(jsonSpan()))).text).toBe('{}')
    expect((await sendProtobuf(server.port, protobufRequest())).body).toHaveLength(0)
  })
})

describe('F05 a client that leaves in the middle', () => {
  test('F05 of an HTTP body stores nothing, and its memory is free again', async () => {
    const server = await startServer({ maxBytesInFlight: 1536 * KIB })
    for (let i = 0; i < 5; i++) (await beginUpload(server, 900 * KIB, 800 * KIB)).destroy()
    await sleep(50)
    expect(server.countStored()).toBe(0)
    expect((await sendProtobuf(server.port, protobufRequest('x'.repeat(1000 * KIB)))).status).toBe(200)
  })

  test('F05 of a gRPC message stores nothing, and its memory is free again', async () => {
    const server = await startServer({ maxBytesInFlight: 1536 * KIB })
    const bytes = frame(protobufRequest('x'.repeat(900 * KIB)))
    for (let i = 0; i < 5; i++) {
      const session = connectHttp2(`http://127.0.0.1:${server.grpcPort}`)
      session.on('error', () => {})
      const stream = session.request({ ':method': 'POST', ':path': TRACES, 'content-type': 'application/grpc' })
      stream.on('error', () => {})
      stream.write(bytes.subarray(0, 800 * KIB))
      await sleep(50)
      session.destroy()
    }
    await sleep(50)
    expect(server.countStored()).toBe(0)
    expect((await call(server.grpcPort, { bytes })).grpc).toBe(0)
  })
})

test('the same export twice is stored once', async () => {
  const server = await startServer()
  for (const send of [sendProtobuf, sendProtobuf]) expect((await send(server.port, protobufRequest())).status).toBe(200)
  expect((await call(server.grpcPort, { bytes: frame(protobufRequest()) })).grpc).toBe(0)
  expect(server.countStored()).toBe(1)
})

describe('logs, both ways in', () => {
  /** resource_logs > scope_logs > log_records > body { string_value } */
  const request = (text: string) => wrap(1, wrap(2, wrap(2, wrap(5, wrap(1, Buffer.from(text))))))
  const wrap = (id: number, inner: Buffer) => Buffer.concat([Buffer.from([(id << 3) | 2, inner.length]), inner])
  const json = '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"hi"}}]}]}]}'

  test('are stored', async () => {
    const server = await startServer()
    expect((await call(server.grpcPort, { path: LOGS, bytes: frame(request('one')) })).grpc).toBe(0)
    for (const [type, body] of [
      [PROTOBUF_TYPE, request('two')],
      [JSON_TYPE, json],
    ] as const) {
      expect((await send(server.port, { path: '/v1/logs', type, body })).status).toBe(200)
    }
    expect(server.store.reader.prepare('SELECT count(*) FROM logs').pluck().get()).toBe(3)
  })

  test('garbage is refused', async () => {
    const server = await startServer()
    const garbage = Buffer.from([0xff, 0xff, 0xff])
    expect((await send(server.port, { path: '/v1/logs', type: PROTOBUF_TYPE, body: garbage })).status).toBe(400)
    expect((await call(server.grpcPort, { path: LOGS, bytes: frame(garbage) })).grpc).toBe(3)
  })
})
