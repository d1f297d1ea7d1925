// The store on real files, with the codec that the collector gives it.

import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { openDatabase, openDatabaseForReading } from '../database.ts'
import { countSpans } from './count-spans.ts'
import { findTracesOfSpan } from './find-traces-of-span.ts'
import { insertSpans } from './insert-spans.ts'
import { isTransient } from './is-transient.ts'
import { findTrace, listTraces } from './list-traces.ts'
import { MIGRATIONS } from './migrations.ts'
import { readAllTraces } from './read-all-traces.ts'
import { readTrace } from './read-trace.ts'
import type { Store } from './store.ts'

let folder: string
let file: string
let store: Store

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-store-'))
  file = join(folder, 'made', 'spans.db')
  store = open(file)
})

afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

function open(path: string): Store {
  const opened = openDatabase(path)
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}

const traceId = (n: number) => n.toString(16).padStart(32, '0') as TraceId
const spanId = (n: number) => n.toString(16).padStart(16, '0') as SpanId

/** Span `id` of trace `trace`; it starts at `id` and takes 10 ns. */
function span(trace: number, id: number, more: Partial<Span> = {}): Span {
  return {
    traceId: traceId(trace),
    spanId: spanId(id),
    parentSpanId: null,
    name: `span ${id}`,
    kind: 1,
    startTimeUnixNano: BigInt(id),
    endTimeUnixNano: BigInt(id + 10),
    attributes: new Map(),
    droppedAttributesCount: 0,
    events: [],
    links: [],
    status: { code: 0, message: '' },
    scope: { name: 'ai', version: '1' },
    resource: new Map([['service.name', 'agent']]),
    ...more,
  }
}

/** The process of a trace of one span without a parent. */
const processOf = (trace: number) =>
  store.reader
    .prepare(`SELECT body FROM traces LEFT JOIN resources ON resources.id = lone_resource_id WHERE trace_id = ?`)
    .pluck()
    .get(traceId(trace))

const tableSize = (table: string) => store.reader.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

describe('insert and read', () => {
  test('a span comes back as it was received', () => {
    const received = span(1, 2, {
      parentSpanId: spanId(1),
      startTimeUnixNano: 1795248026218058651n,
      endTimeUnixNano: 2n ** 64n - 1n,
      attributes: new Map<string, number | bigint | string>([
        ['__proto__', 1],
        ['big', 2n ** 62n + 1n],
        ['text', 'a\u0000b "quoted" 日本'],
      ]),
      events: [{ name: 'e', timeUnixNano: 3n, attributes: new Map([['x', 0.5]]) }],
      links: [{ traceId: traceId(9), spanId: spanId(9), attributes: new Map() }],
      status: { code: 2, message: 'failed' },
    })
    expect(insertSpans(store, [received])).toEqual({ added: 1, traceIds: [traceId(1)] })
    expect(readTrace(store, traceId(1))).toEqual([received])
  })

  test('spans are read in order of arrival, and only those of the trace', () => {
    insertSpans(store, [span(1, 5), span(2, 9), span(1, 3)])
    insertSpans(store, [span(1, 4)])
    expect(readTrace(store, traceId(1)).map((s) => s.name)).toEqual(['span 5', 'span 3', 'span 4'])
    expect(readTrace(store, traceId(7))).toEqual([])
  })

  test('a span that is sent again is stored once, and its best copy stays', () => {
    insertSpans(store, [span(1, 1), span(1, 2, { endTimeUnixNano: 0n })])
    const again = [span(1, 2), span(1, 3), span(1, 3)]
    expect(insertSpans(store, again)).toEqual({ added: 1, traceIds: [traceId(1)] })
    expect(insertSpans(store, again)).toEqual({ added: 0, traceIds: [] })
    expect(readTrace(store, traceId(1))).toEqual([span(1, 1), span(1, 2), span(1, 3)])
    expect(findTrace(store, traceId(1))?.spanCount).toBe(3)
  })

  test('two spans under one id are both stored', () => {
    const both = [span(1, 2), span(1, 2, { name: 'another' })]
    insertSpans(store, both)
    expect(readTrace(store, traceId(1))).toEqual(both)
    expect(findTrace(store, traceId(1))?.spanCount).toBe(2)
  })

  test('resources and scopes are stored once each', () => {
    insertSpans(store, [span(1, 1), span(1, 2)])
    insertSpans(store, [span(2, 3), span(2, 4, { resource: new Map(), scope: { name: 'ai', version: '2' } })])
    expect([tableSize('resources'), tableSize('scopes'), tableSize('spans')]).toEqual([2, 2, 4])
    const last = readTrace(store, traceId(2)).at(-1)
    expect([last?.resource, last?.scope]).toEqual([new Map(), { name: 'ai', version: '2' }])
  })

  test('an export is stored whole or not at all', () => {
    store.writer.exec(
      "CREATE TRIGGER fail BEFORE INSERT ON spans WHEN new.kind = 9 BEGIN SELECT raise(ABORT, 'no'); END",
    )
    expect(() => insertSpans(store, [span(1, 1), span(1, 2, { kind: 9 })])).toThrow('no')
    expect(countSpans(store)).toEqual({ traces: 0, spans: 0 })
  })
})

describe('the list of traces', () => {
  test('newest first, with span count, start, end and a growing revision', () => {
    insertSpans(store, [span(1, 100), span(2, 300), span(1, 50)])
    expect(listTraces(store, 10)).toEqual([
      {
        traceId: traceId(2),
        startTimeUnixNano: 300n,
        endTimeUnixNano: 310n,
        spanCount: 1,
        revision: 2n,
        logRevision: 0n,
      },
      {
        traceId: traceId(1),
        startTimeUnixNano: 50n,
        endTimeUnixNano: 110n,
        spanCount: 2,
        revision: 3n,
        logRevision: 0n,
      },
    ])
    insertSpans(store, [span(2, 20)])
    expect(listTraces(store, 10).map((t) => [t.traceId, t.revision])).toEqual([
      [traceId(1), 3n],
      [traceId(2), 4n],
    ])
  })

  test('pages hold every trace once, also where starts are equal', () => {
    insertSpans(
      store,
      Array.from({ length: 25 }, (_, i) => span(i + 1, 1)),
    )
    const seen: TraceId[] = []
    for (let page = listTraces(store, 10); page.length > 0; page = listTraces(store, 10, page.at(-1)!.traceId)) {
      seen.push(...page.map((trace) => trace.traceId))
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => traceId(25 - i)))
    expect([...readAllTraces(store)].map((trace) => trace.traceId)).toEqual(seen)
    expect(listTraces(store, 10, traceId(99))).toEqual([])
  })

  test('all traces with their spans, more than a page of them', () => {
    insertSpans(
      store,
      Array.from({ length: 250 }, (_, i) => span((i % 125) + 1, i + 1)),
    )
    const all = [...readAllTraces(store)]
    expect([all.length, all.reduce((sum, trace) => sum + trace.spans.length, 0)]).toEqual([125, 250])
  })

  test('listing traces and counting spans reads no spans, and sorts nothing', () => {
    insertSpans(
      store,
      Array.from({ length: 1000 }, (_, i) => span((i % 100) + 1, i + 1)),
    )
    const run: string[] = []
    const reader = new Database(file, { readonly: true, verbose: (sql) => run.push(String(sql)) })
    expect(listTraces({ ...store, reader }, 50)).toHaveLength(50)
    expect(countSpans({ ...store, reader })).toEqual({ traces: 100, spans: 1000 })
    expect(run).toHaveLength(2)
    for (const sql of run.slice()) {
      const plan = reader.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]
      const details = plan.map(({ detail }) => detail).join('\n')
      expect(details).toContain('traces')
      expect(details).not.toMatch(/spans|TEMP B-TREE/)
    }
    reader.close()
  })
})

test('a trace is found by a span or by the parent that its spans name', () => {
  insertSpans(store, [span(1, 1, { parentSpanId: spanId(77) }), span(2, 2)])
  expect(findTracesOfSpan(store, spanId(1))).toEqual([traceId(1)])
  expect(findTracesOfSpan(store, spanId(77))).toEqual([traceId(1)])
  expect(findTracesOfSpan(store, spanId(78))).toEqual([])
})

test('the process of a trace is known while it is one span without a parent', () => {
  insertSpans(store, [span(1, 1), span(2, 2), span(2, 3), span(3, 4, { parentSpanId: spanId(9) })])
  expect([1, 2, 3].map(processOf)).toEqual([expect.stringContaining('agent'), null, null])

  const other = new Map([['service.name', 'moved']])
  insertSpans(store, [span(1, 1, { endTimeUnixNano: 99n, resource: other }), span(3, 4)])
  expect(processOf(1)).toContain('moved')
  expect(processOf(3)).toBeNull()

  insertSpans(store, [span(1, 5)])
  expect(processOf(1)).toBeNull()
})

describe('opening', () => {
  test('what was stored is there after closing', () => {
    insertSpans(store, [span(1, 1)])
    store.close()
    store = open(file)
    expect(readTrace(store, traceId(1))).toEqual([span(1, 1)])
    expect(store.writer.pragma('journal_mode', { simple: true })).toBe('wal')
  })

  test('another process may read while this one writes', () => {
    const other = openDatabaseForReading(file)
    if (!other.ok) throw new Error(other.error)
    insertSpans(store, [span(1, 1)])
    expect(countSpans(other.value)).toEqual({ traces: 1, spans: 1 })
    expect(() => other.value.reader.exec('DELETE FROM spans')).toThrow('readonly')
    other.value.close()
  })

  test('a file of a newer Tailrace is refused and left alone', () => {
    store.writer.pragma(`user_version = ${MIGRATIONS.length + 1}`)
    for (const opened of [openDatabase(file), openDatabaseForReading(file)]) {
      expect(opened).toEqual({ ok: false, error: expect.stringMatching('newer Tailrace .*update Tailrace') })
    }
    expect(store.writer.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length + 1)
  })

  test('a migration that fails leaves the version it started from', () => {
    const half = join(folder, 'half.db')
    const database = new Database(half)
    database.exec('CREATE TABLE scopes (x)')
    database.close()
    expect(openDatabase(half)).toMatchObject({ ok: false, error: expect.stringMatching('already exists') })
    const after = new Database(half)
    expect(after.pragma('user_version', { simple: true })).toBe(0)
    expect(after.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(1)
    after.close()
  })

  test.each([
    ['text', 'this is not a database, and it is long enough to be told so'],
    ['nothing at all, but read as a database', null],
  ])('a file that holds %s', (_, content) => {
    const path = join(folder, 'other.db')
    if (content !== null) writeFileSync(path, content.repeat(100))
    const opened = content === null ? openDatabaseForReading(path) : openDatabase(path)
    expect(opened).toMatchObject({
      ok: false,
      error: expect.stringMatching(/not a SQLite database|there is no database/),
    })
  })

  test('a folder that cannot be made', () => {
    expect(openDatabase(join(file, 'below', 'x.db'))).toMatchObject({
      ok: false,
      error: expect.stringMatching('cannot open the database'),
    })
  })
})

describe('what passes by itself', () => {
  test('a lock held by another process', () => {
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    const error = caught(() => insertSpans(store, [span(1, 1)]))
    expect([isTransient(error), (error as Error).message]).toEqual([true, 'database is locked'])
    other.exec('COMMIT')
    other.close()
    expect(insertSpans(store, [span(1, 1)]).added).toBe(1)
  })

  test('a full disk', () => {
    const pages = store.writer.pragma('page_count', { simple: true }) as number
    store.writer.pragma(`max_page_count = ${pages}`)
    const large = span(1, 1, { attributes: new Map([['text', 'x'.repeat(100_000)]]) })
    expect(isTransient(caught(() => insertSpans(store, [large])))).toBe(true)
    store.writer.pragma('max_page_count = 1000000')
    expect(insertSpans(store, [large]).added).toBe(1)
  })

  test('a copy of the file opens anywhere once the server has closed it', () => {
    insertSpans(store, [span(1, 1)])
    store.close()
    const copy = join(folder, 'copy.db')
    copyFileSync(file, copy)
    store = open(copy)
    expect(countSpans(store)).toEqual({ traces: 1, spans: 1 })
  })
})

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
