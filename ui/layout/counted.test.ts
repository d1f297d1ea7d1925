import { expect, test } from 'vitest'
import { counted } from './counted.ts'

test('counts are plural unless one, with commas from a thousand on', () => {
  expect([0, 1, 2, 12_345].map((n) => counted(n, 'call'))).toEqual(['0 calls', '1 call', '2 calls', '12,345 calls'])
})
