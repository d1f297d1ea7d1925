import { expect, test } from 'vitest'
import { highest, ones, stretch, wordsIn } from './bits.ts'

test('a stretch is cut to the word that is asked about', () => {
  expect(stretch(0, 1, 4)).toBe(0b1110)
  expect(stretch(0, 0, 32)).toBe(-1)
  expect(stretch(1, 0, 35)).toBe(0b111)
  expect(stretch(1, 33, 200)).toBe(~1)
  expect([stretch(1, 0, 32), stretch(1, 64, 70), stretch(1, 40, 40)]).toEqual([0, 0, 0])
})

test('bits are counted, and the highest is found', () => {
  expect([ones(0), ones(0b1011), ones(-1)]).toEqual([0, 3, 32])
  expect([highest(0), highest(1), highest(0b1011), highest(-1)]).toEqual([-1, 0, 3, 31])
})

test('33 bits take two words', () => {
  expect([wordsIn(0), wordsIn(1), wordsIn(32), wordsIn(33)]).toEqual([0, 1, 1, 2])
})
