import { expect, test } from 'vitest'
import { count, oneLine } from './text.ts'

test('foreign text becomes one printable line', () => {
  expect(oneLine('get_weather')).toBe('get_weather')
  expect(oneLine('a\u001b[31mb\r\n::error::c')).toBe('a [31mb ::error::c')
  expect(oneLine('\u202eevil\u2066 \u0000')).toBe('evil')
  expect(oneLine('Ærøskøbing 東京 👍')).toBe('Ærøskøbing 東京 👍')
})

test('counts are plural unless one', () => {
  expect([0, 1, 2].map((n) => count(n, 'call'))).toEqual(['0 calls', '1 call', '2 calls'])
})
