import { expect, test } from 'vitest'
import { count } from './text.ts'

test('counts are plural unless one', () => {
  expect([0, 1, 2].map((n) => count(n, 'call'))).toEqual(['0 calls', '1 call', '2 calls'])
})
