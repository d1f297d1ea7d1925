import { expect, test } from 'vitest'
import type { Wait } from '../model/run.ts'
import { difference, unionOf, within } from './intervals.ts'

const stretch = ([startMs, endMs]: readonly [number, number]): Wait => ({ startMs, endMs })
const list = (...pairs: readonly (readonly [number, number])[]): Wait[] => pairs.map(stretch)

test('the union joins what touches and drops what has no length', () => {
  expect(unionOf(list([5, 9], [0, 2], [2, 3], [6, 7], [20, 20]))).toEqual(list([0, 3], [5, 9]))
})

test('the difference keeps what is left of each', () => {
  expect(difference(list([0, 10], [20, 30], [40, 50]), list([-5, 1], [3, 4], [8, 22], [45, 60]))).toEqual(
    list([1, 3], [4, 8], [22, 30], [40, 45]),
  )
})

test('within cuts at both ends', () => {
  expect(within(list([0, 10], [20, 30], [40, 50]), 5, 25)).toEqual(list([5, 10], [20, 25]))
})
