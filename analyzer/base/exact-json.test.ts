import { expect, test } from 'vitest'
import { quoteLongIntegers } from './exact-json.ts'

test.each([
  ['{"id":1234567890123456789}', '{"id":"1234567890123456789"}'],
  ['[-9007199254740993, 9007199254740991]', '["-9007199254740993", 9007199254740991]'],
  ['{"at":1767225600000000}', '{"at":1767225600000000}'],
  ['["1234567890123456789", "a\\"9007199254740993"]', '["1234567890123456789", "a\\"9007199254740993"]'],
  ['[12345678901234567890.5, 1e100]', '[12345678901234567890.5, 1e100]'],
  ['{9007199254740993:1}', '{9007199254740993:1}'],
])('%s', (text, quoted) => {
  expect(quoteLongIntegers(text, 10)).toBe(quoted)
})

test('depth counts brackets outside of strings', () => {
  expect(quoteLongIntegers('[["[["]]', 2)).toBe('[["[["]]')
  expect(quoteLongIntegers('[[[]]]', 2)).toBeNull()
})

test('long integers are found wherever they stand', () => {
  for (let before = 0; before < 40; before++) {
    const list = (number: string) => `["${'x'.repeat(before)}", 123456789012345, ${number}]`
    expect(quoteLongIntegers(list('9007199254740993'), 10)).toBe(list('"9007199254740993"'))
  }
})
