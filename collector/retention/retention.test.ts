// Retention on real files: what goes, in which order, in steps of what length, and that the file shrinks.

import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { conversationReader } from '../conversation-reader.ts'
import { openDatabase } from '../database.ts'
import { readRows } from '../otlp/read-rows.ts'
import { countSpans } from '../store/count-spans.ts'
import { insertRows } from '../store/insert-rows.ts'
import { insertSpans } from '../store/insert-spans.ts'
import { findTrace, listTraces } from '../store/list-traces.ts'
import { readLogsOfTrace } from '../store/read-logs.ts'
import { readTrace } from '../store/read-trace.ts'
import type { Store } from '../store/store.ts'
import { deleteSome } from './delete-some.ts'
import { fileSize } from './file-size.ts'
import { type Expired, findExpired } from './find-expired.ts'
import type { RetentionLimits } from './limits.ts'
import { previewPrune } from './preview.ts'
import { createPruner, type Pruner } from './pruner.ts'
import { retain } from './retain.ts'

let folder: string
let store: Store

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-retention-'))
  store = open(join(folder, 'spans.db'))
})

afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

function open(file: string): Store {
  const opened = openDatabase(file)
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}

const MINUTE_MS = 60_000
const NS_PER_MS = 1_000_000n
const traceId = (n: number) => n.toString(16).padStart(32, '0') as TraceId

interface Trace {
  readonly id: number
  readonly startMs: number
  readonly endMs?: number
  readonly spans?: number
  /** Characters of text in each span. */
  readonly text?: number
  readonly resource?: string
}

/** Stores `spans` spans that all start at `startMs` and end at `endMs`, by default a millisecond later. */
function add({ id, startMs, endMs = startMs + 1, spans = 1, text = 10, resource = 'agent' }: Trace): void {
  const shared = new Map([['service.name', resource]])
  const first = (findTrace(store, traceId(id))?.spanCount ?? 0) + 1
  insertSpans(
    store,
    Array.from(
      { length: spans },
      (_, i): Span => ({
        traceId: traceId(id),
        spanId: (id * 1_000_000 + first + i).toString(16).padStart(16, '0') as SpanId,
        parentSpanId: null,
        name: 'step',
        kind: 1,
        startTimeUnixNano: BigInt(startMs) * NS_PER_MS,
        endTimeUnixNano: BigInt(endMs) * NS_PER_MS,
        attributes: new Map([['text', 'x'.repeat(text)]]),
        droppedAttributesCount: 0,
        events: [],
        links: [],
        status: { code: 0, message: '' },
        scope: { name: 'ai', version: '1' },
        resource: shared,
      }),
    ),
  )
}

const kept = () =>
  listTraces(store, 1000)
    .map((trace) => Number.parseInt(trace.traceId, 16))
    .sort((a, b) => a - b)

/** Steps until nothing is due. */
function finish(pruner: Pruner, nowMs: number): void {
  while (pruner.step(nowMs)) {}
}

const prune = (limits: RetentionLimits, nowMs = 0) => {
  const pruner = createPruner(store.writer, limits)
  finish(pruner, nowMs)
  return pruner.pruned
}

/** Every row is accounted for: no span without a trace, no count that is off, no dangling resource. */
function expectWhole(): void {
  const counts = store.reader.prepare(`
    SELECT (SELECT count(*) FROM spans) AS spans, (SELECT coalesce(sum(span_count), 0) FROM traces) AS counted,
      (SELECT count(*) FROM spans WHERE trace_id NOT IN (SELECT trace_id FROM traces)) AS strays,
      (SELECT count(*) FROM traces WHERE lone_resource_id IS NOT
        (SELECT resource_id FROM spans WHERE spans.trace_id = traces.trace_id AND parent_span_id IS NULL AND span_count = 1))
        AS misplaced`)
  const { spans, counted, strays, misplaced } = counts.get() as Record<string, number>
  expect({ counted, strays, misplaced }).toEqual({ counted: spans, strays: 0, misplaced: 0 })
  expect(store.reader.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(store.reader.pragma('foreign_key_check')).toEqual([])
}

describe('by age', () => {
  // Kept for 10 minutes, and it is minute 60:
  //
  //     minute  0        40       49 50       60
  //     1       |--|                               ended at 1
  //     2                         |-|              ended 1 ms before 50
  //     3                            |             ended at 50 sharp
  //     4       |------------------------|         started first, went on until 55
  //     5                                     |    started at 70: a clock that is ahead
  const MINUTE_60 = 60 * MINUTE_MS
  const limits = { keepMs: 10 * MINUTE_MS }

  beforeEach(() => {
    add({ id: 1, startMs: 0, endMs: MINUTE_MS })
    add({ id: 2, startMs: 49 * MINUTE_MS, endMs: 50 * MINUTE_MS - 1 })
    add({ id: 3, startMs: 50 * MINUTE_MS, endMs: 50 * MINUTE_MS })
    add({ id: 4, startMs: 0, endMs: 55 * MINUTE_MS, spans: 3 })
    add({ id: 5, startMs: 70 * MINUTE_MS })
  })

  test('a trace goes when its last span ended too long ago', () => {
    expect(previewPrune(store.reader, limits, MINUTE_60)).toMatchObject({ traces: 2, spans: 2 })
    expect(prune(limits, MINUTE_60)).toEqual({ traces: 2, spans: 2, logs: 0, resources: 0 })
    expect(kept()).toEqual([3, 4, 5])
    expectWhole()
  })

  test('a span that is not over counts by its start', () => {
    add({ id: 6, startMs: 55 * MINUTE_MS, endMs: 0 })
    prune(limits, MINUTE_60)
    expect(kept()).toContain(6)
  })

  test('time goes on, and the next go', () => {
    const pruner = createPruner(store.writer, limits)
    finish(pruner, MINUTE_60)
    expect(pruner.step(MINUTE_60)).toBe(false)
    finish(pruner, MINUTE_60 + 1)
    expect(kept()).toEqual([4, 5])
    finish(pruner, 1000 * MINUTE_MS)
    expect(kept()).toEqual([])
    expectWhole()
  })

  test('without a limit nothing goes', () => {
    expect(prune({}, 1e9 * MINUTE_MS)).toEqual({ traces: 0, spans: 0, logs: 0, resources: 0 })
    expect(kept()).toHaveLength(5)
  })
})

test('a conversation of log records goes with them', () => {
  const at = (ms: number) => String(BigInt(ms) * NS_PER_MS)
  const log = {
    timeUnixNano: at(5 * MINUTE_MS),
    attributes: [
      ['event.name', 'codex.user_prompt'],
      ['conversation.id', 'c'],
    ],
  }
  const attributes = log.attributes.map(([key, stringValue]) => ({ key, value: { stringValue } }))
  const body = { resourceLogs: [{ scopeLogs: [{ scope: { name: 'codex' }, logRecords: [{ ...log, attributes }] }] }] }
  const rows = readRows('logs', 'json', Buffer.from(JSON.stringify(body)), null)
  if (!rows.ok) throw new Error(rows.error)
  const { traceIds } = insertRows(store.writer, [rows.value], conversationReader)
  expect(listTraces(store, 10)).toMatchObject([{ traceId: traceIds[0], spanCount: 0 }])

  prune({ keepMs: 60 * MINUTE_MS }, 60 * MINUTE_MS)
  expect(readLogsOfTrace(store, traceIds[0]!)).toHaveLength(1)
  expect(prune({ keepMs: MINUTE_MS }, 60 * MINUTE_MS)).toMatchObject({ traces: 1, spans: 0, logs: 1 })
  expect(listTraces(store, 10)).toEqual([])
})

describe('by size', () => {
  beforeEach(() => {
    // 20 traces of 10 spans of 10 kB, about 2 MB; the newest was stored first.
    for (let id = 20; id >= 1; id--) add({ id, startMs: id * MINUTE_MS, spans: 10, text: 10_000 })
  })

  test('the oldest by start go until the data fits, whole traces only, and the file shrinks to it', () => {
    const before = fileSize(store.writer)
    expect(before.usedBytes).toBeGreaterThan(2_000_000)
    const maxBytes = 1_000_000
    const { traces, spans } = prune({ maxBytes })
    expect(spans).toBe(traces * 10)
    expect(kept()).toEqual(Array.from({ length: 20 - traces }, (_, i) => traces + 1 + i))
    const after = fileSize(store.writer)
    expect(after.usedBytes).toBeLessThanOrEqual(maxBytes)
    // Not more than needed: a trace is 100 kB and some pages.
    expect(after.usedBytes).toBeGreaterThan(maxBytes - 150_000)
    expect(after.bytes).toBe(after.usedBytes)
    store.writer.pragma('wal_checkpoint(TRUNCATE)')
    expect(statSync(store.file).size).toBe(after.bytes)
    expectWhole()
  })

  test('what is preserved reads as before', () => {
    const spans = readTrace(store, traceId(20))
    // Empty tables and indexes take 400 kB.
    prune({ maxBytes: 600_000 })
    expect(readTrace(store, traceId(20))).toEqual(spans)
  })

  test('the preview is close to what goes', () => {
    const limits = { maxBytes: 1_800_000 }
    const preview = previewPrune(store.reader, limits, 0)
    const pruned = prune(limits)
    expect(Math.abs(preview.traces - pruned.traces)).toBeLessThanOrEqual(1)
    expect(preview.bytes).toBeGreaterThan(600_000)
  })

  test('a limit that not even one trace fits leaves none', () => {
    prune({ maxBytes: 1 })
    expect(kept()).toEqual([])
  })
})

describe('what was deleted', () => {
  test('cannot be read in the file, though a server that stops leaves its pages free', () => {
    for (let id = 1; id <= 40; id++)
      add({ id, startMs: id * MINUTE_MS, spans: 5, text: 3000, resource: `agent-of-${id}.` })
    const pruner = createPruner(store.writer, { keepMs: 5.5 * MINUTE_MS }, Number.POSITIVE_INFINITY)
    finish(pruner, 40 * MINUTE_MS)
    expect(kept()).toEqual([35, 36, 37, 38, 39, 40])
    expect(store.writer.pragma('freelist_count', { simple: true })).toBeGreaterThan(0)
    store.writer.pragma('wal_checkpoint(TRUNCATE)')
    const file = readFileSync(store.file, 'latin1')
    expect(file.split('x'.repeat(3000)).length - 1).toBe(6 * 5)
    expect(file).toContain('agent-of-35.')
    expect(file).not.toContain('agent-of-34.')
  })
})

describe('in steps', () => {
  test('a trace of 3,000 spans goes in many short ones, each of which leaves a whole database', () => {
    add({ id: 1, startMs: 0, spans: 3000, text: 5000 })
    add({ id: 2, startMs: 100 * MINUTE_MS })
    // Without any time, a step does the least it can: 32 spans.
    const pruner = createPruner(store.writer, { keepMs: MINUTE_MS })
    for (let step = 1; step <= 93; step++) {
      expect(pruner.step(100 * MINUTE_MS, 0)).toBe(true)
      expect(countSpans(store).spans).toBe(3001 - 32 * step)
      if (step % 10 === 0) expectWhole()
    }
    finish(pruner, 100 * MINUTE_MS)
    expect(pruner.pruned).toMatchObject({ traces: 1, spans: 3000 })
    expect(kept()).toEqual([2])
    expectWhole()
  })

  test('a step stops when its time is up', () => {
    for (let id = 1; id <= 300; id++) add({ id, startMs: 0, spans: 10, text: 10_000 })
    const pruner = createPruner(store.writer, { keepMs: 1 })
    let steps = 0
    while (pruner.step(MINUTE_MS, 1)) steps++
    // 3,000 spans of 10 kB: no machine deletes a sixth of them in 1 ms, and most take hundreds of steps.
    expect(steps).toBeGreaterThan(5)
    expect(kept()).toEqual([])
  })

  test('spans that come while their trace goes are kept', () => {
    add({ id: 1, startMs: 0, spans: 5 })
    const trace = findExpired(store.writer, { keepMs: 1 }, MINUTE_MS)!
    expect(trace).toMatchObject({ kind: 'trace', traceId: traceId(1) } satisfies Partial<Expired>)
    expect(deleteSome(store.writer, trace, 3)).toEqual({ spans: 3, logs: 0, isDone: false })
    expect(findTrace(store, traceId(1))).toMatchObject({ spanCount: 2 })
    insertLate()
    expect(deleteSome(store.writer, trace, 3)).toEqual({ spans: 2, logs: 0, isDone: true })
    expect(findTrace(store, traceId(1))).toMatchObject({
      spanCount: 1,
      startTimeUnixNano: 50n * NS_PER_MS,
      endTimeUnixNano: 51n * NS_PER_MS,
    })
    expectWhole()

    function insertLate() {
      const [one] = readTrace(store, traceId(1))
      insertSpans(store, [
        {
          ...one!,
          spanId: 'ffffffffffffffff' as SpanId,
          startTimeUnixNano: 50n * NS_PER_MS,
          endTimeUnixNano: 51n * NS_PER_MS,
        },
      ])
    }
  })

  test('another process that died in between left a shorter trace, and it goes next time', () => {
    add({ id: 1, startMs: 0, spans: 5 })
    const trace = findExpired(store.writer, { keepMs: 1 }, MINUTE_MS)!
    deleteSome(store.writer, trace, 3)
    expectWhole()
    expect(prune({ keepMs: 1 }, MINUTE_MS)).toMatchObject({ traces: 1, spans: 2 })
    expect(kept()).toEqual([])
  })

  test('a step on a locked database throws, is undone, and works when the lock has gone', () => {
    add({ id: 1, startMs: 0, spans: 5 })
    const pruner = createPruner(store.writer, { keepMs: 1 })
    const other = new Database(store.file)
    other.exec('BEGIN IMMEDIATE')
    expect(() => pruner.step(MINUTE_MS)).toThrow(/locked/)
    expect(pruner.pruned).toEqual({ traces: 0, spans: 0, logs: 0, resources: 0 })
    other.exec('ROLLBACK')
    other.close()
    finish(pruner, MINUTE_MS)
    expect(kept()).toEqual([])
  })
})

describe('resources', () => {
  test('go with their last span, and only then', () => {
    add({ id: 1, startMs: 0, resource: 'old only' })
    add({ id: 2, startMs: 0, resource: 'both' })
    add({ id: 3, startMs: MINUTE_MS, resource: 'both' })
    expect(prune({ keepMs: 30_000 }, MINUTE_MS)).toEqual({ traces: 2, spans: 2, logs: 0, resources: 1 })
    const bodies = store.reader.prepare('SELECT body FROM resources').pluck().all()
    expect(bodies).toEqual([expect.stringContaining('both')])
    // The writer does not remember ids of what is gone.
    add({ id: 4, startMs: MINUTE_MS, resource: 'old only' })
    expectWhole()
  })

  test('what an earlier process left behind goes too', () => {
    store.writer.prepare("INSERT INTO resources (body, schema_url) VALUES ('{}', '')").run()
    expect(prune({ keepMs: 1 }, 0)).toEqual({ traces: 0, spans: 0, logs: 0, resources: 1 })
  })
})

describe('log records', () => {
  let records = 0

  /** A record at `timeMs`, of a trace or of none. */
  function log(timeMs: number, trace: number | null, bytes = 10): void {
    const insert = store.writer.prepare(`
      INSERT INTO logs (digest, trace_id, time_unix_nano, observed_unix_nano, severity, event_name, resource_id, scope_id, body)
      VALUES (?, ?, ?, 0, 9, 'tool_result', (SELECT min(id) FROM resources), (SELECT min(id) FROM scopes), ?)`)
    const digest = Buffer.alloc(16)
    digest.writeUInt32BE(++records)
    insert.run(digest, trace === null ? null : traceId(trace), BigInt(timeMs) * NS_PER_MS, '{}'.padEnd(bytes))
  }

  const times = () =>
    store.reader.prepare(`SELECT time_unix_nano / ${NS_PER_MS} FROM logs ORDER BY time_unix_nano`).pluck().all()

  test('go with their trace, however many, and stay with it', () => {
    add({ id: 1, startMs: 0 })
    add({ id: 2, startMs: MINUTE_MS })
    for (let i = 0; i < 100; i++) log(i, 1)
    // Older than the limit, but its trace is not.
    log(3, 2)
    expect(prune({ keepMs: 30_000 }, MINUTE_MS)).toMatchObject({ traces: 1, spans: 1, logs: 100 })
    expect(times()).toEqual([3])
    expectWhole()
  })

  test('those of no stored trace go by their own time', () => {
    add({ id: 1, startMs: MINUTE_MS })
    log(0, null)
    log(10, 77)
    log(MINUTE_MS, null)
    const limits = { keepMs: 30_000 }
    expect(previewPrune(store.reader, limits, MINUTE_MS)).toMatchObject({ traces: 0, logs: 2 })
    expect(prune(limits, MINUTE_MS)).toMatchObject({ traces: 0, logs: 2 })
    expect(times()).toEqual([MINUTE_MS])
  })

  test('by size they take their turn with the traces, oldest first', () => {
    // 1 MB each: record, trace, record, trace.
    const text = 1_000_000
    add({ id: 1, startMs: 2, text })
    add({ id: 2, startMs: 4, text })
    log(1, null, text)
    log(3, null, text)
    const left = (maxBytes: number) => {
      prune({ maxBytes })
      return [times(), kept()]
    }
    expect(left(3_500_000)).toEqual([[3], [1, 2]])
    expect(left(2_500_000)).toEqual([[3], [2]])
    expect(left(1_500_000)).toEqual([[], [2]])
    expect(left(1)).toEqual([[], []])
  })

  test('their resource stays as long as they do', () => {
    add({ id: 1, startMs: 0 })
    log(MINUTE_MS, null)
    prune({ keepMs: 30_000 }, MINUTE_MS)
    expect(store.reader.prepare('SELECT count(*) FROM resources').pluck().get()).toBe(1)
    prune({ keepMs: 30_000 }, 2 * MINUTE_MS)
    expect(store.reader.prepare('SELECT count(*) FROM resources').pluck().get()).toBe(0)
  })
})

describe('beside a writer', () => {
  test('in the background, by another connection, while exports go on', async () => {
    const second = new Database(store.file)
    const retention = retain(() => second, { keepMs: 10 * MINUTE_MS }, { warn: () => {}, now: () => 60 * MINUTE_MS })
    for (let id = 1; id <= 100; id++) {
      add({ id, startMs: id % 2 === 0 ? 0 : 60 * MINUTE_MS, spans: 20, text: 2000 })
      if (id % 5 === 0) await sleep(1)
    }
    while (kept().length > 50) await sleep(5)
    retention.stop()
    second.close()
    expect(kept()).toEqual(Array.from({ length: 50 }, (_, i) => 2 * i + 1))
    expectWhole()
  })

  test('the file stays at its limit however fast exports come', () => {
    const maxBytes = 2_000_000
    // Commits of 200 kB follow each other without a pause, so that nothing happens by itself in between.
    const retention = retain(() => store.writer, { maxBytes }, { warn: () => {} })
    let largest = 0
    for (let id = 1; id <= 150; id++) {
      const startedMs = performance.now()
      add({ id, startMs: id, spans: 20, text: 10_000 })
      retention.afterCommit(performance.now() - startedMs)
      largest = Math.max(largest, fileSize(store.writer).bytes)
    }
    retention.stop()
    // 30 MB were stored. A step is a matter of time, so a busy machine deletes less in it.
    expect(largest).toBeLessThan(3 * maxBytes)
    expect(kept().at(-1)).toBe(150)
    expectWhole()
  })

  test('a lock is said once, and outlived', async () => {
    add({ id: 1, startMs: 0 })
    const other = new Database(store.file)
    other.exec('BEGIN IMMEDIATE')
    const lines: string[] = []
    const second = new Database(store.file, { timeout: 1 })
    const retention = retain(() => second, { keepMs: 1 }, { warn: (line) => lines.push(line), now: () => MINUTE_MS })
    while (lines.length === 0) await sleep(5)
    await sleep(1200)
    expect(lines).toEqual([expect.stringMatching(/^old traces cannot be deleted now: .*locked/)])
    other.exec('ROLLBACK')
    other.close()
    while (kept().length > 0) await sleep(20)
    retention.stop()
    second.close()
  })
})
