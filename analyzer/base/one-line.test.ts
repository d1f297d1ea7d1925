import { expect, test } from 'vitest'
import { oneLine, shortName } from './one-line.ts'

test('foreign text becomes one printable line', () => {
  expect(oneLine('get_weather')).toBe('get_weather')
  expect(oneLine('a\u001b[31mb\r\n::error::c')).toBe('a [31mb ::error::c')
  expect(oneLine('\u202eevil\u2066 \u0000')).toBe('evil')
  expect(oneLine('Ærøskøbing 東京 👍')).toBe('Ærøskøbing 東京 👍')
})

test('a name is cut', () => {
  expect(shortName('x\n::error::pwned\u001b[2J y')).toBe('x ::error::pwned [2J y')
  expect(shortName('n'.repeat(80))).toBe('n'.repeat(80))
  expect(shortName('n'.repeat(81))).toBe(`${'n'.repeat(79)}…`)
  expect(shortName('\n'.repeat(10_000_000))).toBe('')
})
