// OTLP over HTTP without a socket: `app.request()` against a store in a temporary file, with real spans.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import type { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Span } from '../../analyzer/model/span.ts'
import { draw } from '../../fixtures/draw.ts'
import { openDatabase } from '../database.ts'
import { RpcStatusType, TraceRequestType } from '../otlp/schema.ts'
import { requestToJson } from '../otlp/span-to-json.ts'
import { countSpans } from '../store/count-spans.ts'
import type { Store } from '../store/store.ts'
import { createAnalysedTraces } from './analysed-traces.ts'
import { createApp } from './app.ts'
import { MAX_BODY_BYTES } from './read-body.ts'
import type { RouteContext } from './route-context.ts'
import { createTraceEvents, type TraceEvents } from './trace-events.ts'

const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'

const drawing = (name: string) =>
  draw(readFileSync(new URL(`../../fixtures/drawings/${name}.txt`, import.meta.url), 'utf8'))

let folder: string
let store: Store
let events: TraceEvents
let warnings: string[]
let context: RouteContext
let app: Hono

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-routes-'))
  const opened = openDatabase(join(folder, 'spans.db'))
  if (!opened.ok) throw new Error(opened.error)
  store = opened.value
  events = createTraceEvents(5)
  warnings = []
  context = {
    store,
    events,
    traces: createAnalysedTraces(store, {}),
    allowedHosts: ['tailrace.internal'],
    loopback: true,
    uiDir: join(folder, 'ui'),
    version: '1.2.3',
    warn: (line) => warnings.push(line),
  }
  app = createApp(context)
})

afterEach(() => {
  events.close()
  store.close()
  rmSync(folder, { recursive: true })
})

const post = (body: string | Uint8Array, headers: Record<string, string>, path = '/v1/traces') =>
  app.request(path, { method: 'POST', body: typeof body === 'string' ? body : new Uint8Array(body), headers })

const requestOf = (spans: readonly Span[]) => JSON.stringify(requestToJson(spans))

const send = (spans: readonly Span[]) => post(requestOf(spans), { 'Content-Type': JSON_TYPE })

/** The Status in a body, whatever its encoding, and that encoding. */
async function statusOf(response: Response): Promise<{ code: number; message: string; type: string | null }> {
  const type = response.headers.get('content-type')
  const bytes = new Uint8Array(await response.arrayBuffer())
  const status = (
    type === PROTOBUF_TYPE
      ? RpcStatusType.toObject(RpcStatusType.decode(bytes))
      : JSON.parse(new TextDecoder().decode(bytes))
  ) as { code: number; message: string }
  return { ...status, type }
}

const protobufRequest = (name = 'x') =>
  TraceRequestType.encode({
    resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 2), name }] }] }],
  }).finish()

describe('POST /v1/traces', () => {
  test.each([[JSON_TYPE], ['application/json; charset=utf-8'], ['APPLICATION/JSON']])('JSON as %s', async (type) => {
    const { spans } = drawing('pure-fan-out')
    const response = await post(requestOf(spans), { 'Content-Type': type })
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([200, JSON_TYPE, {}])
    expect(countSpans(store)).toEqual({ traces: 1, spans: spans.length })
  })

  test('protobuf, answered in protobuf with an empty message', async () => {
    const response = await post(protobufRequest(), { 'Content-Type': 'Application/X-Protobuf' })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, PROTOBUF_TYPE])
    expect((await response.arrayBuffer()).byteLength).toBe(0)
    expect(countSpans(store).spans).toBe(1)
  })

  test.each(['gzip', 'GZIP'])('Content-Encoding %s, in one member or two', async (coding) => {
    const bytes = protobufRequest()
    const two = Buffer.concat([gzipSync(bytes.subarray(0, 9)), gzipSync(bytes.subarray(9))])
    for (const body of [gzipSync(bytes), two]) {
      const headers = { 'Content-Type': PROTOBUF_TYPE, 'Content-Encoding': coding }
      expect((await post(body, headers)).status).toBe(200)
    }
    expect(countSpans(store).spans).toBe(1)
  })

  test('identity is no encoding', async () => {
    const headers = { 'Content-Type': PROTOBUF_TYPE, 'Content-Encoding': 'identity' }
    expect((await post(protobufRequest(), headers)).status).toBe(200)
  })

  test.each([
    ['protobuf of no bytes', '', PROTOBUF_TYPE],
    ['an empty object', '{}', JSON_TYPE],
  ])('an empty request: %s', async (_, body, type) =>
    expect((await post(body, { 'Content-Type': type })).status).toBe(200),
  )

  test('the same export twice is stored once', async () => {
    const { spans } = drawing('pure-fan-out')
    expect([(await send(spans)).status, (await send(spans)).status]).toEqual([200, 200])
    expect(countSpans(store).spans).toBe(spans.length)
  })

  test('spans without ids are rejected alone, and the sender is told', async () => {
    const { spans } = drawing('pure-fan-out')
    const body = requestOf(spans).replace(spans[0]!.traceId, '0'.repeat(32))
    const response = await post(body, { 'Content-Type': JSON_TYPE })
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        partialSuccess: {
          rejectedSpans: '1',
          errorMessage: `1 of ${spans.length} spans have no valid trace id and span id`,
        },
      },
    ])
    expect(countSpans(store).spans).toBe(spans.length - 1)
  })

  const malformed = { status: 400, code: 3 }
  test.each([
    ['broken JSON', '{"resourceSpans":[', { 'Content-Type': JSON_TYPE }, malformed, 'not JSON'],
    ['garbage as protobuf', '\xff\xff\xff', { 'Content-Type': PROTOBUF_TYPE }, malformed, 'not an ExportTraceService'],
    [
      'a message cut off',
      protobufRequest().subarray(0, 20),
      { 'Content-Type': PROTOBUF_TYPE },
      malformed,
      'not an Export',
    ],
    [
      'a length larger than the body',
      new Uint8Array([10, 255, 255, 255, 127]),
      { 'Content-Type': PROTOBUF_TYPE },
      malformed,
      'range',
    ],
    [
      'a plain body called gzip',
      '{}',
      { 'Content-Type': JSON_TYPE, 'Content-Encoding': 'gzip' },
      malformed,
      'not gzip',
    ],
    [
      'gzip cut off',
      gzipSync(protobufRequest()).subarray(0, 20),
      { 'Content-Type': PROTOBUF_TYPE, 'Content-Encoding': 'gzip' },
      malformed,
      'not gzip',
    ],
    ['an unknown coding', '{}', { 'Content-Type': JSON_TYPE, 'Content-Encoding': 'br' }, malformed, 'use gzip or none'],
    ['text', '{}', { 'Content-Type': 'text/plain' }, { status: 415, code: 3 }, 'expected application/x-protobuf or'],
    [
      'almost the type',
      '',
      { 'Content-Type': 'application/protobuf' },
      { status: 415, code: 3 },
      'expected application',
    ],
    [
      'more than 64 MiB',
      new Uint8Array(MAX_BODY_BYTES + 1),
      { 'Content-Type': PROTOBUF_TYPE, 'Content-Length': String(MAX_BODY_BYTES + 1) },
      { status: 413, code: 8 },
      'larger than 64 MiB',
    ],
    [
      'a decompression bomb',
      gzipSync(new Uint8Array(MAX_BODY_BYTES + 1)),
      { 'Content-Type': PROTOBUF_TYPE, 'Content-Encoding': 'gzip' },
      { status: 413, code: 8 },
      'larger than 64 MiB',
    ],
  ] as [string, string | Uint8Array, Record<string, string>, { status: number; code: number }, string][])(
    '%s gets a Status in its own encoding',
    async (_, body, headers, { status, code }, message) => {
      const response = await post(body, headers)
      expect(response.status).toBe(status)
      const type = headers['Content-Type'] === PROTOBUF_TYPE ? PROTOBUF_TYPE : JSON_TYPE
      expect(await statusOf(response)).toEqual({ code, type, message: expect.stringContaining(message) })
      expect(countSpans(store).spans).toBe(0)
    },
  )

  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('%s is 405 and says what is allowed', async (method) => {
    const response = await app.request('/v1/traces', { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(await statusOf(response)).toMatchObject({ code: 12, type: JSON_TYPE })
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
  })

  test.each(['/v1/traces/', '/v1/nothing', '/v1development/profiles'])('%s is 404', async (path) => {
    expect((await post('{}', { 'Content-Type': JSON_TYPE }, path)).status).toBe(404)
  })

  test('a locked database is told as 503 with Retry-After, and nothing is lost once it is free', async () => {
    const other = new Database(store.file)
    other.exec('BEGIN IMMEDIATE')
    const response = await post(protobufRequest(), { 'Content-Type': PROTOBUF_TYPE })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await statusOf(response)).toEqual({
      code: 14,
      type: PROTOBUF_TYPE,
      message: expect.stringMatching('locked'),
    })
    expect(warnings).toEqual([expect.stringMatching('told to try again')])
    other.exec('COMMIT')
    other.close()
    expect((await post(protobufRequest(), { 'Content-Type': PROTOBUF_TYPE })).status).toBe(200)
  })

  test('a fault of ours is 500 with a Status and a line on the terminal', async () => {
    store.writer.exec('DROP TABLE spans')
    const response = await post(protobufRequest(), { 'Content-Type': PROTOBUF_TYPE })
    expect([response.status, (await statusOf(response)).code]).toEqual([500, 13])
    expect(warnings).toEqual([expect.stringMatching('no such table')])
  })
})

test.each(['logs', 'metrics'])('%s are accepted, dropped, and said so once', async (signal) => {
  for (const type of [JSON_TYPE, PROTOBUF_TYPE]) {
    const response = await post(type === JSON_TYPE ? '{}' : '', { 'Content-Type': type }, `/v1/${signal}`)
    expect([response.status, await response.text()]).toEqual([200, type === JSON_TYPE ? '{}' : ''])
  }
  expect(warnings).toEqual([expect.stringMatching(`^${signal} are arriving`)])
  expect((await post('{}', { 'Content-Type': 'text/plain' }, `/v1/${signal}`)).status).toBe(415)
})
