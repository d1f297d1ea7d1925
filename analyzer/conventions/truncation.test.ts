import { expect, test } from 'vitest'
import { isTruncated } from './truncation.ts'

test.each([
  ['JSON that stops', '{"cities":[{"name":"Oslo"},{"name":"Be'],
  ['JSON that stops after an inner bracket', '{"cities":[{"name":"Oslo"}'],
  ['the second line of JSON that stops', '{"a":1}\n{"b":'],
  ['a Python literal that stops', "{'name': 'Oslo', 'sky': 'ra"],
  ['JSON with a mark', '{"name":"Oslo... [TRUNCATED]'],
  ['words with a mark', 'A long tale...[truncated 812 chars]'],
  ['a mark in a value', { content: [{ text: 'A long tale...[TRUNCATED' }] }],
])('cut off: %s', (_name, value) => {
  expect(isTruncated(value)).toBe(true)
})

test.each([
  ['nothing', undefined],
  ['words', 'It rains in Oslo.'],
  ['words in brackets', '[Note] {see} the [1] list'],
  ['a footnote', '[1] Nansen, 1893 {'],
  ['a log line', '[2027-03-12] GET /a "200'],
  ['a whole Python literal', "{'name': \"l'Oslo\", 'rain': True}"],
  ['JSON that JSON.parse refuses', '{"ratio": NaN}'],
  ['lines of JSON', '{"a":1}\n{"b":2}'],
  ['text of a length that limits have', 'x'.repeat(4096)],
  ['words about truncation', 'The list was truncated at 10 (see docs).'],
  ['a value that looks like the start of JSON', { code: '{"a":' }],
])('whole: %s', (_name, value) => {
  expect(isTruncated(value)).toBe(false)
})
