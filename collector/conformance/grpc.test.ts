// OTLP over gRPC, with HTTP/2 frames made by hand.

import { once } from 'node:events'
import { connect } from 'node:http2'
import { setTimeout as sleep } from 'node:timers/promises'
import { deflateSync, gzipSync } from 'node:zlib'
import { snappyCompress } from 'hysnappy'
import { describe, expect, test } from 'vitest'
import { TraceResponseType } from '../otlp/schema.ts'
import { call, frame, LOGS, METRICS, retryAfterMs, TRACES } from './test-grpc-client.ts'
import { protobufRequest } from './test-payloads.ts'
import { startServer } from './test-server.ts'

const MIB = 1024 * 1024
const BODY = protobufRequest('hello hello hello hello hello hello')
const gzipped = { 'grpc-encoding': 'gzip' }

async function expectStored(options: Parameters<typeof call>[1]) {
  const server = await startServer()
  const answer = await call(server.grpcPort, options)
  expect(answer).toMatchObject({ http: 200, grpc: 0, message: '', body: Buffer.alloc(0) })
  expect(server.spans()).toMatchObject([{ name: 'tool' }])
  return answer
}

async function expectFailure(options: Parameters<typeof call>[1], grpc: number, message: RegExp) {
  const server = await startServer()
  const answer = await call(server.grpcPort, options)
  expect(answer).toMatchObject({ http: 200, grpc, message: expect.stringMatching(message), body: null })
  expect(retryAfterMs(answer)).toBe(null)
  expect(server.countStored()).toBe(0)
  return answer
}

test('G01 an export is stored and answered with an empty message', async () => {
  const { headers, trailers } = await expectStored({ bytes: frame(BODY) })
  expect(headers['content-type']).toBe('application/grpc')
  expect(trailers['grpc-status']).toBe('0')
})

test('G02 the content type +proto is echoed', async () => {
  const type = { 'content-type': 'application/grpc+proto' }
  expect((await expectStored({ bytes: frame(BODY), headers: type })).headers).toMatchObject(type)
})

test('G03 a gzipped message', () => expectStored({ bytes: frame(gzipSync(BODY), { flag: 1 }), headers: gzipped }))

test.each([
  ['deflate', deflateSync(BODY)],
  ['snappy', Buffer.from(snappyCompress(BODY))],
])('a message in %s', async (coding, message) => {
  await expectStored({ bytes: frame(message, { flag: 1 }), headers: { 'grpc-encoding': coding } })
})

test('G04 with grpc-encoding gzip, a message whose flag is 0 is plain', () =>
  expectStored({ bytes: frame(BODY), headers: gzipped }))

test('G05 a compressed message without grpc-encoding is INTERNAL', () =>
  expectFailure({ bytes: frame(gzipSync(BODY), { flag: 1 }) }, 13, /flagged as compressed/))

test('G06 an unknown grpc-encoding is UNIMPLEMENTED and told what is taken', async () => {
  const headers = { 'grpc-encoding': 'br' }
  const answer = await expectFailure({ bytes: frame(BODY, { flag: 1 }), headers }, 12, /br is not supported/)
  expect(answer.headers['grpc-accept-encoding']).toMatch(/^identity,gzip(,|$)/)
})

test('G07 corrupt gzip is INTERNAL', () =>
  expectFailure({ bytes: frame(BODY, { flag: 1 }), headers: gzipped }, 13, /not gzip/))

test('G10 an empty message is an empty request', async () => {
  const server = await startServer()
  expect(await call(server.grpcPort, { bytes: frame(Buffer.alloc(0)) })).toMatchObject({ http: 200, grpc: 0 })
})

test('G11 garbage as protobuf is INVALID_ARGUMENT', () =>
  expectFailure({ bytes: frame(Buffer.from([0xff, 0xff, 0xff, 0xff])) }, 3, /./))

test('G12 no message at all is INTERNAL', () => expectFailure({}, 13, /no message/))

test('G13 two messages are INTERNAL', () =>
  expectFailure({ bytes: Buffer.concat([frame(BODY), frame(BODY)]) }, 13, /one message/))

test('G14 a message that is cut off is INTERNAL', () =>
  expectFailure({ bytes: frame(BODY.subarray(0, 20), { length: BODY.length }) }, 13, /cut off/))

test('G20 an unknown method is UNIMPLEMENTED', () =>
  expectFailure({ path: TRACES.replace('/Export', '/Import'), bytes: frame(BODY) }, 12, /no method/))

test('G21 an unknown service is UNIMPLEMENTED', () =>
  expectFailure({ path: '/some.Service/Export', bytes: frame(BODY) }, 12, /no method/))

test('G22 metrics are accepted and dropped, which is said once', async () => {
  const server = await startServer()
  for (const bytes of [frame(Buffer.alloc(0)), frame(Buffer.from([0x0a, 0x00]))]) {
    expect(await call(server.grpcPort, { path: METRICS, bytes })).toMatchObject({ http: 200, grpc: 0 })
  }
  expect(server.warnings).toEqual([expect.stringMatching(/^metrics are arriving/)])
})

test('logs are taken', async () => {
  const server = await startServer()
  const answer = await call(server.grpcPort, { path: LOGS, bytes: frame(Buffer.alloc(0)) })
  expect(answer).toMatchObject({ http: 200, grpc: 0, body: Buffer.alloc(0) })
})

test('G23 a content type that is not gRPC is HTTP 415', async () => {
  const server = await startServer()
  const headers = { 'content-type': 'application/json' }
  expect(await call(server.grpcPort, { bytes: Buffer.from('{}'), headers })).toMatchObject({ http: 415, grpc: null })
})

test('G24 GET is HTTP 405', async () => {
  const server = await startServer()
  const answer = await call(server.grpcPort, { headers: { ':method': 'GET' } })
  expect(answer).toMatchObject({ http: 405, grpc: null, headers: { allow: 'POST' } })
})

test('G30 a message of 5 MiB, more than gRPC libraries take by themselves', () =>
  expectStored({ bytes: frame(protobufRequest('x'.repeat(5 * MIB))) }))

test('G31 70 MiB are refused from their length, without waiting for them', () =>
  expectFailure({ bytes: frame(Buffer.alloc(10), { length: 70 * MIB }), keepOpen: true }, 8, /larger than 64 MiB/))

test('G32 a gzip bomb of 200 MiB is RESOURCE_EXHAUSTED', () =>
  expectFailure({ bytes: frame(gzipSync(Buffer.alloc(200 * MIB)), { flag: 1 }), headers: gzipped }, 8, /larger than/))

test('G33 70 MiB that are really sent are RESOURCE_EXHAUSTED', () =>
  expectFailure({ bytes: frame(Buffer.alloc(70 * MIB)) }, 8, /larger than/))

test('G40 a deadline that is past is DEADLINE_EXCEEDED', () =>
  expectFailure({ bytes: frame(BODY), headers: { 'grpc-timeout': '1n' } }, 4, /deadline/))

test('G40 a deadline is kept while the client is still sending', async () => {
  const headers = { 'grpc-timeout': '50m' }
  await expectFailure({ bytes: frame(BODY.subarray(0, 9), { length: 100 }), keepOpen: true, headers }, 4, /deadline/)
})

test('G40 a deadline in the far future is no deadline yet', () =>
  expectStored({ bytes: frame(BODY), headers: { 'grpc-timeout': '99999999H' } }))

test('a malformed grpc-timeout is INTERNAL', () =>
  expectFailure({ bytes: frame(BODY), headers: { 'grpc-timeout': 'soon' } }, 13, /grpc-timeout/))

test('G41 a call that ends after half of its message is INTERNAL', () => {
  const half = frame(BODY).subarray(0, BODY.length >> 1)
  return expectFailure({ bytes: half }, 13, /cut off: \d+ bytes of \d+/)
})

test('G41 a call that is reset after half of its message stores nothing, and its connection lives on', async () => {
  const server = await startServer()
  const session = connect(`http://127.0.0.1:${server.grpcPort}`)
  const headers = { ':method': 'POST', ':path': TRACES, 'content-type': 'application/grpc' }
  const first = session.request(headers, { endStream: false })
  first.on('error', () => {})
  first.write(frame(BODY).subarray(0, 30))
  await sleep(50)
  first.close(8) // CANCEL
  const second = session.request(headers, { endStream: false })
  second.end(frame(BODY))
  const [trailers] = await Promise.all([once(second, 'trailers'), second.resume() && once(second, 'end')])
  expect(trailers[0]['grpc-status']).toBe('0')
  expect(server.countStored()).toBe(1)
  session.destroy()
})

test('a message in a thousand DATA frames of a few bytes', async () => {
  const server = await startServer()
  const session = connect(`http://127.0.0.1:${server.grpcPort}`)
  const stream = session.request({ ':method': 'POST', ':path': TRACES, 'content-type': 'application/grpc' })
  const bytes = frame(protobufRequest('x'.repeat(3000)))
  for (let at = 0; at < bytes.length; at += 3) {
    stream.write(bytes.subarray(at, at + 3))
    if (at % 300 === 0) await sleep(0)
  }
  stream.end()
  stream.resume()
  const [trailers] = await once(stream, 'trailers')
  expect(trailers['grpc-status']).toBe('0')
  expect(server.spans()[0]!.attributes.get('text')).toHaveLength(3000)
  session.destroy()
})

test('many calls at once on one connection', async () => {
  const server = await startServer()
  const session = connect(`http://127.0.0.1:${server.grpcPort}`)
  const statuses = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const stream = session.request({ ':method': 'POST', ':path': TRACES, 'content-type': 'application/grpc' })
      stream.end(frame(BODY))
      stream.resume()
      const [trailers] = await once(stream, 'trailers')
      return trailers['grpc-status']
    }),
  )
  expect(new Set(statuses)).toEqual(new Set(['0']))
  session.destroy()
})

describe('partial success', () => {
  test('a span without ids is counted, and the others are stored', async () => {
    const server = await startServer()
    // Two spans, of which the second has no trace id: field 2 of ScopeSpans with a span id alone.
    const span = Buffer.from([0x12, 0x0a, 0x12, 0x08, 1, 2, 3, 4, 5, 6, 7, 8])
    const scope = Buffer.concat([Buffer.from([0x12, span.length]), span])
    const resource = Buffer.concat([Buffer.from([0x0a, scope.length]), scope])
    const answer = await call(server.grpcPort, { bytes: frame(Buffer.concat([BODY, resource])) })
    expect(answer).toMatchObject({ grpc: 0 })
    const { partialSuccess } = TraceResponseType.toObject(TraceResponseType.decode(answer.body!), { longs: Number })
    expect(partialSuccess).toEqual({ rejectedSpans: 1, errorMessage: expect.stringMatching(/1 of 2 spans/) })
    expect(server.countStored()).toBe(1)
  })
})

test('what is not HTTP/2 ends its own connection only', async () => {
  const server = await startServer()
  await expect(fetch(`http://127.0.0.1:${server.grpcPort}/v1/traces`, { method: 'POST' })).rejects.toThrow()
  expect(await call(server.grpcPort, { bytes: frame(BODY) })).toMatchObject({ grpc: 0 })
})

test('a sender that stops is let go with DEADLINE_EXCEEDED', async () => {
  const server = await startServer({ progress: { windowMs: 100, minBytes: 10 } })
  const answer = await call(server.grpcPort, { bytes: frame(BODY).subarray(0, 40), keepOpen: true })
  expect(answer).toMatchObject({ http: 200, grpc: 4, message: expect.stringMatching(/too slowly/) })
})

test('closing waits for a call that has begun, answers it, and takes no new one', async () => {
  const server = await startServer({})
  const session = connect(`http://127.0.0.1:${server.grpcPort}`)
  const stream = session.request({ ':method': 'POST', ':path': TRACES, 'content-type': 'application/grpc' })
  const bytes = frame(BODY)
  stream.write(bytes.subarray(0, 30))
  await sleep(100)
  const closed = server.close()
  await once(session, 'goaway')
  await expect(call(server.grpcPort, { bytes })).rejects.toThrow(/ECONNREFUSED/)
  stream.end(bytes.subarray(30))
  stream.resume()
  const [trailers] = await once(stream, 'trailers')
  expect(trailers['grpc-status']).toBe('0')
  await closed
})
