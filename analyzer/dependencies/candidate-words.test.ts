import { expect, test } from 'vitest'
import { CandidateWords } from './candidate-words.ts'
import { CHUNK } from './tokens.ts'

/** Places in the text's words, those of no candidate taken together, at which a candidate is, with its number among the candidates. */
const found = (candidates: readonly string[], text: string): string[] => {
  const words = new CandidateWords()
  const rows = candidates.map((candidate) => words.rowOf(candidate))
  const { items, size } = words.wordsIn(text)
  const places: string[] = []
  for (let start = 0; start < size; start++) {
    for (let [at, row] = [start, 0]; at < size && row >= 0; at++) {
      row = words.after(row, items[at]!)
      if (rows.includes(row)) places.push(`${start} ${candidates[rows.indexOf(row)]}`)
    }
  }
  return places
}

test('candidates are found as the scanner spells them', () => {
  const text = 'To OSLO-West, Zoë; x7: 12.50 (not 12.5), x8 Oslo'
  expect(found(['Oslo', 'oslo west', 'x7', '12.50 not', 'zoe', 'west x7'], text)).toEqual([
    '1 Oslo',
    '1 oslo west',
    '3 zoe',
    '4 x7',
    '5 12.50 not',
    '8 Oslo',
  ])
})

test('numbers of one value are one word only where they are spelled alike', () => {
  expect(found(['at 1200', 'at 1,200'], 'at 1,200 at 1200.0 at 1200')).toEqual(['0 at 1,200', '4 at 1200'])
})

test('small numbers alone are no candidates, and neither is nothing', () => {
  const words = new CandidateWords()
  expect(['42', '4.5', '-', '2031', '20310', 'a 4'].map((one) => words.rowOf(one) > 0)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
  ])
})

test('a long text is no different from a short one', () => {
  // The candidate's two words are read at the end of one chunk and at the beginning of another.
  const filler = 'word '.repeat(2 * CHUNK - 1)
  expect(found(['oslo west', 'oslo'], `${filler}Oslo West and Oslo`)).toEqual(['1 oslo', '1 oslo west', '4 oslo'])
})
