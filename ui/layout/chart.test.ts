import { expect, test } from 'vitest'
import { buildChart, criticalRows } from './chart.ts'
import { drawnRun } from './test-runs.ts'

// plan 0-400, flights 500-1200, decide 1300-1500, hotels 1600-2200, decide 2300-2500, book 2600-3000, answer 3100-3300
const run = drawnRun('false-linear-chain')

test('rows are turns and calls in time order', () => {
  const { rows } = buildChart(run, 'batch')
  expect(rows.map((row) => [row.label, row.actual.startMs])).toEqual([
    ['turn 0', 0],
    ['search_flights', 500],
    ['turn 1', 1_300],
    ['search_hotels', 1_600],
    ['turn 2', 2_300],
    ['book_hotel', 2_600],
    ['turn 3', 3_100],
  ])
  expect(rows.map((row) => row.tone)).toEqual(['model', 'read', 'model', 'read', 'model', 'write', 'model'])
})

test('a turn that is not in the achievable schedule has no place in it', () => {
  const { rows } = buildChart(run, 'batch')
  expect(rows.filter((row) => row.achievable === null).map((row) => row.label)).toEqual(['turn 1'])
  expect(buildChart(run, 'overlap').rows.every((row) => row.achievable !== null)).toBe(true)
})

test('both ends are on one axis', () => {
  const chart = buildChart(run, 'batch')
  expect([chart.achievableEndMs, chart.actualEndMs, chart.extentMs]).toEqual([2_300, 3_300, 3_300])
})

test('the critical path is marked on the rows it runs through, gaps as gaps', () => {
  const chart = buildChart(run, 'batch')
  const flights = chart.rows[1]
  expect(flights?.actualPath).toEqual([
    { startMs: 400, endMs: 500, gap: true },
    { startMs: 500, endMs: 1_200, gap: false },
  ])
  // 600 ms beside the 700 ms of the flights: off the achievable path.
  expect(chart.rows[3]?.achievablePath).toEqual([])
  expect(criticalRows(chart)).toHaveLength(7)
  expect(chart.steps.map((step) => step.row)).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('waits for a person are bands', () => {
  const chart = buildChart(drawnRun('user-between-turns'), 'batch')
  expect(chart.waits).toEqual([{ startMs: 1_200, endMs: 2_200 }])
})

test('the report is left as it was', () => {
  const before = structuredClone(run)
  buildChart(run, 'batch')
  expect(run).toEqual(before)
})
