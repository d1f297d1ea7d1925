import { expect, test } from 'vitest'
import { float64Zeros, int32Zeros, uint8Zeros, uint16Zeros, uint32Zeros } from './zeros.ts'

test('arrays of all kinds and sizes are of zeros, and no two share a place', () => {
  const makers = [uint8Zeros, uint16Zeros, int32Zeros, uint32Zeros, float64Zeros]
  const lengths = [0, 1, 3, 55, 700, 5000]
  // Forty times: more than one piece, and between them arrays that are too large to be part of one.
  const rounds = Array.from({ length: 40 }, () => makers.flatMap((zeros) => lengths.map((length) => zeros(length))))
  const lists = rounds.flat()
  lists.forEach((list, at) => {
    expect(list).toHaveLength(lengths[at % lengths.length]!)
    expect(list.every((one) => one === 0)).toBe(true)
  })
  lists.forEach((list, at) => {
    list.fill(at % 251)
  })
  lists.forEach((list, at) => {
    expect(list.every((one) => one === at % 251)).toBe(true)
  })
})
