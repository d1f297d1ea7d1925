import { expect, test } from 'vitest'
import { formatSize } from './size.ts'

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.00 kB'],
  [9_994, '9.99 kB'],
  [9_996, '10.0 kB'],
  [123_456, '123 kB'],
  [999_999, '1.00 MB'],
  [2_147_483_648, '2.15 GB'],
  [5e15, '5000 TB'],
])('%d bytes reads %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text)
})
