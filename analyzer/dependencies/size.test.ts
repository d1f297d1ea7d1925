import { expect, test } from 'vitest'
import { inferDependencies } from './infer-dependencies.ts'
import { traceProvenance } from './provenance.ts'
import { options, type TestCall, testRun } from './test-run.ts'

/** A chain of `calls` calls with results of about 5 kB each: every call takes the id that the one before returned. */
function longRun(calls: number) {
  const rows = (i: number) =>
    Array.from({ length: 50 }, (_, k) => ({
      row: k,
      note: `plain words about nothing much, number ${i * 50 + k}`,
      state: 'open',
      ok: true,
    }))
  const script: TestCall[][] = Array.from({ length: calls }, (_, i) => [
    {
      tool: 'get_page',
      args: { cursor: `cur${i}x7`, state: 'open' },
      result: { next: `cur${i + 1}x7`, rows: rows(i) },
    },
  ])
  return testRun('Read on from cur0x7.', script)
}

test('2,000 calls with 10 MB of results: work is linear and every link is found', () => {
  const small = traceProvenance(longRun(200)).work
  const run = longRun(2000)
  expect(JSON.stringify(run.calls).length).toBeGreaterThan(9e6)
  const { work } = traceProvenance(run)
  expect(work.tokensRead / small.tokensRead).toBeCloseTo(10, 0)
  expect(work.entriesKept / small.entriesKept).toBeLessThan(12)

  const inference = inferDependencies(run, options())
  const data = inference.dependencies.filter((d) => d.kind === 'data')
  expect(data).toHaveLength(1999)
  expect(inference.verdict(0, 1).verdict).toBe('dependent')
  expect(inference.verdict(0, 1999).verdict).not.toBe('independent')
})
