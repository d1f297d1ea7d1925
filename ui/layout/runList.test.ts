import { expect, test } from 'vitest'
import type { RunSummary } from '../../analyzer/model/api.ts'
import type { SpanId, TraceId } from '../../analyzer/model/span.ts'
import { filterRuns, holdOrder, keyOf, orderRuns } from './runList.ts'

function summary(id: string, at: number, more: Partial<RunSummary> = {}): RunSummary {
  return {
    runId: id as SpanId,
    traceId: 'trace' as TraceId,
    parentRunId: null,
    name: `run ${id}`,
    framework: 'LangGraph',
    startTime: `2026-01-01T00:00:0${at}.000000000Z`,
    durationMs: 1_000,
    achievableMs: 800,
    serializedMs: 200,
    serializedUpToMs: 200,
    planSavedMs: 200,
    share: 0.2,
    turns: 2,
    calls: 3,
    withArguments: 0,
    withResults: 0,
    errors: 0,
    findings: 1,
    spans: 6,
    live: false,
    replayOk: true,
    ...more,
  }
}

const names = (lines: readonly { run: RunSummary; depth: number }[]) =>
  lines.map((l) => `${' '.repeat(l.depth)}${l.run.runId}`)

test('newest first, inner runs under their outer one, oldest first', () => {
  const runs = [
    summary('a', 1),
    summary('b', 5),
    summary('a1', 3, { parentRunId: 'a' as SpanId }),
    summary('a2', 2, { parentRunId: 'a' as SpanId }),
    summary('deep', 4, { parentRunId: 'a2' as SpanId }),
  ]
  expect(names(orderRuns(runs, { key: 'when', descending: true }))).toEqual(['b', 'a', ' a2', '  deep', ' a1'])
})

test('sorted by a figure, ties newest first', () => {
  const runs = [
    summary('a', 1, { serializedMs: 5 }),
    summary('b', 2, { serializedMs: 9 }),
    summary('c', 3, { serializedMs: 5 }),
  ]
  expect(names(orderRuns(runs, { key: 'saving', descending: true }))).toEqual(['b', 'c', 'a'])
  expect(names(orderRuns(runs, { key: 'saving', descending: false }))).toEqual(['c', 'a', 'b'])
})

test('no run is lost: a parent that is not here, a parent of another trace, a ring', () => {
  const runs = [
    summary('orphan', 1, { parentRunId: 'gone' as SpanId }),
    summary('x', 2, { parentRunId: 'y' as SpanId }),
    summary('y', 3, { parentRunId: 'x' as SpanId }),
    summary('self', 4, { parentRunId: 'self' as SpanId }),
  ]
  expect(names(orderRuns(runs, { key: 'when', descending: true })).sort()).toEqual(['orphan', 'self', 'x', 'y'])
})

test('a filter holds every word against name, framework and ids', () => {
  const runs = [summary('a', 1, { name: 'Trip planner' }), summary('b', 2, { name: 'Refunds' })]
  expect(filterRuns(runs, 'trip lang').map((r) => r.runId)).toEqual(['a'])
  expect(filterRuns(runs, 'trip refunds')).toEqual([])
  expect(filterRuns(runs, '  ')).toHaveLength(2)
})

test('while the pointer rests on the list, rows keep their places and new ones wait', () => {
  const a = summary('a', 1)
  const b = summary('b', 2)
  const grown = { ...a, spans: 20 }
  const now = orderRuns([grown, b, summary('new', 9)], { key: 'when', descending: true })
  const held = holdOrder([keyOf(a), keyOf(b)], now)
  expect(names(held.lines)).toEqual(['a', 'b'])
  expect(held.lines[0]?.run.spans).toBe(20)
  expect(held.waiting).toBe(1)
})
