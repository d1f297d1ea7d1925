import { expect, test } from 'vitest'
import { compileScan } from '../../scripts/build-scan.ts'
import { PROPER, TokenReader } from './tokens.ts'
import { Vocabulary } from './vocabulary.ts'
import { WantedReader } from './wanted-reader.ts'
import { WORD_SCAN_MODULE } from './word-scan-module.ts'

const PARTS = [
  ...[
    'a',
    'Oslo',
    'oslo',
    'OSL0',
    'four',
    'fours',
    'eightlet',
    'eightlets',
    'eightlft',
    'ninelettr',
    'ninelettsr',
    'x7',
  ],
  ...[
    '12',
    '12.50',
    '1,200',
    '007',
    '123456789012345',
    '1234567890123456',
    '[redacted:key:3f]',
    '[redacted',
    '“quoted”',
  ],
  ...['0', '00', '1,20', '1,2000', '1234,567', '.5', '999999999999999', '0000000000000012'],
  ...['sixteenletterses', 'Sixteenletterses', 'seventeenletterss', 'Seventeenletterss', 'seventeenletterst'],
  ...[' ', ' ', '. ', ', ', '\n', '-', '_', '"', '[', '[r', '?!', '                  ', 'Zoë', '東京'],
]

test('the module is compiled from word-scan.wat', async () => {
  expect(WORD_SCAN_MODULE).toBe(await compileScan('analyzer/dependencies/word-scan.wat'))
})

test.each([
  ['in WebAssembly', undefined],
  ['without', null],
])('what is read %s is what a reader and a table find one after the other', (_, scan) => {
  let seed = 1
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return (seed >>> 8) % below
  }
  const text = (parts: number): string => Array.from({ length: parts }, () => PARTS[next(PARTS.length)]).join('')
  for (let round = 0; round < 300; round++) {
    const [vocabulary, other] = [new Vocabulary(), new Vocabulary()]
    const needles = text(12)
    for (const one of [vocabulary, other]) one.phraseOf(needles)
    const read = text(round === 0 ? 2000 : 30)
    const wanted = new WantedReader(vocabulary.table(), vocabulary, scan)
    const found: number[] = []
    wanted.open(read)
    for (let count = wanted.read(); count > 0; count = wanted.read()) found.push(...wanted.tokens.slice(0, count))
    wanted.close()

    const reader = new TokenReader()
    const expected: number[] = []
    reader.open(read)
    for (let count = reader.read(); count > 0; count = reader.read()) {
      for (let i = 0; i < count; i++) {
        const token = other.table().tokenOf(reader, i)
        expected.push(token)
        if (token >= 0 && (reader.flags[i]! & PROPER) !== 0) other.noteProper(token)
      }
    }
    const told = JSON.stringify({ needles, read })
    expect(found, told).toEqual(expected)
    const tokens = Array.from({ length: vocabulary.size }, (_, token) => token)
    expect(
      tokens.map((token) => vocabulary.isPlain(token)),
      told,
    ).toEqual(tokens.map((token) => other.isPlain(token)))
  }
})

test('a word that stands as a name inside a sentence is noted as one', () => {
  const vocabulary = new Vocabulary()
  const [oslo, bergen] = vocabulary.phraseOf('oslo bergen') as [number, number]
  const reader = new WantedReader(vocabulary.table(), vocabulary)
  reader.open('Bergen is not in Oslo.')
  expect(reader.read()).toBe(5)
  expect([oslo, bergen].map((token) => vocabulary.isPlain(token))).toEqual([false, true])
})

test('a text that needs more memory than there is is read whole, and so is the next', () => {
  const vocabulary = new Vocabulary()
  const [oslo] = vocabulary.phraseOf('oslo') as [number]
  for (const letters of [10, 300_000, 10]) {
    const reader = new WantedReader(vocabulary.table(), vocabulary)
    reader.open(`${'x '.repeat(letters)}oslo`)
    let last = -1
    let tokens = 0
    for (let count = reader.read(); count > 0; count = reader.read()) {
      tokens += count
      last = reader.tokens[count - 1]!
    }
    expect([tokens, last]).toEqual([letters + 1, oslo])
    reader.close()
  }
})
