// Text as the matcher sees it: a row of words and numbers. Everything else (punctuation, space, case, accents, width)
// is gone, so that `Smith, John`, `smith_john` and `SMITH John` are the same two tokens, and `1,200.0` is the number 1200.

import { float64Zeros, int32Zeros, uint8Zeros, uint16Zeros } from '../base/zeros.ts'
import {
  ASCII_CLASS,
  type Codes,
  classOf,
  DIGIT,
  endOfMarker,
  endOfNumber,
  FINAL_SIGMA,
  FIRST_BYTES,
  FOLDED,
  HIGHEST_BITS,
  hashOf,
  hashOfPlain,
  IDEOGRAPH,
  isPlainMark,
  isUpper,
  mixed,
  OPENS_SENTENCE,
  OTHER,
  SIGMA,
  SMALL,
} from './characters.ts'

/** Longest digit run that a double holds exactly; longer ones are ids and compared as words. */
export const MAX_DIGITS = 15

/** Folds what the scanner does not: compatibility forms and accents. ASCII comes back as it is. */
export function fold(text: string): string {
  return isAscii(text) ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '')
}

/** From so many characters on it pays to let the engine copy them. */
const LONG_TEXT = 24

const NO_BYTES = new Uint8Array(0)

/** Tokens read at once: enough to keep the loop hot, few enough to stay in the cache. */
export const CHUNK = 256

/** Flags of a token: it looks like a name; it is more than ASCII letters and digits, so it is compared as text; it is a number. */
export const PROPER = 1
export const NOT_PLAIN = 2
export const NUMBER = 4

/**
 * Reads a text token by token, in chunks, without allocating: the hot loop of the index. After `open`, call `read` until
 * it returns 0; each time the first so many places of the arrays are the next tokens, as places in the text.
 */
export class TokenReader {
  readonly starts = int32Zeros(CHUNK)
  readonly ends = int32Zeros(CHUNK)
  /** Hash of the folded word; 0 for numbers. */
  readonly hashes = int32Zeros(CHUNK)
  /** Magnitude of a number. */
  readonly numbers = float64Zeros(CHUNK)
  readonly flags = uint8Zeros(CHUNK)
  /** The text, if it is ASCII, and a separator after it. Reading an array is what is fast. */
  bytes: Uint8Array<ArrayBuffer> = NO_BYTES
  private view = new DataView(NO_BYTES.buffer)
  private readonly roomFor: (bytes: number) => Uint8Array<ArrayBuffer>
  /** UTF-16 units of the folded text, if it is not. */
  private units = uint16Zeros(0)
  private wide = false
  /** What `numberAt` read. */
  number = 0
  /** The text, folded if it is not ASCII. */
  private text = ''
  private readonly encoder = new TextEncoder()
  length = 0
  private at = 0
  private sentenceStart = true

  /** @param roomFor gives at least so many bytes, which texts are copied into. */
  constructor(roomFor = (bytes: number) => new Uint8Array(bytes)) {
    this.roomFor = roomFor
  }

  open(text: string): void {
    const length = text.length
    this.at = 0
    this.length = length
    this.sentenceStart = true
    this.wide = false
    this.text = text
    // The view looks at four bytes at a time.
    if (length + 4 > this.bytes.length) this.useBytes(this.roomFor(Math.max(1024, 2 * length + 4)))
    const { bytes } = this
    bytes[length] = 0
    if (length > LONG_TEXT) {
      if (this.encoder.encodeInto(text, bytes).written !== length) this.openWide(text)
      bytes[length] = 0
      return
    }
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) {
        this.openWide(text)
        return
      }
      bytes[i] = code
    }
  }

  /** Copies texts into these from now on, until one is too long for them. */
  useBytes(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset)
  }

  /** Lets go of the text. */
  close(): void {
    this.text = ''
    this.length = 0
  }

  /** The longest text that it holds room for, in UTF-16 code units; folded, a text may be many times as long. */
  get room(): number {
    return Math.max(this.bytes.length, this.units.length)
  }

  /** The text is beyond ASCII: `bytes` do not hold it. */
  get isWide(): boolean {
    return this.wide
  }

  read(): number {
    return this.wide ? this.readWide() : this.readAscii()
  }

  /** A part of the text, in small letters. */
  word(start: number, end: number): string {
    const small = this.text.slice(start, end).toLowerCase()
    return this.wide ? small.replaceAll(FINAL_SIGMA, SIGMA) : small
  }

  /** Whether the i-th token that was read, a plain one, is the word whose letters are at `at` of `letters`. */
  isWord(i: number, letters: DataView, at: number, wordLength: number): boolean {
    let start = this.starts[i] as number
    const length = (this.ends[i] as number) - start
    if (length !== wordLength) return false
    let from = at
    if (this.wide) {
      for (const end = start + length; start < end; start++, from++) {
        if (FOLDED[this.units[start] as number] !== letters.getUint8(from)) return false
      }
      return true
    }
    const { view } = this
    let left = length
    for (; left >= 4; left -= 4, start += 4, from += 4) {
      if ((view.getInt32(start, true) | SMALL) !== letters.getInt32(from, true)) return false
    }
    if (left === 0) return true
    return (((view.getInt32(start, true) | SMALL) ^ letters.getInt32(from, true)) & (FIRST_BYTES[left] as number)) === 0
  }

  private codes(): Codes {
    return this.wide ? this.units : this.bytes
  }

  /** As `readWide`, where nothing is beyond ASCII. */
  private readAscii(): number {
    const { bytes, view, length, starts, ends, hashes, flags } = this
    let { at, sentenceStart } = this
    let count = 0
    while (at < length && count < CHUNK) {
      const start = at
      const first = bytes[at] as number
      if (FOLDED[first] === 0) {
        if (first === 91) {
          const end = endOfMarker(bytes, at, length)
          if (end > 0) {
            this.put(count++, at, end)
            at = end
            sentenceStart = false
            continue
          }
        }
        if (OPENS_SENTENCE[first] === 1) sentenceStart = true
        at++
        continue
      }
      // Four characters at a time. Their codes are below 128, so that sums of bytes do not run into each other, and the
      // highest bit of each byte says whether it is at least `a` (0x61 + 0x1f = 0x80), beyond `z`, at least `0`, beyond `9`.
      let hash = 0
      let letters = 0
      for (;;) {
        const four = view.getInt32(at, true)
        const small = four | SMALL
        const isLetter = (small + 0x1f1f1f1f) & ~(small + 0x05050505)
        const isDigit = (four + 0x50505050) & ~(four + 0x46464646)
        const others = ~(isLetter | isDigit) & HIGHEST_BITS
        if (others === 0) {
          hash = mixed(hash, small)
          letters |= isLetter
          at += 4
          continue
        }
        const end = others & -others
        const before = (end >>> 7) - 1
        hash = mixed(hash, small & before)
        letters |= isLetter & before
        at += (31 - Math.clz32(end)) >> 3
        break
      }
      starts[count] = start
      if ((letters & HIGHEST_BITS) === 0 && at - start <= MAX_DIGITS) at = this.putNumber(count, start, at)
      else {
        hashes[count] = hash
        flags[count] = first >= 65 && first <= 90 && !sentenceStart ? PROPER : 0
      }
      ends[count++] = at
      sentenceStart = false
    }
    this.at = at
    this.sentenceStart = sentenceStart
    return count
  }

  private readWide(): number {
    const { units, length, starts, ends, hashes, flags } = this
    let { at, sentenceStart } = this
    let count = 0
    while (at < length && count < CHUNK) {
      const first = units[at] as number
      let kind = first < 128 ? (ASCII_CLASS[first] as number) : classOf(first)
      if (kind === OTHER) {
        const markerEnd = first === 91 ? endOfMarker(units, at, length) : 0
        if (markerEnd > 0) {
          this.put(count++, at, markerEnd)
          at = markerEnd
          sentenceStart = false
          continue
        }
        if (first < 128 && OPENS_SENTENCE[first] === 1) sentenceStart = true
        at++
        continue
      }
      const start = at
      let digitsOnly = true
      let flag = 0
      let code = first
      for (;;) {
        if (kind !== DIGIT) {
          digitsOnly = false
          if (code > 127) flag = NOT_PLAIN
        }
        at++
        // Scripts without spaces: one character is one word.
        if (at >= length || kind === IDEOGRAPH) break
        code = units[at] as number
        kind = code < 128 ? (ASCII_CLASS[code] as number) : classOf(code)
        if (kind === OTHER || kind === IDEOGRAPH) break
      }
      starts[count] = start
      if (digitsOnly && at - start <= MAX_DIGITS) at = this.putNumber(count, start, at)
      else {
        hashes[count] = flag === 0 ? hashOfPlain(units, start, at) : hashOf(units, start, at)
        const capital = first >= 65 && (first <= 90 || (first > 127 && isUpper(first)))
        flags[count] = capital && !sentenceStart ? flag | PROPER : flag
      }
      ends[count++] = at
      sentenceStart = false
    }
    this.at = at
    this.sentenceStart = sentenceStart
    return count
  }

  /** The hash of a word that is compared as text. */
  hashOf(start: number, end: number): number {
    return hashOf(this.codes(), start, end)
  }

  /** A marker as the token at `count`. */
  private put(count: number, start: number, end: number): void {
    this.starts[count] = start
    this.ends[count] = end
    this.hashes[count] = this.hashOf(start, end)
    this.flags[count] = NOT_PLAIN
  }

  /** The number that begins with these digits as the token at `count`; returns its end. */
  private putNumber(count: number, start: number, digitsEnd: number): number {
    this.hashes[count] = 0
    this.flags[count] = NUMBER
    const end = this.numberAt(start, digitsEnd)
    this.numbers[count] = this.number
    return end
  }

  /** Reads the number that begins with these digits into `number`, and returns its end: `1,200` and `12.50` go on. */
  numberAt(start: number, digitsEnd: number): number {
    const codes = this.codes()
    const { length } = this
    let value = 0
    for (let k = start; k < digitsEnd; k++) value = value * 10 + ((codes[k] as number) - 48)
    let end = digitsEnd
    if (end < length && (codes[end] === 44 || codes[end] === 46)) {
      end = endOfNumber(codes, start, end, length)
      if (end > digitsEnd) value = Number(this.word(start, end).replaceAll(',', ''))
    }
    this.number = value
    return end
  }

  /** Text beyond ASCII. Most is plain but for typographic quotes and dashes, and needs no folding. */
  private openWide(text: string): void {
    let plain = true
    for (let i = 0; plain && i < text.length; i++) {
      const code = text.charCodeAt(i)
      plain = code < 128 || isPlainMark(code)
    }
    const folded = plain ? text : fold(text)
    if (folded.length > this.units.length) this.units = uint16Zeros(2 * folded.length)
    const { units } = this
    for (let i = 0; i < folded.length; i++) units[i] = folded.charCodeAt(i)
    this.length = folded.length
    this.text = folded
    this.wide = true
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
