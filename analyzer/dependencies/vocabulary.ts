// Every token of every argument, numbered: what the history is searched for. Words of the history are looked up by their
// hash and compared in place, so that reading 10 MB of results makes no strings.

import { numberBits, wordBits } from './information.ts'
import { TokenTable } from './token-table.ts'
import { NUMBER, TokenReader } from './tokens.ts'

const DIGIT = /\d/

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
  /** For whoever reads texts after all needles are in: its buffers are worth sharing. */
  readonly reader = new TokenReader()
  private made: TokenTable | null = null

  get size(): number {
    return this.texts.length
  }

  /** A scalar as token ids; unknown tokens are added. To be called for all needles before anything is looked up. */
  phraseOf(value: unknown): number[] {
    if (typeof value === 'number') return [this.addNumber(Math.abs(value))]
    if (typeof value !== 'string') return []
    const { reader } = this
    reader.open(value)
    let count = reader.read()
    // Most are short: as long as it gets, where a list that grows gets room for seventeen.
    const phrase = new Array<number>(count)
    for (let i = 0; i < count; i++) phrase[i] = this.addToken(i)
    for (count = reader.read(); count > 0; count = reader.read()) {
      for (let i = 0; i < count; i++) phrase.push(this.addToken(i))
    }
    return phrase
  }

  /** Tokens of a text. Adds none. */
  countTokens(text: string): number {
    const { reader } = this
    reader.open(text)
    let tokens = 0
    for (let count = reader.read(); count > 0; count = reader.read()) tokens += count
    return tokens
  }

  /** All tokens so far, to be looked up in. */
  table(): TokenTable {
    this.made ??= new TokenTable(this.texts, this.hashes, this.numbers)
    return this.made
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
    return text !== undefined && this.proper[token] !== true && !DIGIT.test(text)
  }

  arePlain(phrase: readonly number[]): boolean {
    for (const token of phrase) if (!this.isPlain(token)) return false
    return true
  }

  /** The token as text; numbers in their shortest form. */
  text(token: number): string {
    return this.texts[token] ?? String(this.values[token])
  }

  /** What the reader has read as the i-th. */
  private addToken(i: number): number {
    const { reader } = this
    if ((reader.flags[i]! & NUMBER) !== 0) return this.addNumber(reader.numbers[i]!)
    return this.addWord(reader.word(reader.starts[i]!, reader.ends[i]!), reader.hashes[i]!)
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
    }
    return token
  }

  private add(text: string | undefined, value: number, hash: number): number {
    this.texts.push(text)
    this.values.push(value)
    this.hashes.push(hash)
    this.proper.push(false)
    this.known.push(Number.NaN)
    this.made = null
    return this.texts.length - 1
  }
}
