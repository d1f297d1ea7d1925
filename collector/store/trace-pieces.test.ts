// Which traces of one span each belong together, on a real store.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { openDatabase } from '../database.ts'
import { insertSpans } from './insert-spans.ts'
import { findTrace } from './list-traces.ts'
import type { Store } from './store.ts'
import { createTracePieces, MAX_PIECES } from './trace-pieces.ts'

let folder: string
let store: Store

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-pieces-'))
  const opened = openDatabase(join(folder, 'spans.db'))
  if (!opened.ok) throw new Error(opened.error)
  store = opened.value
})

afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const traceId = (n: number) => n.toString(16).padStart(32, '0') as TraceId
const numberOf = (id: TraceId) => Number.parseInt(id, 16)
const found = (n: number) => findTrace(store, traceId(n))!

/** Trace `n` is one span of a process, from and to a second. */
function piece(n: number, from: number, to: number, process = 'agent'): Span {
  return {
    traceId: traceId(n),
    spanId: n.toString(16).padStart(16, '0') as SpanId,
    parentSpanId: null,
    name: 'piece',
    kind: 1,
    startTimeUnixNano: BigInt(Math.round(from * 1000)) * 1_000_000n,
    endTimeUnixNano: BigInt(Math.round(to * 1000)) * 1_000_000n,
    attributes: new Map(),
    droppedAttributesCount: 0,
    events: [],
    links: [],
    status: { code: 0, message: '' },
    scope: { name: 'ai', version: '1' },
    resource: new Map([['service.name', process]]),
  }
}

/** `count` of them from trace `first` on, one after the other without a pause, a second each. */
const chain = (first: number, count: number, from: number, process?: string) =>
  Array.from({ length: count }, (_, i) => piece(first + i, from + i, from + i + 1, process))

/** By a finder that has not been asked before. */
const around = (n: number) =>
  createTracePieces(store)
    .around(found(n))
    .map((trace) => numberOf(trace.traceId))

test('a group is the same whichever piece it is asked for: a tool of fifteen minutes', () => {
  insertSpans(store, [piece(1, 0, 2), piece(2, 2, 902), piece(3, 5, 6), piece(4, 903, 905), piece(5, 936, 937)])
  for (const n of [1, 2, 3, 4]) expect([n, around(n)]).toEqual([n, [1, 2, 3, 4]])
  expect(around(5)).toEqual([5])
})

test('a group is the same whichever piece it is asked for: among many traces of another process', () => {
  const busy = Array.from({ length: 1100 }, (_, i) => piece(1000 + i, i * 0.7, i * 0.7 + 0.1, 'web'))
  insertSpans(store, [...busy, piece(1, 640, 642), piece(2, 642, 665), piece(3, 690, 700), piece(4, 701, 740)])
  for (const n of [1, 2, 3, 4]) expect([n, around(n)]).toEqual([n, [1, 2, 3, 4]])
})

test('what lasted for more than an hour holds nothing together', () => {
  insertSpans(store, [piece(1, 0, 7200), piece(2, 10, 12), piece(3, 3620, 3625), piece(4, 3660, 3665)])
  for (const n of [1, 2, 3]) expect([n, around(n)]).toEqual([n, [1, 2, 3]])
  expect(around(4)).toEqual([4])
})

test('a long run is whole; too many are all left alone', () => {
  insertSpans(store, [...chain(1, MAX_PIECES, 10_000), piece(9_000, 9_000, 9_001)])
  const pieces = createTracePieces(store)
  for (const n of [1, 700, MAX_PIECES]) {
    expect(around(n)).toHaveLength(MAX_PIECES)
    expect(pieces.isCrowded(found(n))).toBe(false)
  }
  insertSpans(store, [piece(9_001, 10_000 + MAX_PIECES, 10_000 + MAX_PIECES + 1)])
  for (const n of [1, 700, MAX_PIECES, 9_001]) {
    expect(around(n)).toEqual([n])
    expect(createTracePieces(store).isCrowded(found(n))).toBe(true)
  }
  expect(pieces.isCrowded(found(9_000))).toBe(false)
})

test('a crowd is known while it grows, and counted anew when its first have gone', () => {
  insertSpans(store, chain(1, MAX_PIECES + 1, 10_000))
  const pieces = createTracePieces(store)
  const isCrowded = (n: number) => pieces.isCrowded(found(n))
  expect(isCrowded(MAX_PIECES + 1)).toBe(true)
  const end = 10_000 + MAX_PIECES + 1
  insertSpans(store, [
    piece(9_001, end + 10, end + 20),
    piece(9_002, end + 45, end + 46),
    piece(9_003, end + 80, end + 81),
  ])
  expect([9_001, 9_002, 9_003].map(isCrowded)).toEqual([true, true, false])

  store.writer.exec(
    `DELETE FROM traces WHERE trace_id < '${traceId(11)}'; DELETE FROM spans WHERE trace_id < '${traceId(11)}'`,
  )
  expect([500, 9_001, 9_002, 9_003].map(isCrowded)).toEqual([false, false, false, false])
  expect(pieces.around(found(9_002))).toHaveLength(MAX_PIECES + 1 - 10 + 2)
})

test('pieces are given as they are stored now, whoever asks with what was listed before', () => {
  insertSpans(store, [piece(1, 0, 2), piece(2, 3, 4), piece(3, 100, 101)])
  const before = [found(1), found(3)]
  insertSpans(store, [piece(1, 0, 2.5), piece(3, 100, 101.5)])
  const pieces = createTracePieces(store)
  for (const trace of before) pieces.around(trace)
  expect(pieces.around(found(1))).toEqual([found(1), found(2)])
  expect(pieces.around(found(3))).toEqual([found(3)])
})

test('a change shows in all pieces; of a flood only so many are looked for', () => {
  const half = MAX_PIECES * 0.75
  insertSpans(store, [
    ...chain(1, half, 0, 'a'),
    ...chain(10_001, half, 0, 'b'),
    ...chain(20_001, half, 0, 'c'),
    piece(30_001, 0, 1, 'd'),
  ])
  const changed = [5, 6, 10_005, 20_005, 30_001].map(traceId)
  const told = createTracePieces(store).with(changed).map(numberOf)
  expect(told.slice(0, 5)).toEqual([5, 6, 10_005, 20_005, 30_001])
  const of = (first: number) => told.filter((n) => n >= first && n < first + half).length
  expect([of(1), of(10_001), of(20_001)]).toEqual([half, half, 1])
})
