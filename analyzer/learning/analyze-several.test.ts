// Learning through the front door: spans of several runs in, one report out.

import { expect, test } from 'vitest'
import { analyze, reanalyze, type Span } from '../index.ts'
import { AT_ONCE, IN_TURN, onDay } from './test-days.ts'

const days = (count: number): Span[] => [
  ...Array.from({ length: count }, (_, n) => onDay(n, AT_ONCE)).flat(),
  ...onDay(count, IN_TURN),
]
const last = (spans: readonly Span[], options = {}) => analyze(spans, options).runs.at(-1)!

test('a run alone says nothing of earlier runs', () => {
  expect(last(days(0))).not.toHaveProperty('learnt')
  expect(last(days(0)).serialized.ms).toBe(0)
})

test('eight runs that asked for both at once show what the ninth could have saved, and the finding says so', () => {
  const run = last(days(8))
  expect(run.learnt).toEqual({
    runs: 8,
    pairs: [{ earlier: 'get_weather', later: 'get_clock', needed: 0, free: 8, freeMadeUp: 0, after: 0, without: 0 }],
    paths: [],
    values: [],
  })
  expect(run.serialized.ms).toBeGreaterThan(0)
  const [finding] = run.findings.filter(({ rule }) => rule === 'serialized-turns')
  expect(finding?.evidence).toContain(
    'In 8 earlier runs of this agent get_clock was called before or beside get_weather, and in none did it need its result.',
  )
  expect(last(days(8), { history: false })).toEqual(last(days(8).slice(-days(0).length)))
})

test('runs that follow change nothing', () => {
  const before = analyze(days(8)).runs
  const all = analyze([...days(8), ...onDay(9, AT_ONCE), ...onDay(10, IN_TURN)]).runs
  expect(all.slice(0, 9)).toEqual(before)
})

test('the report holds what it takes to analyse the run again, alone', () => {
  const report = JSON.parse(JSON.stringify(analyze(days(8), { allPairs: true })))
  for (const run of report.runs) expect(reanalyze(run, { allPairs: true })).toEqual(run)
  expect(reanalyze(report.runs.at(-1), { history: false }).serialized.ms).toBe(0)
})

test('the input may come in any order', () => {
  expect(JSON.stringify(analyze(days(8).reverse()))).toBe(JSON.stringify(analyze(days(8))))
})
