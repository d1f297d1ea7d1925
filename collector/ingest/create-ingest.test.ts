// The ingest with its threads on real files.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TraceId } from '../../analyzer/model/span.ts'
import { varint } from '../../scripts/fuzz/write-protobuf.ts'
import { openDatabase } from '../database.ts'
import { keyFileOf } from '../redaction/digest-key.ts'
import { countSpans } from '../store/count-spans.ts'
import { readLogs, readLogsOfTrace } from '../store/read-logs.ts'
import { readTrace } from '../store/read-trace.ts'
import type { Store } from '../store/store.ts'
import { createIngest, type IngestOptions, type ThreadedIngest } from './create-ingest.ts'
import type { IngestRequest } from './ingest.ts'

let folder: string
let store: Store
let ingest: ThreadedIngest
let told: TraceId[]
let warnings: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-ingest-'))
  const opened = openDatabase(join(folder, 'spans.db'))
  if (!opened.ok) throw new Error(opened.error)
  store = opened.value
  told = []
  warnings = []
})

afterEach(async () => {
  await ingest.close()
  store.close()
  rmSync(folder, { recursive: true })
})

function start(options: IngestOptions = {}): void {
  ingest = createIngest(store, {
    onStored: (traceIds) => told.push(...traceIds),
    warn: (line) => warnings.push(line),
    ...options,
  })
}

const TRACE = 'a'.repeat(32) as TraceId
const STORED = { kind: 'stored', rejected: 0, reason: '' }

const spanOf = (id: number, more: object = {}) => ({
  traceId: TRACE,
  spanId: id.toString(16).padStart(16, '0'),
  name: `span ${id}`,
  ...more,
})

const traces = (...spans: object[]): IngestRequest => ({
  signal: 'traces',
  encoding: 'json',
  body: Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })),
})

const logs = (...logRecords: object[]): IngestRequest => ({
  signal: 'logs',
  encoding: 'json',
  body: Buffer.from(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ scope: { name: 'l' }, logRecords }] }] })),
})

test('an export is readable when its outcome is there, and its trace is told', async () => {
  start()
  expect(await ingest.submit(traces(spanOf(1), spanOf(2)))).toEqual(STORED)
  expect(readTrace(store, TRACE).map(({ name }) => name)).toEqual(['span 1', 'span 2'])
  expect([told, ingest.pendingBytes]).toEqual([[TRACE], 0])
})

test('many exports at once are all stored, each span once', async () => {
  start()
  const requests = Array.from({ length: 60 }, (_, i) => traces(spanOf(i + 1), spanOf((i % 20) + 1)))
  expect(await Promise.all(requests.map((request) => ingest.submit(request)))).toEqual(requests.map(() => STORED))
  expect(countSpans(store)).toEqual({ traces: 1, spans: 60 })
})

test('what is malformed is bad, what has no ids is rejected in part, and neither stops the next', async () => {
  start()
  expect(await ingest.submit({ signal: 'traces', encoding: 'protobuf', body: Buffer.from('not protobuf') })).toEqual({
    kind: 'bad',
    message: expect.stringContaining('not an ExportTraceServiceRequest'),
  })
  expect(await ingest.submit(traces(spanOf(1), { name: 'no ids' }))).toEqual({
    kind: 'stored',
    rejected: 1,
    reason: '1 of 2 spans have no valid trace id and span id',
  })
  expect(await ingest.submit({ signal: 'traces', encoding: 'protobuf', body: new Uint8Array(0) })).toEqual(STORED)
  expect(countSpans(store).spans).toBe(1)
})

test('a log record is stored once, however often it is sent, and read by trace and by time', async () => {
  start()
  const record = {
    traceId: TRACE,
    spanId: '00000000000000ff',
    timeUnixNano: '50',
    severityNumber: 9,
    eventName: 'tool.result',
    body: { stringValue: 'hello' },
    attributes: [{ key: 'n', value: { intValue: '7' } }],
  }
  const outside = { observedTimeUnixNano: '60', body: { kvlistValue: { values: [] } } }
  for (let i = 0; i < 2; i++) expect(await ingest.submit(logs(record, outside))).toEqual(STORED)
  const [first] = readLogsOfTrace(store, TRACE)
  expect(first).toEqual({
    traceId: TRACE,
    spanId: '00000000000000ff',
    timeUnixNano: 50n,
    observedTimeUnixNano: 0n,
    severityNumber: 9,
    severityText: '',
    eventName: 'tool.result',
    body: 'hello',
    attributes: new Map([['n', 7]]),
    droppedAttributesCount: 0,
    scope: { name: 'l', version: '' },
    resource: new Map(),
  })
  expect(readLogs(store, 0n, 100n, 10).map(({ body }) => body)).toEqual(['hello', new Map()])
  expect(readLogs(store, 51n, 100n, 10).map(({ traceId }) => traceId)).toEqual([null])
  expect(readLogs(store, 0n, 60n, 10)).toHaveLength(1)
  expect(told).toEqual([TRACE])
})

describe('overload', () => {
  test('past the bound it is busy, and one request alone is always taken', async () => {
    start({ maxPendingBytes: 10 })
    const first = ingest.submit(traces(spanOf(1)))
    expect(await ingest.submit(traces(spanOf(2)))).toMatchObject({ kind: 'busy', retryAfterMs: 1000 })
    expect(await first).toEqual(STORED)
    expect(await ingest.submit(traces(spanOf(2)))).toEqual(STORED)
  })

  test('closing finishes what was submitted and takes no more', async () => {
    start()
    const submitted = Array.from({ length: 20 }, (_, i) => ingest.submit(traces(spanOf(i + 1))))
    const closed = ingest.close()
    expect(await ingest.submit(traces(spanOf(99)))).toMatchObject({ kind: 'busy' })
    expect(await Promise.all(submitted)).toEqual(submitted.map(() => STORED))
    await closed
    expect(countSpans(store).spans).toBe(20)
  })
})

describe('faults', () => {
  test.each([0, 1])('a thread that dies (%i) makes what waits busy, and another takes over', async (which) => {
    start()
    expect(await ingest.submit(traces(spanOf(1)))).toEqual(STORED)
    const waiting = Array.from({ length: 5 }, (_, i) => ingest.submit(traces(spanOf(i + 2))))
    await ingest.threads[which]!.terminate()
    for (const outcome of await Promise.all(waiting)) expect(['stored', 'busy']).toContain(outcome.kind)
    let outcome = await ingest.submit(traces(spanOf(50)))
    for (const until = Date.now() + 20_000; outcome.kind === 'busy' && Date.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      outcome = await ingest.submit(traces(spanOf(50)))
    }
    expect(outcome).toEqual(STORED)
    expect(readTrace(store, TRACE).map(({ name }) => name)).toEqual(expect.arrayContaining(['span 1', 'span 50']))
  })

  test('a locked database is busy, is told once, and is written when the lock has gone', async () => {
    start()
    const other = new Database(store.file)
    other.exec('BEGIN IMMEDIATE')
    for (let i = 0; i < 2; i++) {
      expect(await ingest.submit(traces(spanOf(1)))).toMatchObject({
        kind: 'busy',
        message: expect.stringContaining('locked'),
      })
    }
    other.exec('COMMIT')
    other.close()
    expect(await ingest.submit(traces(spanOf(1)))).toEqual(STORED)
    expect(warnings).toEqual([expect.stringContaining('database is locked'), expect.stringContaining('stored again')])
  })

  test('one request that cannot be stored does not take the others with it', async () => {
    store.writer.exec(
      "CREATE TRIGGER fail BEFORE INSERT ON spans WHEN new.kind = 9 BEGIN SELECT raise(ABORT, 'no'); END",
    )
    start()
    const outcomes = await Promise.all([
      ingest.submit(traces(spanOf(1))),
      ingest.submit(traces(spanOf(2), spanOf(3, { kind: 9 }))),
      ingest.submit(traces(spanOf(4))),
    ])
    expect(outcomes).toEqual([STORED, { kind: 'failed', message: 'the database failed: no' }, STORED])
    expect(readTrace(store, TRACE).map(({ name }) => name)).toEqual(['span 1', 'span 4'])
  })
})

test('a record with a secret in it that is sent again after a restart is stored once', async () => {
  const record = { timeUnixNano: '50', body: { stringValue: 'password=hunter22 & more' } }
  for (let i = 0; i < 2; i++) {
    start()
    expect(await ingest.submit(logs(record))).toEqual(STORED)
    await ingest.close()
  }
  const bodies = readLogs(store, 0n, 100n, 10).map(({ body }) => body)
  expect(bodies).toEqual([expect.stringMatching(/^password=\[redacted:secret:[0-9a-f]{8}\] & more$/)])
  expect(warnings).toEqual([])
})

test('a key that cannot be kept is said, and exports are taken all the same', async () => {
  mkdirSync(keyFileOf(store.file))
  start()
  expect(warnings).toEqual([expect.stringMatching(/^the key of redacted secrets cannot be kept in .*redaction-key \(/)])
  expect(await ingest.submit(traces(spanOf(1)))).toEqual(STORED)
})

/** A field of protobuf that has a length. */
function field(number: number, ...content: Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content)
  return Buffer.concat([varint(BigInt(number * 8 + 2)), varint(BigInt(bytes.length)), bytes])
}

test.each(['json', 'protobuf'] as const)('secrets in trace states and in bytes are taken out: %s', async (encoding) => {
  const token = `ghp_${'a1B2c3D4e5'.repeat(4)}`
  const traceState = `vendor=${token}`
  const bytesValue = Buffer.from('hunter22').toString('base64')
  const ids = { traceId: TRACE, spanId: 'b'.repeat(16) }
  const attributes = [{ key: 'db.password', value: { bytesValue } }]
  const span = { ...ids, traceState, attributes, links: [{ ...ids, traceState }] }
  const inProtobuf = [
    ...[field(1, Buffer.from(TRACE, 'hex')), field(2, Buffer.alloc(8, 0xbb)), field(3, Buffer.from(traceState))],
    field(9, field(1, Buffer.from('db.password')), field(2, field(7, Buffer.from('hunter22')))),
    field(13, field(1, Buffer.from(TRACE, 'hex')), field(2, Buffer.alloc(8, 0xbb)), field(3, Buffer.from(traceState))),
  ]
  start()
  const body = encoding === 'json' ? traces(span).body : field(1, field(2, field(2, ...inProtobuf)))
  expect(await ingest.submit({ signal: 'traces', encoding, body })).toEqual(STORED)
  const stored = Buffer.from(store.reader.prepare('SELECT CAST(body AS BLOB) FROM spans').pluck().get() as Uint8Array)
  expect(stored.includes(token)).toBe(false)
  expect(stored.toString('latin1').match(/vendor=\[redacted:github-token:[0-9a-f]{8}\]/g)).toHaveLength(2)
  const [read] = readTrace(store, TRACE)
  const { base64: left } = read!.attributes.get('db.password') as { base64: string }
  expect(Buffer.from(left, 'base64').toString()).toMatch(/^\[redacted:secret:[0-9a-f]{8}\]$/)
  expect(read!.links).toHaveLength(1)
})

test('secrets are taken out before anything is stored, unless that is turned off', async () => {
  const secret = spanOf(1, { attributes: [{ key: 'db.password', value: { stringValue: 'hunter22' } }] })
  start()
  await ingest.submit(traces(secret))
  expect(readTrace(store, TRACE)[0]?.attributes.get('db.password')).toMatch(/^\[redacted:/)
  await ingest.close()
  start({ redaction: false })
  await ingest.submit(traces({ ...secret, spanId: 'b'.repeat(16) }))
  expect(readTrace(store, TRACE)[1]?.attributes.get('db.password')).toBe('hunter22')
})
