import { expect, test } from 'vitest'
import { buildChart } from './chart.ts'
import { cycle, findRows, hull, stepFrom } from './pick.ts'
import { snapMs } from './snap.ts'
import { drawnRun } from './test-runs.ts'

// Rows: turn 0 (0-400), search_flights (500-1200), turn 1, search_hotels (1600-2200), turn 2, book_hotel, turn 3.
const chart = buildChart(drawnRun('false-linear-chain'), 'batch')
// plan, get_fare and get_ticket side by side: get_ticket is off the actual path.
const dag = buildChart(drawnRun('mixed-dag'), 'batch')

test('the hull of some intervals', () => {
  expect(
    hull([
      { startMs: 500, endMs: 700 },
      { startMs: 100, endMs: 600 },
    ]),
  ).toEqual({ t0Ms: 100, t1Ms: 700 })
  expect(hull([])).toBeNull()
})

test('rows are found by name or by argument', () => {
  expect(findRows(chart.rows, 'HOTEL').map((i) => chart.rows[i]?.label)).toEqual(['search_hotels', 'book_hotel'])
  expect(findRows(chart.rows, 'bergen').map((i) => chart.rows[i]?.label)).toEqual(['search_hotels'])
  expect(findRows(chart.rows, '  ')).toEqual([])
})

test('walks the critical path from row to row and stops at its ends', () => {
  expect([stepFrom(chart, undefined, 1), stepFrom(chart, 0, 1), stepFrom(chart, 3, -1)]).toEqual([0, 1, 2])
  expect([stepFrom(chart, 0, -1), stepFrom(chart, 6, 1)]).toEqual([null, null])
})

test('from a row off the path, to the step nearest in time', () => {
  const ticket = dag.rows.findIndex((row) => row.label === 'get_ticket')
  expect(dag.rows[ticket]?.critical).toBe(false)
  expect(dag.rows[stepFrom(dag, ticket, 1) ?? -1]?.label).toBe('turn 3')
  expect(dag.rows[stepFrom(dag, ticket, -1) ?? -1]?.label).toBe('turn 2')
})

test('hits go round', () => {
  expect([cycle([2, 5], undefined, false), cycle([2, 5], 2, false), cycle([2, 5], 5, false)]).toEqual([2, 5, 2])
  expect([cycle([2, 5], undefined, true), cycle([2, 5], 5, true)]).toEqual([5, 2])
  expect(cycle([], 1, false)).toBeNull()
})

test('a time snaps to a bar end that is near enough', () => {
  const order = [0, 1, 3]
  expect(snapMs(chart, order, 1_190, 20)).toBe(1_200)
  expect(snapMs(chart, order, 1_170, 20)).toBe(1_170)
  // turn 1 (1300-1500) is not listed.
  expect(snapMs(chart, order, 1_310, 20)).toBe(1_310)
})
