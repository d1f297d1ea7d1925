import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileStringEnd } from '../../scripts/build-string-end.ts'
import { createStringEnds } from './string-end.ts'
import { STRING_END_MODULE } from './string-end-module.ts'

/** What string-end.wat says, in plain words. */
function plain(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length) {
    const byte = bytes[at]!
    if (byte === 0x22 || byte < 0x20) return at
    if (byte !== 0x5c) at++
    else if (at + 1 < bytes.length && '"\\/bfnrt'.includes(String.fromCharCode(bytes[at + 1]!))) at += 2
    else return at
  }
  return at
}

test('finds what a plain loop finds, also at the edges of blocks and windows', () => {
  const ends = createStringEnds()!
  const byte = fc.oneof(
    { weight: 40, arbitrary: fc.constant(0x61) },
    fc.constantFrom(0x22, 0x5c, 0x6e, 0x75, 0x0a, 0xc3),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(byte, { maxLength: 80 }), fc.nat(20), (head, tail, from) => {
      const bytes = Uint8Array.from([...head, ...tail])
      if (from > bytes.length) return
      ends.begin()
      expect(ends.find(bytes, from)).toBe(plain(bytes, from))
    }),
    { numRuns: 3000 },
  )
})

test('a string longer than the window is found in steps', () => {
  const ends = createStringEnds()!
  const bytes = Buffer.from(`${'x'.repeat(600_000)}"`)
  let at = 0
  let steps = 0
  while (bytes[at] !== 0x22 && steps++ < 10) at = ends.find(bytes, at)
  expect([at, steps]).toEqual([600_000, 3])
})

test('an array that is written to is read anew', () => {
  const ends = createStringEnds()!
  const bytes = Buffer.from('abcdef"')
  expect(ends.find(bytes, 0)).toBe(6)
  bytes[2] = 0x22
  ends.begin()
  expect(ends.find(bytes, 0)).toBe(2)
})

test('the committed module is the compiled text', async () => {
  expect(STRING_END_MODULE).toBe(await compileStringEnd())
})
