import { expect, test } from 'vitest'
import { pathText } from './leaves.ts'
import { newVocabulary, phraseOf, ValueIndex } from './value-index.ts'

function find(needle: string | number, documents: readonly (string | number | object)[]): string[] {
  const vocabulary = newVocabulary()
  const phrase = phraseOf(vocabulary, needle)
  const index = new ValueIndex(vocabulary)
  for (const document of documents) index.add(document as never)
  return index.find(phrase).map((hit) => `${hit.document} ${pathText(hit.path)}${hit.whole ? ' whole' : ''}`)
}

test.each<[string | number, (string | number | object)[], string[]]>([
  [1200, ['costs 1,200.0 each'], ['0 $']],
  ['1200', [{ price: 1200 }], ['0 $.price whole']],
  ['new haven', ['Haven, New Haven'], ['0 $']],
  ['new haven', [{ a: 'new', b: 'haven' }], []],
  ['a_b', [['x', 'A B'], 'a-b'], ['0 $[1] whole', '1 $ whole']],
  ['ab1', ['xab1 ab12'], []],
  ['Zoë', ['ZOE'], ['0 $ whole']],
  ['東京', ['東京都'], ['0 $']],
  ['k9x', [{ k9x: 1 }], ['0 $ whole']],
])('%j in %j: %j', (needle, documents, places) => {
  expect(find(needle, documents)).toEqual(places)
})

test('work grows with the bytes, not with the square of the calls', () => {
  const run = (calls: number) => {
    const vocabulary = newVocabulary()
    const needles = Array.from({ length: calls }, (_, i) => phraseOf(vocabulary, `item ${i}`))
    const index = new ValueIndex(vocabulary)
    for (let i = 0; i < calls; i++) index.add({ item: `item ${i}`, filler: 'lorem ipsum dolor' })
    for (const needle of needles) index.find(needle)
    return index.work
  }
  // Per document: the key and the value of `item`, the key and the words of `filler`.
  expect(run(100).tokensRead).toBe(100 * (1 + 2 + 1 + 3))
  expect(run(1000).tokensRead).toBe(1000 * 7)
  expect(run(1000).candidatesChecked).toBe(1000)
})
