import { expect, test } from 'vitest'
import { formatAgo, formatDuration, formatRange, formatShare, formatStretch } from './duration.ts'

test.each([
  [0, '0 s'],
  [0.05, '0.05 ms'],
  [4.2, '4.2 ms'],
  [9, '9 ms'],
  [840.4, '840 ms'],
  [999.6, '1.0 s'],
  [6_200, '6.2 s'],
  [59_940, '59.9 s'],
  [59_960, '1 m 00 s'],
  [72_000, '1 m 12 s'],
  [3_599_700, '1 h 00 m'],
  [7_500_000, '2 h 05 m'],
  [-1_400, '−1.4 s'],
  [Number.NaN, '–'],
  [Number.POSITIVE_INFINITY, '–'],
])('%d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

test('a range names its unit once, where both ends have it', () => {
  expect(formatRange(2_900, 3_100)).toBe('2.9–3.1 s')
  expect(formatRange(3_100, 2_900)).toBe('2.9–3.1 s')
  expect(formatRange(900, 3_100)).toBe('900 ms – 3.1 s')
  expect(formatRange(3_100, 3_110)).toBe('3.1 s')
  expect(formatRange(62_000, 72_000)).toBe('1 m 02 s – 1 m 12 s')
})

test('a stretch has the digits that tell its ends apart', () => {
  expect(formatStretch(120, 340)).toBe('120 to 340 ms')
  expect(formatStretch(3_600, 4_600)).toBe('3.6 to 4.6 s')
  expect(formatStretch(3_600, 3_610)).toBe('3.600 to 3.610 s')
  expect(formatStretch(108_640, 108_772)).toBe('1:48.64 to 1:48.77')
  expect(formatStretch(59_999, 119_999)).toBe('1:00.0 to 2:00.0')
  expect(formatStretch(Number.NaN, 3)).toBe('–')
})

test('a share is never rounded to nothing or to all', () => {
  expect(formatShare(0)).toBe('0 %')
  expect(formatShare(0.001)).toBe('< 1 %')
  expect(formatShare(0.5)).toBe('50 %')
  expect(formatShare(0.999)).toBe('> 99 %')
  expect(formatShare(1)).toBe('100 %')
})

test('how long ago, in the largest unit', () => {
  const now = 1_000_000_000
  expect(formatAgo(now - 500, now)).toBe('now')
  expect(formatAgo(now - 12_000, now)).toBe('12 s ago')
  expect(formatAgo(now - 4 * 60_000, now)).toBe('4 min ago')
  expect(formatAgo(now - 3 * 3_600_000, now)).toBe('3 h ago')
  expect(formatAgo(now - 30 * 3_600_000, now)).toBe('yesterday')
  expect(formatAgo(now - 50 * 3_600_000, now)).toBe('2 days ago')
})
