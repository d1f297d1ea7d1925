import { expect, test } from 'vitest'
import { TokenReader } from './tokens.ts'
import { Vocabulary } from './vocabulary.ts'
import { WantedReader } from './wanted-reader.ts'

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
  ...[' ', ' ', '. ', ', ', '\n', '-', '_', '"', 'Zoë', '東京'],
]

test('what is read is what a reader and a table find one after the other', () => {
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
    const wanted = new WantedReader(vocabulary.table(), vocabulary)
    const found: number[] = []
    wanted.open(read)
    for (let count = wanted.read(); count > 0; count = wanted.read()) found.push(...wanted.tokens.slice(0, count))

    const reader = new TokenReader()
    const expected: number[] = []
    reader.open(read)
    for (let count = reader.read(); count > 0; count = reader.read()) {
      for (let i = 0; i < count; i++) expected.push(other.table().tokenOf(reader, i))
    }
    expect(found, JSON.stringify({ needles, read })).toEqual(expected)
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
