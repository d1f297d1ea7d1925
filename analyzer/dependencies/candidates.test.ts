import { expect, test } from 'vitest'
import { narrowingOf } from './candidates.ts'
import { type TestCall, testRun } from './test-run.ts'

const price = (item: string): TestCall => ({ tool: 'get_price', args: { item }, result: 7 })
const details = (item: string): TestCall => ({ tool: 'get_details', args: { item }, result: 'blue' })

test('more candidates than can be followed may all have been picked among', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, i) => `item-${i}x`)
  const run = (count: number) => testRun(`Items ${ids(count).join(' ')}.`, [[price('Oslo')], [details('Bergen')]])
  expect(narrowingOf(run(65_000)).of(0, 1)).toBe(false)
  expect(narrowingOf(run(66_000)).of(0, 1)).toBe(true)
  expect(narrowingOf(run(66_000)).mayHavePicked(1)).toBe(true)
})

// Each tried with each, these would take longer than a test may.
test('20,000 candidates that begin alike are looked for without trying each', () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => `https://example.org/shop/items/item-${i}`)
  const run = testRun(`Look at ${ids.join(' ')}.`, [ids.map(price), [details(ids[7]!)]])
  const narrowing = narrowingOf(run)
  expect([0, 7, 19_999].map((i) => narrowing.of(i, 20_000))).toEqual([true, true, true])
})
