import { expect, test } from 'vitest'
import type { Edge } from './edges.ts'
import { strongestPaths } from './reach.ts'

const edge = (from: number, to: number, confidence: number): Edge => ({
  from,
  to,
  kind: 'data',
  confidence,
  evidence: [],
})

test('the strongest path wins, and a path is as strong as its weakest edge', () => {
  //   0 -0.5-> 1 -0.4-> 2 -1-> 3      0 -0.1-> 2
  const strength = strongestPaths(4, [edge(0, 1, 0.5), edge(1, 2, 0.4), edge(0, 2, 0.1), edge(2, 3, 1)])
  expect(strength(0, 1)).toBeCloseTo(0.5, 3)
  expect(strength(0, 2)).toBeCloseTo(0.4, 3)
  expect(strength(0, 3)).toBeCloseTo(0.4, 3)
  expect(strength(1, 3)).toBeCloseTo(0.4, 3)
})

test('without a path the strength is 0', () => {
  expect(strongestPaths(3, [edge(0, 2, 0.9)])(0, 1)).toBe(0)
  expect(strongestPaths(0, [])(0, 1)).toBe(0)
})
