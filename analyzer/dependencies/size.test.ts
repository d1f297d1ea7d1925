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

const hex = Array.from({ length: 12_000 }, (_, i) => Math.imul(i, 0x9e3779b1).toString(16)).join('')

test.each([
  ['a picture', hex],
  ['a table of spaces', ' '.repeat(100_000)],
  ['a list of words', 'ab, '.repeat(20_000)],
  ['a list of names', 'Ab, '.repeat(20_000)],
  ['digits', '1'.repeat(100_000)],
  ['a list of limits', 'above 5 '.repeat(40_000)],
])('%s in the prompt costs no more than its length', (_, text) => {
  const before = process.cpuUsage()
  const run = testRun(`Weather in Oslo or Bergen? ${text}`, [
    [{ tool: 'get_weather', args: { city: 'Oslo' }, result: 'rain' }],
  ])
  expect(inferDependencies(run, options()).leaves[0]![0]!.origin).toBe('prompt')
  // A tenth of a second; a pattern that begins again at each letter takes ten.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000)
})

test('a result of 200,000 properties is read without a stack of them', () => {
  const wide = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, i]))
  const run = testRun('Look.', [
    [{ tool: 'get_table', args: {}, result: wide }],
    [{ tool: 'get_row', args: { row: 'k7' }, result: 7 }],
  ])
  expect(inferDependencies(run, options()).verdict(0, 1).verdict).not.toBe('independent')
})

/** `calls` calls of `numbers` numbers that no result holds, after one result of 5,000; each returns numbers of its own. */
function numericRun(calls: number, numbers: number) {
  const number = (n: number): number => 100_003 + ((n * 7919) % 899_981) + 0.25
  const list = (from: number, count: number) => Array.from({ length: count }, (_, k) => number(from + k))
  const one = (i: number): TestCall[] => [
    { tool: 'mix', args: { amounts: list(400_000 + i * numbers, numbers) }, result: { sums: list(i * 50, 50) } },
  ]
  const table = { tool: 'get_table', args: {}, result: list(200_000, 5000) }
  return testRun('Mix 15 of them.', [[table], ...Array.from({ length: calls }, (_, i) => one(i))])
}

test.each([
  [400, 50, 40, 50],
  [40, 50, 40, 500],
])(
  '%i calls of %i numbers: each is tried against the latest results and not against each pair',
  (calls, numbers, fewerCalls, others) => {
    const { work } = traceProvenance(numericRun(calls, numbers))
    expect(work.waysTried / (calls * numbers)).toBeLessThan(12_000)
    expect(work.waysTried / (calls * numbers)).toBeLessThan(
      1.3 * (traceProvenance(numericRun(fewerCalls, others)).work.waysTried / (fewerCalls * others)),
    )
  },
)

test('a list of 50,000 arguments is listed as a choice in one go', () => {
  const names = Array.from({ length: 50_000 }, (_, i) => `Name${i}`)
  const run = testRun('Which?', [
    [{ tool: 'get_all', args: { names }, result: 'ok' }],
    [{ tool: 'get_one', args: { name: 'Name7' }, result: 'ok' }],
  ])
  expect(inferDependencies(run, options()).verdict(0, 1).verdict).not.toBe('independent')
})

test('what every call is given in a part of its arguments is one match per result, however many calls', () => {
  const listed: TestCall[][] = Array.from({ length: 24 }, (_, i) => [
    { tool: `list_${i}`, args: {}, result: { code: 'zebra-quartz-9', other: i } },
  ])
  const taken: TestCall[][] = Array.from({ length: 500 }, (_, n) => [
    { tool: 'get_item', args: { filter: { code: 'zebra-quartz-9', n } }, result: 'ok' },
  ])
  const { calls } = traceProvenance(testRun('Go.', [...listed, ...taken]))
  const matches = calls.flatMap((trace) => trace?.leaves.flatMap((leaf) => leaf.matches) ?? [])
  expect(matches.length).toBeGreaterThan(500 * 24 - 1)
  expect(new Set(matches).size).toBeLessThan(500)
})
