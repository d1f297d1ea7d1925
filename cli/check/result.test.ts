import { expect, test } from 'vitest'
import { serialized, spanId, testFinding, testRun } from '../test-run.ts'
import { judge } from './judge.ts'
import { checkResult } from './result.ts'

const budget = { kind: 'ms', ms: 500 } as const
const check = (...runs: ReturnType<typeof testRun>[]) => checkResult(judge(runs, budget), budget)

const good = testRun({ serialized: serialized(0), findings: [] })
const unjudged = testRun({ promptKnown: false, serialized: serialized(0) })
const nestedInUnjudged = (ms: number) =>
  testRun({ runId: spanId('r2'), parentRunId: unjudged.runId, serialized: serialized(ms) })

test.each([
  ['one run over', [good, testRun()], 1],
  ['all within', [good], 0],
  ['some within, some not judged', [unjudged, good], 0],
  ['none judged', [unjudged], 3],
  ['no runs', [], 3],
  ['an outer run not judged, the run in it within', [unjudged, nestedInUnjudged(0)], 3],
  ['an outer run not judged, the run in it over', [unjudged, nestedInUnjudged(1_000)], 1],
  ['the same, beside a run within', [unjudged, nestedInUnjudged(0), { ...good, runId: spanId('r3') }], 0],
])('%s', (_, runs, exitCode) => {
  expect(check(...runs).exitCode).toBe(exitCode)
})

test('names the dearest finding first, with its tools, nested runs included, and drops what costs nothing', () => {
  const findings = [
    testFinding({ savedMs: { low: 0, high: 900 } }),
    testFinding({ savedMs: { low: 200, high: 900 } }),
    testFinding({ savedMs: { low: 800, high: 800 } }),
  ]
  const result = check(testRun({ findings }), testRun({ runId: spanId('r2'), parentRunId: spanId('r1') }))
  expect(result.counts).toEqual({ over: 1, within: 0, notJudged: 0, withOuter: 1 })
  expect(result.runs[0]?.findings.map(({ runId, savedMs, tools }) => [runId, savedMs.low, tools])).toEqual([
    ['r1', 800, ['search_flights', 'search_hotels']],
    ['r1', 200, ['search_flights', 'search_hotels']],
    ['r2', 1_000, ['search_flights', 'search_hotels']],
  ])
})
