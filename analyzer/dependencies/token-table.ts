// A vocabulary laid out for looking up: what a word of the history is compared with lies side by side, for the processor
// waits for memory longer than it compares.

import { mapped } from '../base/mapped.ts'
import { int32Zeros, uint8Zeros } from '../base/zeros.ts'
import { MAX_DIGITS, NOT_PLAIN, NUMBER, type TokenReader } from './tokens.ts'

/** Per slot: hash, token + 1 or 0 for free, where its letters begin, and how many; 0 for a word that is compared as text. */
const STRIDE = 4

/** Numbers from here on have more digits than are read as a number. */
const FIRST_LONG_NUMBER = 10 ** MAX_DIGITS

/** Entries per number of the table that dismisses most numbers by one look. */
const SPARSE = 8

export class TokenTable {
  private readonly texts: readonly (string | undefined)[]
  /** Open addressing by word hash. */
  private readonly slots: Int32Array
  private readonly mask: number
  /** Per token: letters of a plain word, 0 for others. */
  private readonly counts: readonly number[]
  /** Letters of the plain words, each word's beginning where a number of four bytes does. */
  private readonly letters: DataView
  private readonly numbers: ReadonlyMap<number, number>
  private readonly seen: Uint8Array
  private readonly seenShift: number

  /**
   * @param texts per token: the folded word; undefined for a number.
   * @param hashes per token, as the reader makes them.
   * @param numbers token of each number.
   */
  constructor(texts: readonly (string | undefined)[], hashes: readonly number[], numbers: ReadonlyMap<number, number>) {
    this.texts = texts
    this.numbers = numbers
    this.counts = mapped(texts, (text) => (text !== undefined && /^[a-z0-9]+$/.test(text) ? text.length : 0))
    const letters = new Uint8Array(this.counts.reduce((sum, count) => sum + ((count + 3) & ~3), 0))
    this.letters = new DataView(letters.buffer)
    const size = powerOfTwo(2 * texts.length)
    this.mask = size - 1
    this.slots = int32Zeros(STRIDE * size)
    let start = 0
    texts.forEach((text, token) => {
      if (text === undefined) return
      const count = this.counts[token] as number
      for (let k = 0; k < count; k++) letters[start + k] = text.charCodeAt(k)
      this.put(hashes[token] as number, token, start, count)
      start += (count + 3) & ~3
    })
    const seenSize = powerOfTwo(SPARSE * numbers.size)
    this.seen = uint8Zeros(seenSize)
    this.seenShift = Math.clz32(seenSize) + 1
    for (const number of numbers.keys()) this.seen[this.seenAt(number)] = 1
  }

  /** Token of the number, -1 if no needle holds it. */
  tokenOfNumber(magnitude: number): number {
    return this.seen[this.seenAt(magnitude)] === 0 ? -1 : (this.numbers.get(magnitude) ?? -1)
  }

  /** Token of what the reader has just read as the i-th, -1 if no needle holds it. */
  tokenOf(reader: TokenReader, i: number): number {
    const flags = reader.flags[i] as number
    if ((flags & NUMBER) !== 0) return this.tokenOfNumber(reader.numbers[i] as number)
    const { slots, mask } = this
    const hash = reader.hashes[i] as number
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = STRIDE * slot
      const token = (slots[at + 1] as number) - 1
      if (token < 0) return -1
      if (slots[at] !== hash) continue
      const isSame =
        (flags & NOT_PLAIN) === 0
          ? reader.isWord(i, this.letters, slots[at + 2] as number, slots[at + 3] as number)
          : reader.word(reader.starts[i] as number, reader.ends[i] as number) === this.texts[token]
      if (isSame) return token
    }
  }

  /** Token of a word, -1 if no needle holds it. */
  tokenOfText(word: string, hash: number): number {
    const { slots, mask } = this
    for (let slot = hash & mask; slots[STRIDE * slot + 1] !== 0; slot = (slot + 1) & mask) {
      const token = slots[STRIDE * slot + 1]! - 1
      if (slots[STRIDE * slot] === hash && this.texts[token] === word) return token
    }
    return -1
  }

  /** Plain words, and whole numbers as their digits, that a text may hold as one run of letters and digits. */
  eachPlain(onWord: (word: string, token: number) => void): void {
    this.texts.forEach((text, token) => {
      if (this.counts[token]! > 0) onWord(text!, token)
    })
    for (const [number, token] of this.numbers) {
      if (Number.isInteger(number) && number < FIRST_LONG_NUMBER) onWord(String(number), token)
    }
  }

  private put(hash: number, token: number, start: number, count: number): void {
    const { slots, mask } = this
    let at = STRIDE * (hash & mask)
    while (slots[at + 1] !== 0) at = STRIDE * ((at / STRIDE + 1) & mask)
    slots[at] = hash
    slots[at + 1] = token + 1
    slots[at + 2] = start
    slots[at + 3] = count
  }

  /** Fractions of a sixty-fourth tell apart what integers do not. */
  private seenAt(magnitude: number): number {
    return Math.imul((magnitude * 64) | 0, 0x9e3779b1) >>> this.seenShift
  }
}

/** The smallest power of two that is at least `size`, and at least 64. */
function powerOfTwo(size: number): number {
  let power = 64
  while (power < size) power *= 2
  return power
}
