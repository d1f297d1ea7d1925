import { expect, test } from 'vitest'
import { parseKeep } from './retention.ts'
import { parseSize } from './size.ts'

test.each([
  ['30d', 2_592_000_000],
  ['12h', 43_200_000],
  ['1.5 m', 90_000],
])('keep %s is %d ms', (text, ms) => {
  expect(parseKeep(text)).toEqual({ ok: true, value: ms })
})

test.each(['30', '0d', '', 'd', '-1d', 'forever', '30 days'])('keep %j is refused, with examples', (text) => {
  expect(parseKeep(text)).toEqual({ ok: false, error: expect.stringContaining('30d') })
})

test.each([
  ['2GB', 2_000_000_000],
  ['1.5 gb', 1_500_000_000],
  ['1GiB', 1_073_741_824],
  ['500MB', 500_000_000],
  ['1kib', 1024],
])('size %s is %d bytes', (text, bytes) => {
  expect(parseSize(text)).toEqual({ ok: true, value: bytes })
})

test.each(['2', '2G', '0GB', '', 'GB', '-1GB', '2 parsecs'])('size %j is refused, with examples', (text) => {
  expect(parseSize(text)).toEqual({ ok: false, error: expect.stringContaining('2GB') })
})
