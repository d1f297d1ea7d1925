import { expect, test } from 'vitest'
import { bitRows, hasBit, wordOf } from './bit-rows.ts'

test('row j of a triangle has a bit for each call before it', () => {
  const rows = bitRows(70)
  rows.words[rows.rowStart[69]! + 2] = 1 << 4
  expect(hasBit(rows, 68, 69)).toBe(true)
  expect(hasBit(rows, 67, 69)).toBe(false)
  expect(wordOf(rows, 69, 2)).toBe(1 << 4)
  expect(rows.words).toHaveLength(32 + 2 * 32 + 3 * 5) // one word for rows 1 to 32, two to 64, three to 69
})
