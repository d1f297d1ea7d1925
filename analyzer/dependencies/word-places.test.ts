import { expect, test } from 'vitest'
import { CHUNK } from './tokens.ts'
import { wordPlaces } from './word-places.ts'

const found = (wanted: readonly string[], text: string): string[] => {
  const places: string[] = []
  wordPlaces(wanted)(text, (word, wordAt) => places.push(`${word} ${wordAt(1) ?? '-'}`))
  return places
}

test('wanted words are found with what stands behind them, as the scanner spells them', () => {
  expect(found(['oslo', 'x7', '12.50', 'zoe'], 'To OSLO-West, Zoë; x7: 12.50 (not 12.5), x8 Oslo')).toEqual([
    'oslo west',
    'zoe x7',
    'x7 12.50',
    '12.50 not',
    'oslo -',
  ])
})

test('a long text is no different from a short one', () => {
  const filler = 'word '.repeat(2 * CHUNK - 1)
  expect(found(['oslo'], `${filler}Oslo West and Oslo`)).toEqual(['oslo west', 'oslo -'])
})
