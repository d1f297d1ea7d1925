import { expect, onTestFinished, test, vi } from 'vitest'
import { compileScan } from '../../scripts/build-scan.ts'
import { IntPairMap } from '../base/int-pair-map.ts'
import { PROPER, TokenReader } from './tokens.ts'
import { Vocabulary } from './vocabulary.ts'
import { WantedReader } from './wanted-reader.ts'
import { borrowedScan } from './word-scan.ts'
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
    const phrase = vocabulary.phraseOf(needles)
    other.phraseOf(needles)
    const pairs = new IntPairMap()
    for (let k = 1; k < phrase.length; k++) pairs.set(phrase[k - 1]!, phrase[k]!, 100 + k)
    const read = text(round === 0 ? 2000 : 30)
    const wanted = new WantedReader(vocabulary, pairs, scan)
    const found: (readonly number[])[] = []
    wanted.open(read, 1)
    do {
      const count = wanted.read()
      for (let at = 0; at < 3 * count; at += 3) found.push([...wanted.finds.subarray(at, at + 3)])
    } while (!wanted.isAtEnd)
    wanted.close()

    const reader = new TokenReader()
    const expected: (readonly number[])[] = []
    let count = 0
    let last = -1
    reader.open(read)
    for (let more = reader.read(); more > 0; more = reader.read()) {
      for (let i = 0; i < more; i++) {
        const token = other.table().tokenOf(reader, i)
        if (token >= 0) {
          if ((reader.flags[i]! & PROPER) !== 0) other.noteProper(token)
          expected.push([count + i, token, last < 0 ? -1 : pairs.get(last, token)])
        }
        last = token
      }
      count += more
    }
    const told = JSON.stringify({ needles, read })
    expect(needed(found), told).toEqual(needed(expected))
    expect([wanted.count, wanted.last, wanted.isWanted], told).toEqual([count, last, expected.length > 0])
    const tokens = Array.from({ length: vocabulary.size }, (_, token) => token)
    expect(
      tokens.map((token) => vocabulary.isPlain(token)),
      told,
    ).toEqual(tokens.map((token) => other.isPlain(token)))
  }
})

test('a token is found again in the next document, until it is forgotten', () => {
  const vocabulary = new Vocabulary()
  const [oslo] = vocabulary.phraseOf('oslo') as [number]
  const reader = new WantedReader(vocabulary, new IntPairMap())
  const finds = [1, 1, 2, 3].map((document) => {
    if (document === 3) reader.forget(oslo)
    reader.open('to Oslo', document)
    return reader.read()
  })
  expect(finds).toEqual([1, 0, 1, 0])
})

test('a word that stands as a name inside a sentence is noted as one', () => {
  const vocabulary = new Vocabulary()
  const [oslo, bergen] = vocabulary.phraseOf('oslo bergen') as [number, number]
  const reader = new WantedReader(vocabulary, new IntPairMap())
  reader.open('Bergen is not in Oslo.', 1)
  expect([reader.read(), reader.count]).toEqual([2, 5])
  expect([oslo, bergen].map((token) => vocabulary.isPlain(token))).toEqual([false, true])
})

test('a text that needs more memory than there is is read whole, and so is the next', () => {
  const vocabulary = new Vocabulary()
  const [oslo] = vocabulary.phraseOf('oslo') as [number]
  for (const letters of [10, 300_000, 10]) {
    const reader = new WantedReader(vocabulary, new IntPairMap())
    reader.open(`${'x '.repeat(letters)}oslo`, 1)
    expect([reader.read(), reader.finds[0], reader.count, reader.last]).toEqual([1, letters, letters + 1, oslo])
    reader.close()
  }
})

test('a scan is used again, unless a text has made it large', () => {
  const vocabulary = new Vocabulary()
  const borrowed = () => borrowedScan(vocabulary, new IntPairMap())!
  const first = borrowed()
  first.open('Zoë', 1)
  first.giveBack()
  const again = borrowed()
  expect(again).toBe(first)
  // Each letter is 18 when folded.
  again.open('\ufdfa'.repeat(200_000), 1)
  again.giveBack()
  expect(borrowed()).not.toBe(first)
})

test('where the engine has no memory to give, texts are read without', async () => {
  onTestFinished(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })
  vi.stubGlobal('WebAssembly', {
    Module: class {},
    Instance: class {
      constructor() {
        throw new RangeError('Cannot allocate Wasm memory for new instance')
      }
    },
  })
  vi.resetModules()
  const { WantedReader } = await import('./wanted-reader.ts')
  const vocabulary = new Vocabulary()
  vocabulary.phraseOf('oslo')
  const reader = new WantedReader(vocabulary, new IntPairMap())
  reader.open('to Oslo', 1)
  expect([reader.read(), reader.count]).toEqual([1, 2])
})

/** Of the finds of one document those that nobody may leave out: the first of each token, and all pairs. */
function needed(finds: readonly (readonly number[])[]): (readonly number[])[] {
  const seen = new Set<number>()
  return finds.filter(([, token, pair]) => {
    const isNew = !seen.has(token!)
    seen.add(token!)
    return isNew || pair! >= 0
  })
}
