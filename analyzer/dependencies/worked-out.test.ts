import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { options, testRun } from './test-run.ts'

const transforms = (result: Json, amount: Json, prompt = 'Go on.', name = 'amount'): string[] =>
  inferDependencies(
    testRun(prompt, [
      [{ tool: 'measure', args: {}, result }],
      [{ tool: 'fill', args: { [name]: amount }, result: 'ok' }],
    ]),
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
  ['run into the next word of a text', 'Rent: $7300Food: $4100Rest: $3200', 7300, 'substring'],
  ['with its unit run into it', { reading: 'at 37.25psi now' }, 37.25, 'substring'],
  ['kilobytes as bytes, rounded', { used: '8.24 KB' }, '8436 bytes', 'computed'], // 8.24 * 1024 = 8437.8
  ['kilobytes of 1000', { used: '7.31 kB' }, '7310 bytes', 'computed'],
  ['miles as metres, rounded', { way: '12.4 miles' }, '19,956 meters', 'computed'], // 12.4 * 1609.344 = 19955.9
  ['pounds as kilograms, rounded', { weight: '163 lbs' }, '73.94 kg', 'computed'], // 163 * 0.45359237 = 73.936
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

test.each<[string, Json, string, Json, string[]]>([
  ['hours of a text in minutes', 'It takes 3.75 hours.', 'duration_minutes', 225, ['computed']],
  ['a number named by its unit', { distance_km: 17.3 }, 'meters', 17_300, ['computed']],
  ['another kind of thing', 'It takes 3.75 hours.', 'length_m', 225, []],
  ['a number beside no unit', 'Section 3.75 applies.', 'duration_minutes', 225, []],
  ['a rounding that leaves a third of all numbers', 'It takes 2 hours.', 'duration_minutes', 143, []],
])('another unit: %s', (_, result, name, value, found) => {
  expect(transforms(result, value, 'Go on.', name)).toEqual(found)
})

test.each<[string, string, Json, Json, string[]]>([
  ['so many pieces', 'Pay for 15 of them.', { price: 318.27 }, 4774.05, ['computed']],
  ['what is left of a sum', 'I have 1500 to spend.', { cost: 1234.55 }, 265.45, ['computed']],
  ['each one of several people', 'Split it among 7 of us.', { bill: 912.45 }, 130.35, ['computed']],
  ['too round to be surprising', 'Fill it up to 70.', { level: 20 }, 50, []],
  ['the price among many numbers', 'Pay for 15 of them.', { price: 318.27, past: many(900) }, 4774.05, ['computed']],
  ['any of many numbers', 'Pay for 15 of them.', { past: [...many(2000), 318.27] }, 4774.05, []],
])('with a number of the user: %s', (_, prompt, result, value, found) => {
  expect(transforms(result, value, prompt)).toEqual(found)
})

/** Numbers without fractions: none of them leads to a price. */
function many(count: number): number[] {
  return Array.from({ length: count }, (_, n) => 20_011 + 37 * n)
}

test.each<[string, Json]>([
  ['a number under one name', { result: 2 }],
  ['as Python prints it', "{'result': mpf('2.0')}"],
])('what was worked out is used, however small: %s', (_, result) => {
  const say = [{ tool: 'append', args: { text: '2.0' }, result: null }]
  const run = testRun('How long is the draft? Note the answer.', [[{ tool: 'halve', args: { of: 4 }, result }], say])
  expect(inferDependencies(run, options()).dependencies).toContainEqual(
    expect.objectContaining({ from: 'c0', to: 'c1', kind: 'data' }),
  )
})

// Nothing is related here: each way found is one by chance.
test('random numbers are hardly ever worked out from one another', () => {
  let state = 7
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  /** Two to five digits, a third of them behind a point. */
  const number = (): number => {
    const whole = Math.floor(10 ** (2 + 3 * random()))
    return random() < 1 / 3 ? whole / 100 : whole
  }
  const unit = (): string => ['KB', 'MB', 'minutes', 'hours', 'km', 'miles', 'kg', 'pounds'][Math.floor(8 * random())]!
  const rate = (rounds: number, one: () => string[]): number => {
    let found = 0
    for (let n = 0; n < rounds; n++) if (one().some((way) => way !== 'quoted')) found++
    return found / rounds
  }
  const user = () => `Take ${number()} of ${number()} for ${number()} or ${number()}.`
  const rates = {
    converted: rate(1500, () =>
      transforms(`${number()} ${unit()}, ${number()} ${unit()}`, `${number()} ${unit()}`, 'Go on.'),
    ),
    'converted to a unit that nobody names': rate(1500, () =>
      transforms(`${number()} ${unit()}, ${number()} ${unit()}`, number()),
    ),
    'with the user': rate(1500, () => transforms({ a: number(), b: { c: number(), d: number() } }, number(), user())),
    'without the user': rate(1500, () => transforms({ a: number(), b: { c: number(), d: number() } }, number())),
  }
  expect(rates.converted).toBeLessThan(0.02)
  expect(rates['converted to a unit that nobody names']).toBeLessThan(0.02)
  expect(rates['with the user'] - rates['without the user']).toBeLessThan(0.02)
})
