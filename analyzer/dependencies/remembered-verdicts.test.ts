import { expect, test } from 'vitest'
import type { Verdict } from '../model/dependency.ts'
import { rememberedVerdicts } from './remembered-verdicts.ts'

/** Says of each pair how sure it is, by its calls: 2, 3 is 0.23. */
function counting() {
  const asked: string[] = []
  const of = (i: number, j: number): Verdict => {
    asked.push(`${i} ${j}`)
    return { verdict: 'dependent', confidence: (10 * i + j) / 100 }
  }
  return { asked, of }
}

test('each pair of a short run is asked about once', () => {
  const { asked, of } = counting()
  const verdict = rememberedVerdicts(5, of)
  for (let round = 0; round < 2; round++) {
    for (let j = 1; j < 5; j++) {
      for (let i = 0; i < j; i++) expect(verdict(i, j).confidence).toBe((10 * i + j) / 100)
    }
  }
  expect(asked).toHaveLength(10)
})

test('what is no pair, and pairs of long runs, are asked about each time', () => {
  const short = counting()
  for (const [i, j] of [
    [1, 1],
    [2, 1],
    [0, 5],
    [0, 5],
  ] as const)
    rememberedVerdicts(5, short.of)(i, j)
  expect(short.asked).toEqual(['1 1', '2 1', '0 5', '0 5'])
  const long = counting()
  const verdict = rememberedVerdicts(257, long.of)
  verdict(0, 1)
  verdict(0, 1)
  expect(long.asked).toEqual(['0 1', '0 1'])
})
