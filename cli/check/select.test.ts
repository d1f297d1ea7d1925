import { expect, test } from 'vitest'
import { spanId, testRun } from '../test-run.ts'
import { selectRuns } from './select.ts'

const at = (runId: string, time: string, parent: string | null = null) =>
  testRun({
    runId: spanId(runId),
    parentRunId: parent === null ? null : spanId(parent),
    startTime: `2027-03-12T${time}Z`,
  })

// In report order. `inner` is nested in `old` and starts after all others.
const runs = [
  at('old', '10:00:00.000000000'),
  at('inner', '10:00:09.000000000', 'old'),
  at('newest', '10:00:05.000000002'),
  at('new', '10:00:05.000000001'),
]
const ids = (selection: Parameters<typeof selectRuns>[1]) => selectRuns(runs, selection).map((run) => run.runId)

test('no selection leaves all', () => {
  expect(ids({})).toEqual(['old', 'inner', 'newest', 'new'])
})

test('the latest n are told apart to the nanosecond, and keep the order given', () => {
  expect(ids({ last: 1 })).toEqual(['newest'])
  expect(ids({ last: 2 })).toEqual(['newest', 'new'])
})

test('nested runs come with their outer run and are not counted', () => {
  expect(ids({ last: 3 })).toEqual(['old', 'inner', 'newest', 'new'])
})

test('since takes the outer run’s start', () => {
  expect(ids({ sinceUnixMs: Date.UTC(2027, 2, 12, 10, 0, 5) })).toEqual(['newest', 'new'])
  expect(ids({ sinceUnixMs: Date.UTC(2027, 2, 12, 10, 0, 6) })).toEqual([])
})

test('the runs given are not reordered', () => {
  const before = [...runs]
  selectRuns(runs, { last: 1 })
  expect(runs).toEqual(before)
})
