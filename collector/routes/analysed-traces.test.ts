// What is kept of analysed traces, and for how long. The analysis itself is given: only its size counts here.

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunSummary } from '../../analyzer/model/api.ts'
import type { LearntPair } from '../../analyzer/model/learnt.ts'
import type { Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { insertSpans } from '../store/insert-spans.ts'
import { findTrace, type TraceSummary } from '../store/list-traces.ts'
import type { Store } from '../store/store.ts'
import { type AnalysedTraces, createAnalysedTraces } from './analysed-traces.ts'
import type { Summaries } from './summarize.ts'
import { openTestStore, type TestStore } from './test-context.ts'

let opened: TestStore
let store: Store

beforeEach(() => {
  opened = openTestStore()
  store = opened.store
})

afterEach(async () => {
  await opened.close()
})

const traceId = (n: number) => n.toString(16).padStart(32, '0') as TraceId
const NO_RUN = 'f'.repeat(16) as SpanId
const found = (n: number) => findTrace(store, traceId(n))!

/** Adds two spans to trace `n`, which is one by itself then. */
function grow(n: number, from: number): void {
  const span = (i: number): Span => ({
    traceId: traceId(n),
    spanId: (n * 1000 + i).toString(16).padStart(16, '0') as SpanId,
    parentSpanId: null,
    name: 'step',
    kind: 1,
    startTimeUnixNano: BigInt(i),
    endTimeUnixNano: BigInt(i + 1),
    attributes: new Map(),
    droppedAttributesCount: 0,
    events: [],
    links: [],
    status: { code: 0, message: '' },
    scope: { name: 'ai', version: '1' },
    resource: new Map(),
  })
  insertSpans(store, [span(from), span(from + 1)])
}

/** An analysis that finds so many runs in each trace, of which the first has learnt so many pairs; and who was asked for. */
function analysisOf(runs: number, pairs: number): { traces: AnalysedTraces; asked: number[] } {
  const asked: number[] = []
  async function summarize([trace]: readonly TraceSummary[]): Promise<Summaries> {
    asked.push(Number.parseInt(trace!.traceId, 16))
    const pair: LearntPair = { earlier: 'a', later: 'b', needed: 1, free: 0, freeMadeUp: 0, after: 0, without: 0 }
    const learnt = { runs: 1, pairs: Array.from({ length: pairs }, () => pair), paths: [], values: [] }
    return {
      summaries: new Map([[trace!.traceId, Array.from({ length: runs }, () => ({}) as RunSummary)]]),
      learnt: new Map([['a'.repeat(16) as SpanId, learnt]]),
      failed: new Map(),
      came: [],
      isApart: false,
    }
  }
  return { traces: createAnalysedTraces(store, {}, { summarize, report: async () => null }), asked }
}

test('a trace that was listed before it grew is shown as it is kept, and puts nothing older in its place', async () => {
  grow(1, 1)
  const before = found(1)
  grow(1, 10)
  const { traces, asked } = analysisOf(1, 1)
  await traces.prepare(found(1))
  await traces.report(before, NO_RUN)
  expect(traces.hasSummaries(before)).toBe(true)
  expect(traces.summaries(before)).toHaveLength(1)
  expect(asked).toEqual([1])
  grow(1, 20)
  expect(traces.hasSummaries(before)).toBe(false)
})

test('lines of the list are kept up to so many, whatever the number of traces', async () => {
  for (const n of [1, 2]) grow(n, n)
  const { traces } = analysisOf(3_000, 1)
  for (const n of [1, 2]) await traces.prepare(found(n))
  expect([1, 2].map((n) => traces.hasSummaries(found(n)))).toEqual([false, true])
})

test('a trace of more lines than are kept is not analysed at each look', async () => {
  grow(1, 1)
  const { traces, asked } = analysisOf(10_000, 1)
  for (let look = 0; look < 2; look++) await traces.prepare(found(1))
  expect(asked).toEqual([1])
})

test('neither is one that learnt more than is kept', async () => {
  grow(1, 1)
  const { traces, asked } = analysisOf(1, 60_000)
  for (let look = 0; look < 2; look++) await traces.report(found(1), NO_RUN)
  expect(asked).toEqual([1])
})

test('what was learnt is kept for fewer traces than the list shows, and found again for a report', async () => {
  for (const n of [1, 2]) grow(n, n)
  const { traces, asked } = analysisOf(1, 30_000)
  for (const n of [1, 2]) await traces.prepare(found(n))
  for (const n of [1, 2]) await traces.prepare(found(n))
  expect(asked).toEqual([1, 2])
  await traces.report(found(2), NO_RUN)
  expect(asked).toEqual([1, 2])
  await traces.report(found(1), NO_RUN)
  expect(asked).toEqual([1, 2, 1])
})
