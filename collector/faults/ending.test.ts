// One side ends in the middle of an export.

import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { frame, TRACES } from '../conformance/test-grpc-client.ts'
import { protobufRequest } from '../conformance/test-payloads.ts'
import { expectStored, exportBody, type Server, send, start, storedSpans, tempFolder } from './test-server.ts'

const SPANS = 200

function head(body: Buffer): string {
  return `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
}

const open = (server: Server) => connect(Number(new URL(server.url).port), '127.0.0.1')

test('F06 SIGTERM during exports: all that was received is answered and stored, the rest is not there at all', async () => {
  const dbFile = join(tempFolder(), 'spans.db')
  const server = await start(dbFile)
  const acknowledged: number[] = []
  let sent = 0
  let isOver = false
  const senders = Array.from({ length: 6 }, async () => {
    while (!isOver) {
      const n = ++sent
      try {
        const { status } = await send(server, exportBody(n, SPANS, 1000))
        if (status === 200) acknowledged.push(n)
      } catch {
        // Refused: the server takes no new connections any more.
        isOver = true
      }
    }
  })
  while (acknowledged.length < 10) await sleep(1)
  // One that has begun, and ends after the signal.
  const late = exportBody(100_000, SPANS, 1000)
  const socket = open(server)
  socket.setEncoding('utf8')
  socket.write(head(late))
  socket.write(late.subarray(0, 1000))
  await sleep(50)
  const stopped = server.stop('SIGTERM')
  await sleep(50)
  socket.write(late.subarray(1000))
  const [answer] = (await once(socket, 'data')) as [string]
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/)
  expect(await stopped).toBe(0)
  isOver = true
  await Promise.all(senders)
  expect(server.stderr()).toBe('')
  expectStored(dbFile, [...acknowledged, 100_000], SPANS)
  for (let n = 1; n <= sent; n++) expect([0, SPANS]).toContain(storedSpans(dbFile, n))
})

test('SIGTERM during a gRPC call: what has begun is answered and stored, and a new call finds nobody', async () => {
  const dbFile = join(tempFolder(), 'spans.db')
  const server = await start(dbFile)
  const session = connectHttp2(`http://127.0.0.1:${server.grpcPort}`)
  // The connection ends in one way or another; the call has its own say.
  session.on('error', () => {})
  const headers = { ':method': 'POST', ':path': TRACES, 'content-type': 'application/grpc', te: 'trailers' }
  const stream = session.request(headers, { endStream: false })
  const bytes = frame(protobufRequest('x'.repeat(100_000)))
  stream.write(bytes.subarray(0, 1000))
  await sleep(100)
  const stopped = server.stop('SIGTERM')
  await sleep(100)
  const late = connectHttp2(`http://127.0.0.1:${server.grpcPort}`)
  await expect(once(late, 'connect')).rejects.toThrow()
  stream.end(bytes.subarray(1000))
  stream.resume()
  const [trailers] = (await once(stream, 'trailers')) as [Record<string, string>]
  expect(trailers['grpc-status']).toBe('0')
  expect(await stopped).toBe(0)
  session.destroy()
  expect(server.stderr()).toBe('')
  const database = new Database(dbFile, { readonly: true })
  expect(database.prepare('SELECT count(*) FROM spans').pluck().get()).toBe(1)
  database.close()
})

test('a client that hangs in the middle of a body does not keep the server from ending', async () => {
  const server = await start(join(tempFolder(), 'spans.db'))
  const body = exportBody(1)
  const socket = open(server)
  socket.on('error', () => {})
  socket.write(head(body))
  socket.write(body.subarray(0, 10))
  await sleep(50)
  const startMs = performance.now()
  expect(await server.stop('SIGTERM')).toBe(0)
  // The grace for requests in flight is 5 s. It is not that the body was found too slow, which takes 30 s.
  expect(performance.now() - startMs).toBeLessThan(15_000)
})

test('clients that go in the middle of a body leave nothing, those that go after it all or nothing', async () => {
  const dbFile = join(tempFolder(), 'spans.db')
  const server = await start(dbFile)
  const body = (n: number) => exportBody(n, SPANS, 1000)
  for (let n = 1; n <= 20; n++) {
    const bytes = body(n)
    const socket = open(server)
    socket.on('error', () => {})
    socket.write(head(bytes))
    // From nothing of the body to all but its last byte.
    socket.write(bytes.subarray(0, Math.floor((bytes.length - 1) * (n / 20))))
    await sleep(10)
    socket.destroy()
  }
  for (let n = 21; n <= 40; n++) {
    const bytes = body(n)
    const socket = open(server)
    socket.on('error', () => {})
    socket.write(head(bytes))
    socket.write(bytes)
    await sleep(Math.random() * 10)
    socket.destroy()
  }
  expect(await send(server, body(41))).toMatchObject({ status: 200 })
  expect(await server.stop()).toBe(0)
  expectStored(dbFile, [41], SPANS)
  for (let n = 1; n <= 20; n++) expect(storedSpans(dbFile, n), `export ${n}`).toBe(0)
  for (let n = 21; n <= 40; n++) expect([0, SPANS]).toContain(storedSpans(dbFile, n))
  expect(server.stderr()).toBe('')
})
