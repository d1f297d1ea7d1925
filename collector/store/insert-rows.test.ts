// Spans are kept byte for byte as they were received, and files of older schemas keep theirs.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SpanId, TraceId } from '../../analyzer/model/span.ts'
import { conversationReader } from '../conversation-reader.ts'
import { openDatabase } from '../database.ts'
import type { Encoding } from '../otlp/encoding.ts'
import { readRows } from '../otlp/read-rows.ts'
import { TraceRequestType } from '../otlp/schema.ts'
import { findTracesOfSpan } from './find-traces-of-span.ts'
import { insertRows } from './insert-rows.ts'
import { findTrace } from './list-traces.ts'
import { MIGRATIONS } from './migrations.ts'
import { readTrace } from './read-trace.ts'
import type { Store } from './store.ts'

let folder: string
let file: string
const open: Store[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-rows-'))
  file = join(folder, 'spans.db')
})

afterEach(() => {
  for (const store of open.splice(0)) store.close()
  rmSync(folder, { recursive: true })
})

function openStore(): Store {
  const opened = openDatabase(file)
  if (!opened.ok) throw new Error(opened.error)
  open.push(opened.value)
  return opened.value
}

function insert(store: Store, body: Uint8Array, encoding: Encoding) {
  const read = readRows('traces', encoding, body, null)
  if (!read.ok) throw new Error(read.error)
  return insertRows(store.writer, [read.value], conversationReader)
}

const TRACE = '0123456789abcdef0123456789abcdef' as TraceId
const SPAN = '0123456789abcdef' as SpanId

test('a JSON span is stored as the text it was sent as, all of it', () => {
  const store = openStore()
  const span =
    `{ "traceId": "${TRACE.toUpperCase()}", "spanId":"${SPAN}", "traceState":"k=v", "flags":257, "name":"a\\u00e9",` +
    ' "attributes":[{"key":"d","value":{"doubleValue":5.0}}], "droppedEventsCount":3, "newField":[1, 2] }'
  const scope = '{"name":"s","attributes":[{"key":"x","value":{"boolValue":true}}]}'
  const request = `{"resourceSpans":[{"schemaUrl":"http://r","scopeSpans":[{"spans":[${span}],"scope":${scope}}]}]}`
  expect(insert(store, Buffer.from(request), 'json')).toEqual({ added: 1, traceIds: [TRACE] })
  const row = (sql: string) => store.reader.prepare(sql).raw().get()
  expect(row('SELECT body, typeof(body), trace_id, name FROM spans')).toEqual([span, 'text', TRACE, 'aé'])
  expect(row('SELECT body, schema_url FROM scopes')).toEqual([scope, ''])
  expect(row('SELECT body, schema_url FROM resources')).toEqual(['', 'http://r'])
  // Anyone can look into the file: SQLite reads the body as JSON.
  expect(row("SELECT body ->> '$.attributes[0].key' FROM spans")).toEqual(['d'])
  expect(readTrace(store, TRACE)).toMatchObject([
    { name: 'aé', attributes: new Map([['d', 5]]), scope: { name: 's', version: '' }, resource: new Map() },
  ])
})

test('a protobuf span is stored as the bytes of its message', () => {
  const store = openStore()
  const bytesOf = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'agent' } }] }
  const end = 2n ** 64n - 1n
  const span = {
    traceId: bytesOf(TRACE),
    spanId: bytesOf(SPAN),
    parentSpanId: bytesOf('00000000000000aa'),
    name: 'tool',
    kind: 3,
    startTimeUnixNano: '1795248026218058651',
    endTimeUnixNano: String(end),
    status: { code: 2, message: 'no' },
  }
  const request = TraceRequestType.fromObject({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })
  const body = TraceRequestType.encode(request).finish()
  insert(store, body, 'protobuf')
  const stored = store.reader.prepare('SELECT body FROM spans').pluck().get() as Buffer
  expect(Buffer.from(body).includes(stored)).toBe(true)
  expect(readTrace(store, TRACE)).toMatchObject([
    {
      traceId: TRACE,
      spanId: SPAN,
      parentSpanId: '00000000000000aa',
      name: 'tool',
      kind: 3,
      startTimeUnixNano: 1795248026218058651n,
      endTimeUnixNano: end,
      status: { code: 2, message: 'no' },
      resource: new Map([['service.name', 'agent']]),
    },
  ])
  // SQLite's integers end in the year 2262.
  expect(findTrace(store, TRACE)?.endTimeUnixNano).toBe(2n ** 63n - 1n)
  expect(findTracesOfSpan(store, '00000000000000aa' as SpanId)).toEqual([TRACE])
})

interface Sent {
  readonly spanId?: string
  readonly name?: string
  readonly start?: number
  readonly end?: number
  readonly text?: string
}

/** One span: `tool`, from 5, that has not ended, with an attribute of some text. */
function request(
  { spanId = SPAN, name = 'tool', start = 5, end = 0, text = '' }: Sent,
  encoding: Encoding,
): Uint8Array {
  const span = {
    name,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(end),
    attributes: [{ key: 'text', value: { stringValue: text } }],
  }
  const bytesOf = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
  const of = (traceId: string, id: string) => ({
    resourceSpans: [{ scopeSpans: [{ spans: [{ traceId, spanId: id, ...span }] }] }],
  })
  if (encoding === 'json') return Buffer.from(JSON.stringify(of(TRACE, spanId)))
  return TraceRequestType.encode(TraceRequestType.fromObject(of(bytesOf(TRACE), bytesOf(spanId)))).finish()
}

/** What is stored of the trace: each span as `name start-end text`. */
const stored = (store: Store) =>
  readTrace(store, TRACE).map(
    ({ name, startTimeUnixNano, endTimeUnixNano, attributes }) =>
      `${name} ${startTimeUnixNano}-${endTimeUnixNano} ${attributes.get('text')}`,
  )

describe('a span that is sent again', () => {
  test.each(['json', 'protobuf'] as const)('as it was, in %s, changes nothing', (encoding) => {
    const store = openStore()
    insert(store, request({ end: 9, text: 'a' }, encoding), encoding)
    const before = findTrace(store, TRACE)
    expect(insert(store, request({ end: 9, text: 'a' }, encoding), encoding)).toEqual({ added: 0, traceIds: [] })
    expect(findTrace(store, TRACE)).toEqual(before)
    expect(before).toMatchObject({ spanCount: 1, revision: 1n })
  })

  test.each([
    ['ended since', { end: 9 }, ['tool 5-9 ']],
    ['with more in it', { end: 0, text: 'long' }, ['tool 5-0 long']],
  ] as const)('%s: the new copy is kept, and the trace has a new revision', (_, more, spans) => {
    for (const encoding of ['json', 'protobuf'] as const) {
      const store = openStore()
      insert(store, request({ spanId: 'f'.repeat(16), name: 'other', end: 6 }, encoding), encoding)
      insert(store, request({}, encoding), encoding)
      expect(findTrace(store, TRACE)).toMatchObject({ spanCount: 2, revision: 2n, endTimeUnixNano: 6n })
      expect(insert(store, request(more, encoding), encoding)).toEqual({ added: 0, traceIds: [TRACE] })
      expect(stored(store)).toEqual(['other 5-6 ', ...spans])
      const end = more.end > 6 ? 9n : 6n
      expect(findTrace(store, TRACE)).toMatchObject({ spanCount: 2, revision: 3n, endTimeUnixNano: end })
      // The first copy, late, does not come back.
      expect(insert(store, request({}, encoding), encoding)).toEqual({ added: 0, traceIds: [] })
      expect(stored(store)).toEqual(['other 5-6 ', ...spans])
      store.close()
      open.pop()
      rmSync(file)
    }
  })

  test('in the other encoding: the later end decides, the length of what was written does not', () => {
    const store = openStore()
    insert(store, request({ end: 9, text: 'p' }, 'protobuf'), 'protobuf')
    expect(insert(store, request({ end: 9, text: 'json' }, 'json'), 'json').traceIds).toEqual([])
    expect(insert(store, request({ end: 10, text: 'j' }, 'json'), 'json').traceIds).toEqual([TRACE])
    expect(stored(store)).toEqual(['tool 5-10 j'])
  })

  test('twice in one request: the better copy is kept', () => {
    const store = openStore()
    const read = (sent: Sent) => {
      const rows = readRows('traces', 'json', request(sent, 'json'), null)
      if (!rows.ok) throw new Error(rows.error)
      return rows.value
    }
    const batches = [read({ end: 7 }), read({ end: 9 }), read({ end: 8 })]
    expect(insertRows(store.writer, batches, conversationReader)).toEqual({ added: 1, traceIds: [TRACE] })
    expect(stored(store)).toEqual(['tool 5-9 '])
    expect(findTrace(store, TRACE)).toMatchObject({ spanCount: 1, revision: 2n })
  })

  test('is found by its parent as it is now', () => {
    const store = openStore()
    const from = (parentSpanId: string, end: string) =>
      Buffer.from(
        JSON.stringify({
          resourceSpans: [
            { scopeSpans: [{ spans: [{ traceId: TRACE, spanId: SPAN, parentSpanId, endTimeUnixNano: end }] }] },
          ],
        }),
      )
    insert(store, from('00000000000000aa', '1'), 'json')
    insert(store, from('00000000000000bb', '2'), 'json')
    expect(findTracesOfSpan(store, '00000000000000aa' as SpanId)).toEqual([])
    expect(findTracesOfSpan(store, '00000000000000bb' as SpanId)).toEqual([TRACE])
  })
})

test('different spans under one id are all stored, each of them once', () => {
  const store = openStore()
  const spans = [{ end: 6 }, { name: 'other', end: 7 }, { start: 6, end: 8 }, { name: 'third', end: 9 }]
  for (const span of spans) expect(insert(store, request(span, 'json'), 'json').added).toBe(1)
  for (const span of spans) expect(insert(store, request(span, 'json'), 'json')).toEqual({ added: 0, traceIds: [] })
  expect(stored(store)).toEqual(['tool 5-6 ', 'other 5-7 ', 'tool 6-8 ', 'third 5-9 '])
  // Copies find the span that they are copies of.
  expect(insert(store, request({ name: 'other', end: 20 }, 'json'), 'json').added).toBe(0)
  expect(stored(store)).toEqual(['tool 5-6 ', 'tool 6-8 ', 'third 5-9 ', 'other 5-20 '])
  expect(findTrace(store, TRACE)).toMatchObject({ spanCount: 4, endTimeUnixNano: 20n, revision: 5n })
})

test('each of many different spans under one id costs four statements, each of which finds one row by its key', () => {
  openStore()
  const run: string[] = []
  const database = new Database(file, { verbose: (sql) => run.push(String(sql)) })
  const spans = Array.from({ length: 2000 }, (_, i) => ({ traceId: TRACE, spanId: SPAN, name: `span ${i}` }))
  const body = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
  const read = readRows('traces', 'json', body, null)
  if (!read.ok) throw new Error(read.error)
  expect(insertRows(database, [read.value], conversationReader).added).toBe(2000)
  const ofSpans = run.filter((sql) => /\b(INTO|FROM) spans\b/.test(sql))
  // The first is inserted at once. The others meet it, are no copy of it, are not there yet, and are inserted.
  expect(ofSpans).toHaveLength(1 + 4 * 1999)
  expect(run.length - ofSpans.length).toBeLessThan(20)
  const finds = ofSpans.filter((sql) => sql.includes('SELECT'))
  expect(finds).toHaveLength(2 * 1999)
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${finds.at(-1)}`).all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^SEARCH spans USING INDEX \S+ \(trace_id=\? AND span_id=\? AND variant=\?\)$/),
  ])
  database.close()
})

test('a file of schema 1 opens, keeps its spans and takes new ones', () => {
  const old = new Database(file)
  old.pragma('journal_mode = WAL')
  old.exec(MIGRATIONS[0]!)
  old.pragma('user_version = 1')
  const resource = '{"attributes":[{"key":"service.name","value":{"stringValue":"old"}}]}'
  const span = `{"traceId":"${TRACE}","spanId":"${SPAN}","name":"old","kind":1,"startTimeUnixNano":"5","endTimeUnixNano":"9"}`
  old.prepare('INSERT INTO resources VALUES (7, ?)').run(resource)
  old.prepare("INSERT INTO scopes VALUES (8, 'quo\"ted', '1')").run()
  old.prepare("INSERT INTO spans VALUES (3, ?, ?, NULL, 'old', 1, 5, 9, 0, 7, 8, ?)").run(TRACE, SPAN, span)
  old.prepare('INSERT INTO traces VALUES (?, 5, 9, 1, 3)').run(TRACE)
  old.close()

  const store = openStore()
  expect(store.writer.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
  expect(store.reader.prepare('SELECT lone_resource_id FROM traces').pluck().get()).toBe(7)
  expect(readTrace(store, TRACE)).toMatchObject([
    { name: 'old', scope: { name: 'quo"ted', version: '1' }, resource: new Map([['service.name', 'old']]) },
  ])
  const later = { traceId: TRACE, spanId: 'f'.repeat(16), name: 'new' }
  const request = { resourceSpans: [{ resource: JSON.parse(resource), scopeSpans: [{ spans: [later] }] }] }
  insert(store, Buffer.from(JSON.stringify(request)), 'json')
  expect(readTrace(store, TRACE).map(({ name }) => name)).toEqual(['old', 'new'])
  expect(findTrace(store, TRACE)).toMatchObject({ spanCount: 2, revision: 4n })
  // The resource was there already.
  expect(store.reader.prepare('SELECT count(*) FROM resources').pluck().get()).toBe(1)
  expect(store.writer.pragma('foreign_key_check')).toEqual([])
  expect(store.writer.pragma('integrity_check', { simple: true })).toBe('ok')
})
