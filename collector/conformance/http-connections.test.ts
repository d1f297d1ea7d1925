// Connections of OTLP/HTTP: reuse, pipelining, chunks, trailers, half-closed sockets.

import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { sendProtobuf, talk } from './test-http-client.ts'
import { jsonRequest, jsonSpan, protobufRequest } from './test-payloads.ts'
import { startServer } from './test-server.ts'

const BODY = jsonRequest(jsonSpan())
const head = (...more: string[]) =>
  `${['POST /v1/traces HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', ...more].join('\r\n')}\r\n\r\n`

test('T94 Accept-Encoding is no obligation: the answer is not compressed', async () => {
  const server = await startServer()
  const answer = await sendProtobuf(server.port, protobufRequest(), { headers: { 'Accept-Encoding': 'gzip' } })
  expect([answer.status, answer.headers['content-encoding'], answer.body.length]).toEqual([200, undefined, 0])
})

test('T95 Expect: 100-continue', async () => {
  const server = await startServer()
  const text = await new Promise<string>((resolve) => {
    const socket = connect(server.port, '127.0.0.1')
    let got = ''
    socket.on('close', () => resolve(got))
    socket.on('data', (chunk) => {
      got += chunk
      // The body only follows once the server has asked for it.
      if (got === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write(BODY)
      else socket.destroy()
    })
    socket.write(head(`Content-Length: ${BODY.length}`, 'Expect: 100-continue'))
  })
  expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  expect(server.countStored()).toBe(1)
})

test('T95 a body that would be refused is not asked for', async () => {
  const server = await startServer()
  const text = await talk(server.port, head('Content-Length: 70000000', 'Expect: 100-continue'))
  expect(text).toMatch(/^HTTP\/1\.1 413 /)
})

test('T96 two pipelined requests on one connection', async () => {
  const server = await startServer()
  const two = jsonRequest(jsonSpan({ spanId: '02'.repeat(8) }))
  const text = await talk(
    server.port,
    `${head(`Content-Length: ${BODY.length}`)}${BODY}${head(`Content-Length: ${two.length}`)}${two}`,
  )
  expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
  expect(server.countStored()).toBe(2)
})

test('T96 a connection is kept and used again', async () => {
  const server = await startServer()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ports = new Set<number>()
  for (let i = 0; i < 3; i++) {
    await new Promise<void>((resolve, reject) => {
      const headers = { 'Content-Type': 'application/json', 'Content-Length': BODY.length }
      const outgoing = request(
        { port: server.port, path: '/v1/traces', method: 'POST', headers, agent },
        (response) => {
          ports.add(response.socket.localPort!)
          response.resume().on('end', resolve)
        },
      )
      outgoing.on('error', reject)
      outgoing.end(BODY)
    })
  }
  agent.destroy()
  expect(ports.size).toBe(1)
})

const CHUNKS = `${BODY.length.toString(16)}\r\n${BODY}\r\n`

test('T97 a chunked upload', async () => {
  const server = await startServer()
  expect(await talk(server.port, `${head('Transfer-Encoding: chunked')}${CHUNKS}0\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 200 OK/,
  )
  expect(server.countStored()).toBe(1)
})

test('T97 a chunked upload with trailers', async () => {
  const server = await startServer()
  const text = await talk(
    server.port,
    `${head('Transfer-Encoding: chunked', 'Trailer: X-Checksum')}${CHUNKS}0\r\nX-Checksum: 1\r\n\r\n`,
  )
  expect(text).toMatch(/^HTTP\/1\.1 200 OK/)
  expect(server.countStored()).toBe(1)
})

test('a socket that its client has half-closed still gets its answer', async () => {
  const server = await startServer()
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
    let got = ''
    socket.on('data', (chunk) => {
      got += chunk
    })
    socket.on('error', reject)
    socket.on('end', () => {
      socket.end()
      resolve(got)
    })
    socket.end(`${head(`Content-Length: ${BODY.length}`)}${BODY}`)
  })
  expect(text).toMatch(/^HTTP\/1\.1 200 OK/)
  expect(server.countStored()).toBe(1)
})

test('a malformed URL or request line is 400 and no crash', async () => {
  const server = await startServer()
  for (const line of ['POST //:@/%zz HTTP/1.1', 'GET http://[::1 HTTP/1.1', 'NONSENSE']) {
    expect(await talk(server.port, `${line}\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4\d\d /,
    )
  }
  expect((await sendProtobuf(server.port, protobufRequest())).status).toBe(200)
})

describe('a client that is still sending when it is refused', () => {
  const MIB = 1024 * 1024
  const tooLarge = (...more: string[]) => head(`Content-Length: ${1.5 * MIB}`, ...more)
  const OK_REQUEST = `${head(`Content-Length: ${BODY.length}`)}${BODY}`

  /**
   * Sends `pieces` one after the other, the first at once and each other one a moment later; all that comes back, how it
   * ended, and how many pieces were not sent then.
   */
  const sendSlowly = (port: number, pieces: readonly (string | Buffer)[], isOver: (text: string) => boolean) =>
    new Promise<{ text: string; ended: string; unsent: number }>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      let text = ''
      const settle = (ended: string) => {
        clearInterval(timer)
        socket.destroy()
        resolve({ text, ended, unsent: rest.length })
      }
      const rest = [...pieces]
      const timer = setInterval(() => {
        const piece = rest.shift()
        if (piece !== undefined) socket.write(piece)
      }, 150)
      socket.on('data', (chunk) => {
        text += chunk
        if (isOver(text)) settle('by the client')
      })
      socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
      socket.on('end', () => settle('by the server'))
    })

  const body = Array.from({ length: 12 }, () => Buffer.alloc(MIB / 8, ' '))

  test('has its answer at once, is read to its end, and sends its next request on the same connection', async () => {
    const server = await startServer({ maxBodyBytes: MIB })
    const { text, ended } = await sendSlowly(server.port, [tooLarge(), ...body, OK_REQUEST], (got) =>
      got.includes('200 OK'),
    )
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200'])
    expect(ended).toBe('by the client')
    expect(server.countStored()).toBe(1)
  })

  test('and wants no other request has its answer, and no reset', async () => {
    const server = await startServer({ maxBodyBytes: MIB })
    const { text, ...how } = await sendSlowly(server.port, [tooLarge('Connection: close'), ...body], () => false)
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    expect(how).toEqual({ ended: 'by the server', unsent: 0 })
  })

  test('and was not asked for its body has its answer at once', async () => {
    const server = await startServer({ maxBodyBytes: MIB, progress: { windowMs: 60_000, minBytes: 1 } })
    const text = await talk(server.port, tooLarge('Connection: close', 'Expect: 100-continue'))
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
  })

  test.each([
    ['of what a web stream holds', [Buffer.alloc(65_536, ' ')]],
    ['of more than it holds', body],
  ])('and sent a body %s keeps its connection', async (_, pieces) => {
    const server = await startServer({ progress: { windowMs: 400, minBytes: 1 } })
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const put = `PUT /api/runs/${'1'.repeat(16)}/overrides HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`
    // Ten requests at 150 ms each are three windows and more.
    const sent = [put, ...pieces, ...Array.from({ length: 10 }, () => OK_REQUEST)]
    const { text, ...how } = await sendSlowly(server.port, sent, (got) => got.split('200 OK').length === 11)
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    expect(how).toEqual({ ended: 'by the client', unsent: 0 })
  })

  test('and stops is let go', async () => {
    const server = await startServer({ maxBodyBytes: MIB, progress: { windowMs: 200, minBytes: 1 } })
    const { text, ended } = await sendSlowly(server.port, [tooLarge(), body[0]!], () => false)
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    expect(ended).toBe('by the server')
  })
})
