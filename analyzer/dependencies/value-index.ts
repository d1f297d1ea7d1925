// An index of a run's history, made for the questions that will be asked of it. The needles (every leaf of every argument)
// are known first; then each document is read once, and only what a needle can reach is kept: per document, the first
// place of each word, of each pair of neighbouring words and of each whole needle. So memory grows with what can matter,
// time with the bytes, and neither with the square of the calls.

import { IntPairMap } from '../base/int-pair-map.ts'
import type { Json } from '../model/json.ts'
import { FULL, NEGATIVE, PatternPlaces, WHOLE } from './pattern-places.ts'
import { PhraseAutomaton } from './phrase-automaton.ts'
import type { TokenTable } from './token-table.ts'
import type { Vocabulary } from './vocabulary.ts'
import { WantedReader } from './wanted-reader.ts'
import { FIND } from './word-scan.ts'

/** How much work was done: for tests that cost grows as promised. */
export interface IndexWork {
  tokensRead: number
  entriesKept: number
  /** Numbers tried against a wanted one, see `number-ways.ts`. */
  waysTried: number
}

export class ValueIndex extends PatternPlaces {
  readonly work: IndexWork = { tokensRead: 0, entriesKept: 0, waysTried: 0 }
  /** Tokens of each document, kept or not. */
  readonly documentTokens: number[] = []
  /** Per document: whether a text in it has an underscore, as the names of most tools do. */
  readonly isUnderscored: boolean[] = []
  private readonly table: TokenTable
  private readonly pairs = new IntPairMap()
  private readonly phrases = new PhraseAutomaton()
  private readonly vocabulary: Vocabulary
  /** Made when all needles are in. */
  private reader: WantedReader | null = null
  /** Property names as they repeat from row to row: what they hold is noted once a document. */
  private readonly keyTokens = new Map<string, number>()
  private lastKeys: readonly string[] = []
  private lastKeysTokens = 0
  private hasUnderscore = false

  /** All words of all needles must be in `vocabulary`. */
  constructor(vocabulary: Vocabulary) {
    super()
    this.table = vocabulary.table()
    this.vocabulary = vocabulary
    for (let token = 0; token < vocabulary.size; token++) this.newPattern()
  }

  /** Makes a needle findable, and returns its pattern; -1 for one without tokens. Before any `add`. */
  patternOf(phrase: readonly number[]): number {
    if (phrase.length === 0) return -1
    const pattern = this.patternOfAll(phrase)
    this.keepOften(pattern)
    return pattern
  }

  /** Pattern of two neighbouring tokens of a needle. */
  pairOf(a: number, b: number): number {
    return this.pairs.get(a, b)
  }

  /** Reads one document (a message, arguments, a result) and returns its number. Documents come in time order. */
  add(value: Json): number {
    this.reader ??= new WantedReader(this.vocabulary, this.pairs)
    this.document++
    this.lastKeys = []
    const before = this.work.tokensRead
    this.hasUnderscore = false
    this.walk.walk(value, this.onScalar, this.onKeys)
    this.isUnderscored.push(this.hasUnderscore)
    this.documentTokens.push(this.work.tokensRead - before)
    this.work.entriesKept = this.kept
    return this.document
  }

  /** To be called when all documents are in. */
  close(): void {
    this.reader?.close()
    this.reader = null
  }

  private patternOfAll(phrase: readonly number[]): number {
    if (phrase.length === 1) return phrase[0]!
    if (phrase.length === 2) return this.patternOfPair(phrase[0]!, phrase[1]!)
    const pairs = new Array<number>(phrase.length - 1)
    for (let k = 1; k < phrase.length; k++) pairs[k - 1] = this.patternOfPair(phrase[k - 1]!, phrase[k]!)
    return this.phrases.patternOf(phrase, pairs, this.makePattern)
  }

  private readonly makePattern = (): number => this.newPattern()

  private patternOfPair(a: number, b: number): number {
    let pattern = this.pairs.get(a, b)
    if (pattern < 0) {
      pattern = this.newPattern()
      this.pairs.set(a, b, pattern)
    }
    return pattern
  }

  private readonly onScalar = (value: null | boolean | number | string, key: string): void => {
    this.key = key
    this.leaf = -1
    if (typeof value === 'number') {
      this.work.tokensRead++
      const token = this.table.tokenOfNumber(Math.abs(value))
      if (token >= 0) this.note(token, value < 0 ? WHOLE | NEGATIVE : WHOLE)
    } else if (typeof value === 'string') {
      this.work.tokensRead += this.readText(value)
      this.hasUnderscore ||= value.indexOf('_') >= 0
    }
  }

  private readonly onKeys = (keys: readonly string[]): void => {
    if (keys !== this.lastKeys) {
      this.lastKeys = keys
      this.lastKeysTokens = 0
      this.key = ''
      for (const key of keys) {
        const known = this.keyTokens.get(key)
        // Names without any word of a needle need no second reading.
        if (known !== undefined) {
          this.lastKeysTokens += known
          continue
        }
        this.leaf = -1
        const { kept } = this
        const tokens = this.readText(key)
        if (this.kept === kept && !this.reader!.isWanted) this.keyTokens.set(key, tokens)
        this.lastKeysTokens += tokens
      }
    }
    this.work.tokensRead += this.lastKeysTokens
  }

  /** Notes all that a text holds, and returns its tokens. The hot loop. */
  private readText(text: string): number {
    const { phrases } = this
    const reader = this.reader as WantedReader
    const lastDocument = this.lastDocument.cells
    const document = this.document + 1
    /** The last pair, and which word of the text it ends with. */
    let pair = -1
    let end = -1
    let state = 0
    reader.open(text, document)
    const { finds } = reader
    do {
      const length = FIND * reader.read()
      for (let at = 0; at < length; at += FIND) {
        const token = finds[at + 1]!
        if (lastDocument[token]! < document) this.note(token, 0)
        if (lastDocument[token] === FULL) reader.forget(token)
        const made = finds[at + 2]!
        if (made < 0) continue
        if (end !== finds[at]! - 1) state = 0
        end = finds[at]!
        pair = made
        if (lastDocument[pair]! < document) this.note(pair, 0)
        state = phrases.step(state, token, pair)
        for (let found = phrases.firstOutput(state); found !== 0; found = phrases.nextOutput(found)) {
          const pattern = phrases.patternAt(found)
          // What ends in a phrase was noted with it.
          if (lastDocument[pattern]! >= document) break
          this.note(pattern, 0)
        }
      }
    } while (!reader.isAtEnd)
    const total = reader.count
    if (total === 1 && reader.last >= 0) this.note(reader.last, WHOLE)
    if (total < 2 || end !== total - 1) return total
    if (total === 2) this.note(pair, WHOLE)
    for (let found = phrases.firstOutput(state); found !== 0; found = phrases.nextOutput(found)) {
      if (phrases.length(found) === total) this.note(phrases.patternAt(found), WHOLE)
    }
    return total
  }
}
