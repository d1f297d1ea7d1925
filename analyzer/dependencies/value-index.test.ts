import { expect, test } from 'vitest'
import { pathText } from './path-node.ts'
import { ValueIndex } from './value-index.ts'
import { Vocabulary } from './vocabulary.ts'

function find(needle: string | number, documents: readonly (string | number | object)[]): string[] {
  const vocabulary = new Vocabulary()
  const phrase = vocabulary.phraseOf(needle)
  const index = new ValueIndex(vocabulary)
  const pattern = index.patternOf(phrase)
  for (const document of documents) index.add(document as never)
  const found: string[] = []
  for (let entry = index.first(pattern); entry >= 0; entry = index.next(entry)) {
    const { document, path, whole, negative } = index.hitOf(entry)
    found.push(`${document} ${pathText(path)}${whole ? ' whole' : ''}${negative ? ' negative' : ''}`)
  }
  return found
}

test.each<[string | number, (string | number | object)[], string[]]>([
  [1200, ['costs 1,200.0 each'], ['0 $']],
  ['1200', [{ price: 1200 }], ['0 $.price whole']],
  [7, [{ a: -7 }, 'seven'], ['0 $.a whole negative']],
  ['new haven', ['Haven, New Haven'], ['0 $']],
  ['new haven', [{ a: 'new', b: 'haven' }], []],
  ['new haven road', ['new new haven road', 'new haven, then a road', 'New Haven Road'], ['0 $', '2 $ whole']],
  ['a_b', [['x', 'A B'], 'a-b'], ['0 $[1] whole', '1 $ whole']],
  ['ab1', ['xab1 ab12'], []],
  ['Zoë', ['ZOE'], ['0 $ whole']],
  ['Zoe', ['this is Zoë'], ['0 $']],
  ['quoted', ['it is “quoted”'], ['0 $']],
  ['東京', ['東京都'], ['0 $']],
  ['harbour1', ['the “Harbour1” office', 'HARBOUR1 harbour12 harbour'], ['0 $', '1 $']],
  ['“harbour1”', ['harbour1'], ['0 $ whole']],
  [
    'key [redacted:openai-key:3f9a1c2b]',
    ['a key [redacted:openai-key:3f9a1c2b]!', 'key [redacted:openai-key:0]'],
    ['0 $'],
  ],
  ['a b a b c', ['x a b a b a b c', 'a b a b', 'a b a c'], ['0 $']],
  ['a a a b', ['a a a a b', 'a a b'], ['0 $']],
  ['k9x', [{ k9x: 1 }], ['0 $ whole']],
  ['x1', [{ a: 'not x1', b: 'x1', c: 'x1', d: 'x1 again' }], ['0 $.a', '0 $.b whole', '0 $.c whole']],
  ['x1', [[{ id: 'x1' }, { id: 'x1' }, { id: 'x1' }]], ['0 $[0].id whole']],
  ['x1', ['{"rows": [{"id": "x1"}]}'], ['0 $.rows[0].id whole']],
])('%j in %j: %j', (needle, documents, places) => {
  expect(find(needle, documents)).toEqual(places)
})

test('tokens of a document are its own, names of properties among them', () => {
  const index = new ValueIndex(new Vocabulary())
  for (const document of [[{ a: 'two words' }, { a: 1 }], {}, [{ a: 2 }]]) index.add(document as never)
  expect(index.documentTokens).toEqual([5, 0, 2])
})

test('one reading finds needles that overlap and needles inside needles', () => {
  const vocabulary = new Vocabulary()
  const phrases = ['a b c', 'b c', 'b c d', 'c', 'c d e f'].map((text) => vocabulary.phraseOf(text))
  const index = new ValueIndex(vocabulary)
  const patterns = phrases.map((phrase) => index.patternOf(phrase))
  index.add('a b c d e')
  expect(patterns.map((pattern) => index.first(pattern) >= 0)).toEqual([true, true, true, true, false])
})

test('work grows with the bytes, not with the square of the calls', () => {
  const work = (calls: number) => {
    const vocabulary = new Vocabulary()
    const phrases = Array.from({ length: calls }, (_, i) => vocabulary.phraseOf(`item ${i}`))
    const index = new ValueIndex(vocabulary)
    for (const phrase of phrases) index.patternOf(phrase)
    for (let i = 0; i < calls; i++) index.add({ item: `item ${i}`, filler: 'lorem ipsum dolor' })
    return index.work
  }
  // Per document: the key and the value of `item`, the key and the words of `filler`.
  expect(work(100).tokensRead).toBe(100 * (1 + 2 + 1 + 3))
  expect(work(1000).tokensRead).toBe(1000 * 7)
  // The number, and `item` beside it, of each; `item` alone in the first few.
  expect(work(1000).entriesKept).toBe(2008)
})
