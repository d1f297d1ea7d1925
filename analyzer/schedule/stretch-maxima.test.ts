import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stretchMaxima } from './stretch-maxima.ts'

test('each place has the largest value of the stretches that it is in', () => {
  const maxima = stretchMaxima(8)
  maxima.raise(1, 6, 9)
  maxima.raise(4, 8, 7)
  maxima.raise(5, 6, 11)
  expect([...maxima.settled()]).toEqual([0, 9, 9, 9, 9, 11, 7, 7])
})

test('as told by looking at every stretch for every place', () => {
  const stretch = fc.tuple(fc.nat(40), fc.nat(40), fc.integer({ min: 1, max: 99 }))
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 30 }), (stretches) => {
      const maxima = stretchMaxima(41)
      const naive = new Array<number>(41).fill(0)
      for (const [a, b, value] of stretches) {
        const [first, last] = [Math.min(a, b), Math.max(a, b)]
        maxima.raise(first, last + 1, value)
        for (let place = first; place <= last; place++) naive[place] = Math.max(naive[place]!, value)
      }
      expect([...maxima.settled()]).toEqual(naive)
    }),
    { numRuns: 300, seed: 3 },
  )
})
