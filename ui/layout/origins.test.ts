import { expect, test } from 'vitest'
import { argumentHint, callName } from './callName.ts'
import { buildChart } from './chart.ts'
import { excerpt } from './excerpt.ts'
import { argumentMarks, argumentOrigins, resultMarks } from './origins.ts'
import { edgesAmong, lineStyle, relatedTo } from './related.ts'
import { tableOf, toTsv } from './table.ts'
import { drawnRun } from './test-runs.ts'

const run = drawnRun('false-linear-chain')
const call = (tool: string) => {
  const found = run.calls.find((c) => c.tool === tool)
  if (found === undefined) throw new Error(`no call of ${tool}`)
  return found
}

test('an argument that an earlier result held is marked alike in both', () => {
  const origins = argumentOrigins(run, call('book_hotel'))
  expect(origins).toEqual([
    {
      path: '$.hotel_id',
      value: 'htl_88125501',
      from: { kind: 'result', callId: call('search_hotels').id, path: '$.hotel_id', transform: 'exact' },
      tint: 0,
    },
  ])
  expect(argumentMarks(origins)).toEqual([{ path: '$.hotel_id', text: 'htl_88125501', tint: 0 }])
  expect(resultMarks(origins, call('search_hotels').id)).toEqual([
    { path: '$.hotel_id', text: 'htl_88125501', tint: 0 },
  ])
  expect(resultMarks(origins, call('search_flights').id)).toEqual([])
})

test('an argument that stood in the prompt points there', () => {
  const [origin] = argumentOrigins(run, call('search_hotels'))
  expect(origin?.from).toEqual({ kind: 'message', index: 0, role: 'user', text: 'Bergen' })
})

test('an argument that an earlier turn had used points to that call', () => {
  const silent = { ...run, messages: [], dependencies: [] }
  const origins = [{ path: '$.city', origin: 'argument' as const, producers: [] }]
  const later = { ...call('book_hotel'), arguments: { city: 'Bergen' }, origins }
  expect(argumentOrigins(silent, later).map((o) => o.from)).toEqual([
    { kind: 'argument', callId: call('search_hotels').id, path: '$.city' },
  ])
})

test('a value of the prompt that is not there in these letters is named without a place', () => {
  const origins = [{ path: '$.nights', origin: 'prompt' as const, producers: [] }]
  const [origin] = argumentOrigins(run, { ...call('search_hotels'), arguments: { nights: 2 }, origins })
  expect([origin?.from.kind, origin?.tint]).toEqual(['prompt', -1])
})

test('a value keeps its source when the user calls the pair independent', () => {
  const [origin] = argumentOrigins({ ...run, dependencies: [] }, call('book_hotel'))
  expect(origin?.from).toMatchObject({ kind: 'result', callId: call('search_hotels').id })
})

test('what nobody had said was written by the model, and bears no mark', () => {
  const origins = ['$.city', '$.nights'].map((path) => ({ path, origin: 'authored' as const, producers: [] }))
  const other = { ...call('search_hotels'), arguments: { city: 'Tromsø', nights: 3 }, origins }
  const unlinked = { ...run, dependencies: [] }
  expect(argumentOrigins(unlinked, other).map((o) => [o.from.kind, o.tint])).toEqual([
    ['model', -1],
    ['model', -1],
  ])
  expect(argumentMarks(argumentOrigins(unlinked, other))).toEqual([])
})

test('a selected call is related to what it waits for and what it blocks', () => {
  const hotels = call('search_hotels').id
  const book = call('book_hotel').id
  const related = relatedTo(book, run.dependencies)
  expect([...related.upstream]).toEqual([hotels])
  expect(related.edges.map((e) => [e.dependency.from, e.style, e.direct])).toEqual([[hotels, 'solid', true]])
  expect([...relatedTo(hotels, run.dependencies).downstream]).toEqual([book])
  expect(relatedTo(call('search_flights').id, run.dependencies).edges).toEqual([])
})

test('indirect edges come last, and the cap leaves out those', () => {
  const [a, b, c] = run.calls
  if (a === undefined || b === undefined || c === undefined) throw new Error('three calls are drawn')
  const edge = (from: typeof a, to: typeof a) =>
    ({ from: from.id, to: to.id, kind: 'state', confidence: 1, evidence: [] }) as const
  const related = relatedTo(c.id, [edge(a, b), edge(b, c)])
  expect(related.edges.map((e) => [e.dependency.from, e.direct, e.style])).toEqual([
    [b.id, true, 'dashed'],
    [a.id, false, 'dashed'],
  ])
  expect(relatedTo(c.id, [edge(a, b), edge(b, c)], 1)).toMatchObject({ hidden: 1 })
  expect(edgesAmong(new Set([a.id, b.id]), [edge(a, b), edge(b, c)])).toHaveLength(1)
})

test('a ring of dependencies ends', () => {
  const [a, b] = run.calls
  if (a === undefined || b === undefined) throw new Error('two calls are drawn')
  const ring = [
    { from: a.id, to: b.id, kind: 'data', confidence: 1, evidence: [] },
    { from: b.id, to: a.id, kind: 'data', confidence: 1, evidence: [] },
  ] as const
  expect([...relatedTo(a.id, ring).upstream]).toEqual([b.id])
})

test("a line says how much is known: the user's word is dotted", () => {
  expect(lineStyle({ kind: 'data', evidence: [] })).toBe('solid')
  expect(lineStyle({ kind: 'control', evidence: [] })).toBe('dashed')
  expect(lineStyle({ kind: 'declared', evidence: [{ origin: 'override' }] })).toBe('dotted')
})

test('calls of one tool are numbered', () => {
  const tables = drawnRun('user-between-turns')
  expect(tables.calls.map((c) => callName(tables, c.id))).toEqual(['find_table #1', 'find_table #2'])
  expect(callName(run, call('book_hotel').id)).toBe('book_hotel')
})

test('an argument hint is short and on one line', () => {
  expect(argumentHint({ city: 'Bergen', near: '', nights: 3, more: { a: 1 } })).toBe('Bergen, 3')
  expect(argumentHint(undefined)).toBe('')
  expect(argumentHint('a\n  b')).toBe('a b')
})

test('an excerpt holds what it was asked for', () => {
  const text = `${'word '.repeat(200)}needle ${'tail '.repeat(200)}`
  const part = excerpt(text, ['needle'])
  expect(part).toContain('needle')
  expect(part.length).toBeLessThan(240)
  expect(part.startsWith('… ') && part.endsWith(' …')).toBe(true)
  expect(excerpt('short', ['x'])).toBe('short')
})

test('the table holds the chart in figures, and copies as tab-separated values', () => {
  const chart = buildChart(run, 'batch')
  const lines = tableOf(run, chart, [3, 5])
  expect(lines.map((l) => [l.name, l.startMs, l.endMs, l.achievableStartMs, l.dragMs, l.dependsOn])).toEqual([
    ['search_hotels', 1_600, 2_200, 500, 600, ''],
    ['book_hotel', 2_600, 3_000, 1_600, 400, 'search_hotels (data)'],
  ])
  expect(toTsv(lines.slice(1))).toBe(
    'name\tkind\tstart_ms\tend_ms\tachievable_start_ms\tslack_ms\tdrag_ms\tcritical\tdepends_on\n' +
      'book_hotel\tcall\t2600\t3000\t1600\t0\t400\ttrue\tsearch_hotels (data)',
  )
})
