// Every token of every argument, numbered: what the history is searched for. Words of the history are looked up by their
// hash and compared in place, so that reading 10 MB of results makes no strings.

import { numberBits, wordBits } from './information.ts'
import { NOT_PLAIN, NUMBER, TokenReader } from './tokens.ts'

/** Bits of the table that dismisses most numbers by one look. */
const SEEN_BITS = 16

export class Vocabulary {
  /** Per token: the folded word; undefined for a number. */
  private readonly texts: (string | undefined)[] = []
  private readonly values: number[] = []
  private readonly hashes: number[] = []
  /** Per token: whether any document writes it as a name. */
  private readonly proper: boolean[] = []
  /** Per token: information content once asked for, else NaN. */
  private readonly known: number[] = []
  private readonly words = new Map<string, number>()
  private readonly numbers = new Map<number, number>()
  private readonly reader = new TokenReader()
  private readonly seen = new Uint8Array(1 << SEEN_BITS)
  /** Open addressing by word hash: per slot the hash, and token + 1 or 0 for free. Built when first looked up in. */
  private slots: Int32Array | null = null
  /** Letters of the plain words, each word's beginning where a number of four bytes does; and where that is. */
  private letters = new DataView(new ArrayBuffer(0))
  private letterStarts = new Int32Array(0)
  /** 0 for a word that is compared as text. */
  private letterCounts = new Int32Array(0)

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
        if (((reader.flags[i] as number) & NUMBER) !== 0) phrase.push(this.addNumber(reader.numbers[i] as number))
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

  /** Token of what the reader has just read as the i-th, -1 if no needle holds it. */
  tokenOf(reader: TokenReader, i: number): number {
    if (((reader.flags[i] as number) & NUMBER) !== 0) return this.numberToken(reader.numbers[i] as number)
    const hash = reader.hashes[i] as number
    const slots = this.slots ?? this.buildSlots()
    const mask = slots.length / 2 - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const token = (slots[2 * slot + 1] as number) - 1
      if (token < 0) return -1
      if (slots[2 * slot] !== hash) continue
      if (this.isWord(reader, i, token)) return token
    }
  }

  private isWord(reader: TokenReader, i: number, token: number): boolean {
    if (((reader.flags[i] as number) & NOT_PLAIN) === 0) {
      return reader.isWord(i, this.letters, this.letterStarts[token] as number, this.letterCounts[token] as number)
    }
    return reader.word(reader.starts[i] as number, reader.ends[i] as number) === this.texts[token]
  }

  noteProper(token: number): void {
    if (this.proper[token]) return
    this.proper[token] = true
    this.known[token] = Number.NaN
  }

  /** Information content, in bits. */
  bits(token: number): number {
    const known = this.known[token] as number
    if (!Number.isNaN(known)) return known
    const word = this.texts[token]
    const bits = word === undefined ? numberBits(this.values[token] ?? 0) : wordBits(word, this.proper[token] === true)
    this.known[token] = bits
    return bits
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
    this.known.push(Number.NaN)
    this.slots = null
    return this.texts.length - 1
  }

  private buildSlots(): Int32Array {
    const { texts, hashes } = this
    let size = 1024
    while (size < texts.length * 4) size *= 2
    const slots = new Int32Array(2 * size)
    const counts = Int32Array.from(texts, (text) => (text !== undefined && /^[a-z0-9]+$/.test(text) ? text.length : 0))
    const starts = new Int32Array(texts.length)
    let end = 0
    counts.forEach((count, token) => {
      starts[token] = end
      end += (count + 3) & ~3
    })
    const letters = new Uint8Array(end)
    texts.forEach((text, token) => {
      if (text === undefined) return
      for (let k = 0; k < (counts[token] as number); k++) letters[(starts[token] as number) + k] = text.charCodeAt(k)
      let slot = (hashes[token] as number) & (size - 1)
      while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & (size - 1)
      slots[2 * slot] = hashes[token] as number
      slots[2 * slot + 1] = token + 1
    })
    this.slots = slots
    this.letters = new DataView(letters.buffer)
    this.letterStarts = starts
    this.letterCounts = counts
    return slots
  }
}

/** Fractions of a sixty-fourth tell apart what integers do not. */
const slotOfNumber = (magnitude: number): number => Math.imul((magnitude * 64) | 0, 0x9e3779b1) >>> (32 - SEEN_BITS)
