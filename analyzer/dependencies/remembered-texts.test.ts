import { expect, test } from 'vitest'
import { rememberedTexts } from './remembered-texts.ts'

const leaf = (key: string, value: number) => ({ path: null, key, value })

test.each<[string, string, number, boolean]>([
  ['ticket 2', 'ticket', 2, true],
  ['2 quiet nights', 'nights', 2, true],
  ['id: 26', 'id', 26, true],
  ['a room for 2 adults', 'room', 2, false],
  ['ticket 21', 'ticket', 2, false],
])('%s names %s %i: %s', (text, key, value, named) => {
  const texts = rememberedTexts()
  // The second answer is remembered, the one about another name is not taken for it.
  for (let time = 0; time < 2; time++) expect(texts.names(text, leaf(key, value))).toBe(named)
  expect(texts.names(text, leaf('colour', value))).toBe(false)
})

test('a text that holds JSON is opened once', () => {
  const texts = rememberedTexts()
  const text = '{"a": [1, 2]}'
  expect(texts.opens(text)).toEqual({ a: [1, 2] })
  expect(texts.opens(text)).toBe(texts.opens(text))
  expect(texts.opens('plain')).toBe('plain')
})
