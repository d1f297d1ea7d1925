// Every token of every argument, numbered: what the history is searched for. Words of the history are looked up by their
// hash and compared in place, so that reading 10 MB of results makes no strings.

import { numberBits, wordBits } from './information.ts'
import { NOT_ASCII, TokenReader } from './tokens.ts'

/** Bits of the table that dismisses most words and numbers by one look. */
const SEEN_BITS = 16

export class Vocabulary {
  /** Per token: the folded word; undefined for a number. */
  private readonly texts: (string | undefined)[] = []
  private readonly values: number[] = []
  private readonly hashes: number[] = []
  /** Per token: whether any document writes it as a name. */
  private readonly proper: boolean[] = []
  private readonly words = new Map<string, number>()
  private readonly numbers = new Map<number, number>()
  private readonly reader = new TokenReader()
  private readonly seen = new Uint8Array(1 << SEEN_BITS)
  /** Open addressing by word hash: token + 1, 0 for free. Built when first looked up in. */
  private slots: Int32Array | null = null
  /** Hash of the word in each slot. */
  private slotHashes = new Int32Array(0)

  get size(): number {
    return this.texts.length
  }

  /** A scalar as token ids; unknown tokens are added. To be called for all needles before anything is looked up. */
  phraseOf(value: unknown): number[] {
    if (typeof value === 'number') return [this.addNumber(Math.abs(value))]
    const phrase: number[] = []
    if (typeof value !== 'string') return phrase
    const { reader } = this
    reader.open(value)
    for (let count = reader.read(); count > 0; count = reader.read()) {
      for (let i = 0; i < count; i++) {
        const number = reader.numbers[i] as number
        if (!Number.isNaN(number)) phrase.push(this.addNumber(number))
        else {
          const word = reader.word(reader.starts[i] as number, reader.ends[i] as number)
          phrase.push(this.addWord(word, reader.hashes[i] as number))
        }
      }
    }
    return phrase
  }

  /** Token of the number, -1 if no needle holds it. */
  numberToken(magnitude: number): number {
    if (this.seen[slotOfNumber(magnitude)] === 0) return -1
    return this.numbers.get(magnitude) ?? -1
  }

  /** Token of the i-th word that the reader has just read, -1 if no needle holds it. */
  wordToken(reader: TokenReader, i: number): number {
    const hash = reader.hashes[i] as number
    if (this.seen[hash & (this.seen.length - 1)] === 0) return -1
    const slots = this.slots ?? this.buildSlots()
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const token = (slots[slot] as number) - 1
      if (token < 0) return -1
      if (this.slotHashes[slot] === hash && isWord(reader, i, this.texts[token] as string)) return token
    }
  }

  noteProper(token: number): void {
    this.proper[token] = true
  }

  /** Information content, in bits. */
  bits(token: number): number {
    const word = this.texts[token]
    return word === undefined ? numberBits(this.values[token] ?? 0) : wordBits(word, this.proper[token] === true)
  }

  isNumber(token: number): boolean {
    return this.texts[token] === undefined
  }

  /** A word without digits that no document writes as a name. */
  isPlain(token: number): boolean {
    const text = this.texts[token]
    return text !== undefined && this.proper[token] !== true && !/\d/.test(text)
  }

  /** The token as text; numbers in their shortest form. */
  text(token: number): string {
    return this.texts[token] ?? String(this.values[token])
  }

  private addWord(word: string, hash: number): number {
    let token = this.words.get(word)
    if (token === undefined) {
      token = this.add(word, 0, hash)
      this.words.set(word, token)
      this.seen[hash & (this.seen.length - 1)] = 1
    }
    return token
  }

  private addNumber(magnitude: number): number {
    let token = this.numbers.get(magnitude)
    if (token === undefined) {
      token = this.add(undefined, magnitude, 0)
      this.numbers.set(magnitude, token)
      this.seen[slotOfNumber(magnitude)] = 1
    }
    return token
  }

  private add(text: string | undefined, value: number, hash: number): number {
    this.texts.push(text)
    this.values.push(value)
    this.hashes.push(hash)
    this.proper.push(false)
    this.slots = null
    return this.texts.length - 1
  }

  private buildSlots(): Int32Array {
    let size = 1024
    while (size < this.texts.length * 4) size *= 2
    const slots = new Int32Array(size)
    const hashes = new Int32Array(size)
    for (let token = 0; token < this.texts.length; token++) {
      if (this.texts[token] === undefined) continue
      let slot = (this.hashes[token] as number) & (size - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (size - 1)
      slots[slot] = token + 1
      hashes[slot] = this.hashes[token] as number
    }
    this.slots = slots
    this.slotHashes = hashes
    return slots
  }
}

/** Fractions of a sixty-fourth tell apart what integers do not. */
const slotOfNumber = (magnitude: number): number => Math.imul((magnitude * 64) | 0, 0x9e3779b1) >>> (32 - SEEN_BITS)

function isWord(reader: TokenReader, i: number, word: string): boolean {
  const { codes } = reader
  const start = reader.starts[i] as number
  const end = reader.ends[i] as number
  if (((reader.flags[i] as number) & NOT_ASCII) !== 0) return reader.word(start, end) === word
  if (end - start !== word.length) return false
  for (let k = 0; k < word.length; k++) {
    let code = codes[start + k] as number
    if (code >= 65 && code <= 90) code += 32
    if (code !== word.charCodeAt(k)) return false
  }
  return true
}
