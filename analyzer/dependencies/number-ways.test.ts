import { expect, test } from 'vitest'
import {
  DIFFERENCE,
  firstToMake,
  isSame,
  Numbers,
  numbersOf,
  PRODUCT,
  RATIO,
  REVERSE_DIFFERENCE,
  REVERSE_RATIO,
  SUM,
  type Way,
} from './number-ways.ts'

const ALL = [SUM, DIFFERENCE, REVERSE_DIFFERENCE, PRODUCT, RATIO, REVERSE_RATIO]

/** Each with each. */
function tried(wanted: number, ways: readonly Way[], values: readonly number[], others: readonly number[]): number {
  return values.findIndex((a, i) =>
    others.some((b, k) => !(values === others && i === k) && ways.some(({ make }) => isSame(make(a, b), wanted))),
  )
}

function found(wanted: number, ways: readonly Way[], values: readonly number[], others: readonly number[]): number {
  const numbers = numbersOf(values)
  return firstToMake(wanted, ways, numbers, values === others ? numbers : numbersOf(others), { waysTried: 0 })
}

test.each<[string, number, readonly Way[], number[], number[], number]>([
  ['a sum', 7, [SUM], [9, 5], [1, 2], 1],
  ['a difference', -4, [DIFFERENCE], [9, 5], [1, 9], 1],
  ['a product below zero', -10, [PRODUCT], [3, -5], [2], 1],
  ['a ratio', 2.5, [RATIO], [3, 5], [2], 1],
  ['the first of several', 6, [SUM, PRODUCT], [4, 3, 5], [2, 1], 0],
  ['nothing', 100, ALL, [4, 3, 5], [2, 1], -1],
])('%s', (_, wanted, ways, values, others, place) => {
  expect(found(wanted, ways, values, others)).toBe(place)
})

test('a number is taken with itself only if it is there twice', () => {
  const [once, twice] = [
    [5, 3],
    [5, 3, 5],
  ]
  expect(found(10, [SUM], once, once)).toBe(-1)
  expect(found(10, [SUM], twice, twice)).toBe(0)
})

test('numbers that are put in order anew hold nothing of those before', () => {
  const numbers = new Numbers().fill([4, 4, -9, 100], 4)
  expect(firstToMake(8, [SUM], numbers, numbers, { waysTried: 0 })).toBe(0)
  numbers.fill([4, 5], 2)
  // 4 is there once, and there is no 100 to take away from.
  expect(firstToMake(8, [SUM], numbers, numbers, { waysTried: 0 })).toBe(-1)
  expect(firstToMake(95, [DIFFERENCE], numbers, numbers, { waysTried: 0 })).toBe(-1)
  expect(firstToMake(9, [SUM], numbers, numbers, { waysTried: 0 })).toBe(0)
})

test('more numbers than are put in order by hand are found as well', () => {
  const many = Array.from({ length: 100 }, (_, i) => 1000 - i)
  // 901 is the last of them.
  expect(found(1802, [SUM], [...many, 901], [901])).toBe(99)
})

test('it finds what trying each with each finds', () => {
  let state = 5
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const some = (): number[] =>
    Array.from({ length: Math.floor(1 + 12 * random()) }, () => {
      const whole = Math.round(60 * random() - 30)
      return (whole === 0 ? 7 : whole) / (random() < 0.3 ? 4 : random() < 0.2 ? 3 : 1)
    })
  let hits = 0
  for (let round = 0; round < 3000; round++) {
    const values = some()
    const others = random() < 0.5 ? values : some()
    const ways = ALL.filter(() => random() < 0.6)
    const wanted = random() < 0.2 ? 0 : Math.round(80 * random() - 40) / (random() < 0.5 ? 1 : 3)
    const place = tried(wanted, ways, values, others)
    expect(found(wanted, ways, values, others)).toBe(place)
    if (place >= 0) hits++
  }
  expect(hits).toBeGreaterThan(300)
  expect(hits).toBeLessThan(2700)
})
