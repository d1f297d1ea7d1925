// Clients that do not behave, each a function of the server's address that resolves to null or to a sentence about what
// the server did wrong. None of them may store anything, except where the name says so.

import http from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { post } from './clients.mjs'
import { toJson, toProtobuf } from './payload.mjs'

const JSON_TYPE = { 'Content-Type': 'application/json' }
const PROTOBUF_TYPE = { 'Content-Type': 'application/x-protobuf' }
const MIB = 1024 * 1024

/** Made once: compressing 200 MiB takes a second. */
let bomb = null

export const BAD_REQUESTS = {
  'garbage protobuf': (url) => expect(url, 400, PROTOBUF_TYPE, Buffer.from('ffffffffffffffffff', 'hex')),
  'a length that promises gigabytes': (url) => expect(url, 400, PROTOBUF_TYPE, Buffer.from('0affffffff0f', 'hex')),
  'broken JSON': (url) => expect(url, 400, JSON_TYPE, Buffer.from('{"resourceSpans": [{')),
  'not gzip': (url) => expect(url, 400, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, Buffer.from('{}')),
  'another type': (url) => expect(url, 415, { 'Content-Type': 'text/plain' }, Buffer.from('{}')),
  'nested without end': (url) => {
    const depth = 20_000
    return expect(url, [200, 400], JSON_TYPE, Buffer.from(`{"x":${'['.repeat(depth)}${']'.repeat(depth)}}`))
  },
  'a gzip bomb of 200 MiB': (url) => {
    bomb ??= gzipSync(Buffer.alloc(200 * MIB, 0x20))
    return expect(url, 413, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, bomb)
  },
  'more than the limit, announced': (url) => raw(url, `Content-Length: ${65 * MIB}\r\n`, [], /^HTTP\/1\.1 413 /),
  'half a body, then silence and gone': async (url) => {
    const socket = await open(url, 'Content-Length: 1000\r\n')
    socket.write('{"resourceSpans": ')
    await sleep(50 + Math.random() * 500)
    socket.destroy()
    return null
  },
  'not HTTP': async (url) => {
    const socket = connect(Number(new URL(url).port), new URL(url).hostname)
    socket.on('error', () => {})
    socket.end(Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01'))
    await sleep(50)
    socket.destroy()
    return null
  },
}

async function expect(url, statuses, headers, body) {
  const answer = await post(`${url}/v1/traces`, headers, body, new http.Agent())
  const wanted = [statuses].flat()
  // A server that is full may say so first, and one that has answered 413 need not read the rest.
  const isFine =
    wanted.includes(answer.status) || answer.status === 503 || (wanted.includes(413) && answer.error !== null)
  return isFine ? null : `answered ${answer.status || answer.error} instead of ${wanted.join(' or ')}`
}

async function raw(url, headers, parts, wanted) {
  const socket = await open(url, headers)
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  for (const part of parts) socket.write(part)
  for (let waited = 0; waited < 10_000 && text === ''; waited += 20) await sleep(20)
  socket.destroy()
  return wanted.test(text) ? null : `answered ${JSON.stringify(text.slice(0, 80))} instead of ${wanted}`
}

/** A connection on which the head of an export in JSON has been sent. */
async function open(url, headers) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  // What a broken connection means is for the caller to see in what came back.
  socket.on('error', () => {})
  socket.write(`POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n`)
  return socket
}

/**
 * Sends an export in `pieces` pieces over `totalMs`. Resolves to the status, or to 0 if the connection ended. With
 * `giveUpAt` (a share of the pieces) the client goes away there: nobody knows whether the export was stored.
 */
export async function sendSlowly(url, made, { pieces, totalMs, giveUpAt = 2 }) {
  const body = toJson(made)
  const socket = await open(url, `Content-Length: ${body.length}\r\n`)
  let text = ''
  let isOver = false
  socket.on('data', (chunk) => {
    text += chunk
  })
  socket.on('close', () => {
    isOver = true
  })
  const size = Math.ceil(body.length / pieces)
  for (let i = 0; i < pieces && !isOver; i++) {
    if (i / pieces >= giveUpAt) {
      socket.destroy()
      return 0
    }
    socket.write(body.subarray(i * size, (i + 1) * size))
    await sleep(totalMs / pieces)
  }
  for (let waited = 0; waited < 10_000 && text === '' && !isOver; waited += 20) await sleep(20)
  socket.destroy()
  return Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)
}

/** Sends all of an export and goes away without waiting for the answer. */
export async function sendAndLeave(url, made) {
  const body = toProtobuf(made)
  const request = http.request(`${url}/v1/traces`, {
    method: 'POST',
    headers: { ...PROTOBUF_TYPE, 'Content-Length': body.length },
  })
  request.on('error', () => {})
  request.end(body)
  await sleep(Math.random() * 20)
  request.destroy()
}
