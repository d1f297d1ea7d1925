import { expect, test } from 'vitest'
import { highest, lowest, ones, stretch, wordsIn } from './bits.ts'

test('a stretch is cut to the word that is asked about', () => {
  expect(stretch(0, 1, 4)).toBe(0b1110)
  expect(stretch(0, 0, 32)).toBe(-1)
  expect(stretch(1, 0, 35)).toBe(0b111)
  expect(stretch(1, 33, 200)).toBe(~1)
  expect([stretch(1, 0, 32), stretch(1, 64, 70), stretch(1, 40, 40)]).toEqual([0, 0, 0])
})

test('bits are counted, and the highest and the lowest are found', () => {
  expect([ones(0), ones(0b1011), ones(1 << 31), ones(0x0ff0_0001), ones(-1)]).toEqual([0, 3, 1, 9, 32])
  expect([lowest(0), lowest(1), lowest(0b1100), lowest(1 << 31), lowest(-1)]).toEqual([-1, 0, 2, 31, 0])
  expect([highest(0), highest(1), highest(0b1011), highest(-1)]).toEqual([-1, 0, 3, 31])
})

test('33 bits take two words', () => {
  expect([wordsIn(0), wordsIn(1), wordsIn(32), wordsIn(33)]).toEqual([0, 1, 1, 2])
})
