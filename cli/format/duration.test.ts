import { expect, test } from 'vitest'
import { formatDuration, formatShare } from './duration.ts'

test.each([
  [0, '0 ms'],
  [0.04, '0 ms'],
  [0.42, '0.4 ms'],
  [9.94, '9.9 ms'],
  [9.96, '10 ms'],
  [640.4, '640 ms'],
  [999.4, '999 ms'],
  [999.5, '1.00 s'],
  [1_370, '1.37 s'],
  [9_994, '9.99 s'],
  [9_996, '10.0 s'],
  [59_940, '59.9 s'],
  [59_960, '1 m 00 s'],
  [65_000, '1 m 05 s'],
  [3_599_400, '59 m 59 s'],
  [3_599_500, '1 h 00 m'],
  [3_720_000, '1 h 02 m'],
  [-640, '-640 ms'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [0, '0 %'],
  [0.004, '0.4 %'],
  [0.05, '5 %'],
  [0.0994, '9.9 %'],
  [0.0996, '10 %'],
  [0.327, '33 %'],
  [1, '100 %'],
])('a share of %d reads %s', (share, text) => {
  expect(formatShare(share)).toBe(text)
})
