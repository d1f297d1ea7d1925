import { expect, test } from 'vitest'
import { bitRows, bitSetOf, hasBit } from './bit-rows.ts'

test('a set adds, lists and misses calls of a stretch only', () => {
  const thirds = bitSetOf(100, (i) => i % 3 === 0)
  expect(thirds.list(30, 37)).toEqual([30, 33, 36])
  expect(thirds.list(31, 31)).toEqual([])
  const set = bitSetOf(100, () => false)
  expect(set.add(thirds, 60, 66).put(62).list(0, 100)).toEqual([60, 62, 63])
  expect(set.addAll(63, 65).list(0, 100)).toEqual([60, 62, 63, 64])
  expect(set.lastWithout(60, 65)).toBe(61)
  expect(set.lastWithout(62, 65)).toBe(-1)
  expect(set.lastWithout(64, 64)).toBe(-1)
  expect(set.has(64)).toBe(true)
  expect(set.clear(64, 65).list(0, 100)).toEqual([60, 62, 63])
  expect(bitSetOf(64, () => true).list(31, 33)).toEqual([31, 32])
})

test('row j of a triangle has a bit for each call before it', () => {
  const rows = bitRows(70)
  rows.words[rows.rowStart[69]! + 2] = 1 << 4
  expect(hasBit(rows, 68, 69)).toBe(true)
  expect(hasBit(rows, 67, 69)).toBe(false)
  expect(rows.words).toHaveLength(32 + 2 * 32 + 3 * 5) // one word for rows 1 to 32, two to 64, three to 69
  expect(
    bitSetOf(70, () => false)
      .addRow(rows, 69, 60, 69)
      .list(0, 70),
  ).toEqual([68])
})
