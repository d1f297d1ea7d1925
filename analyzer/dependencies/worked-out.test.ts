import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { options, testRun } from './test-run.ts'

const transforms = (result: Json, amount: Json): string[] =>
  inferDependencies(
    testRun('Go on.', [[{ tool: 'measure', args: {}, result }], [{ tool: 'fill', args: { amount }, result: 'ok' }]]),
    options(),
  )
    .dependencies.filter((d) => d.kind === 'data')
    .flatMap((d) => d.evidence.map((e) => e.transform))

test.each<[string, Json, Json, string]>([
  ['rounded to two places', { gallons: 3.9625800000000004 }, 3.96, 'rounded'],
  ['rounded, as text', { gallons: 10.038536 }, '10.04', 'rounded'],
  ['doubled', { level: 7.5 }, 15, 'computed'],
  ['a third', { balance: 126 }, 42, 'computed'],
  ['a sum of a column', { rows: [{ price: 125 }, { price: 250 }, { price: 310 }] }, 685, 'computed'],
  ['a mean of a column', { rows: [{ price: 125 }, { price: 250 }, { price: 312 }] }, 229, 'computed'],
  ['a difference of two', { paid: 1842.5, price: 1317.25 }, 525.25, 'computed'],
])('%s', (_, result, amount, transform) => {
  expect(transforms(result, amount)).toEqual(
    transform === 'computed' ? expect.arrayContaining([transform]) : [transform],
  )
})

test.each<[string, Json, Json]>([
  ['a small number may be anything', { a: 7, b: 9, c: 31, d: 12 }, 3],
  ['no way leads there', { level: 7.5 }, 8123],
])('%s', (_, result, amount) => {
  expect(transforms(result, amount)).toEqual([])
})

test('a number in a text counts where the words beside it name its property', () => {
  const transformsOf = (text: string) => transforms({ frontTyre: 32, healthy: true }, text)
  expect(transformsOf('Front tyre: 32 PSI')).toEqual(['quoted'])
})
