// An index of a run's history, made for the questions that will be asked of it. The needles (every leaf of every argument)
// are known first; then each document is read once, and only what a needle can reach is kept: per document, the first
// place of each word, of each pair of neighbouring words and of each whole needle. So memory grows with what can matter,
// time with the bytes, and neither with the square of the calls.

import type { Json } from '../model/json.ts'
import { DocumentWalk } from './document-walk.ts'
import { IntPairMap } from './int-pair-map.ts'
import { IntRows } from './int-rows.ts'
import type { PathNode } from './leaves.ts'
import { PhraseAutomaton } from './phrase-automaton.ts'
import type { TokenTable } from './token-table.ts'
import type { Vocabulary } from './vocabulary.ts'
import { WantedReader } from './wanted-reader.ts'

/** A place that holds a pattern, as found in one document. */
export interface Hit {
  readonly document: number
  readonly path: PathNode | null
  /** Property name that holds it, '' for none. */
  readonly key: string
  /** The pattern is all that the leaf holds. */
  readonly whole: boolean
  /** The leaf is a number below zero. */
  readonly negative: boolean
}

/** How much work was done: for tests that cost grows as promised. */
export interface IndexWork {
  tokensRead: number
  entriesKept: number
  /** Numbers tried against a wanted one, see `number-ways.ts`. */
  waysTried: number
}

/** Of the leaves that are one needle as a whole, so many per document are kept, each under another property name. */
const MAX_WHOLE = 4

/** A needle is kept in the first so many documents, ... */
const MAX_NEEDLE_DOCUMENTS = 128
/** ... and a word or pair that only occurs in needles in so many: the first that the asking call could see is asked for. */
const MAX_WORD_DOCUMENTS = 8
/** `lastDocument` of a pattern that is kept no more. */
const FULL = 0x7fffffff

const WHOLE = 1
const NEGATIVE = 2

/** Cells of a pattern: its first and last entry, both plus one; its first entry in the last document, whole ones there; how many documents more. */
const FIRST = 0
const LATEST = 1
const THERE = 2
const WHOLE_THERE = 3
const LEFT = 4
const PATTERN = 5

/** Cells of an entry, the entry behind it plus one. */
const DOCUMENT = 0
const LEAF = 1
const FLAGS = 2
const NEXT = 3
const ENTRY = 4

export class ValueIndex {
  readonly work: IndexWork = { tokensRead: 0, entriesKept: 0, waysTried: 0 }
  /** Tokens of each document, kept or not. */
  readonly documentTokens: number[] = []
  private readonly table: TokenTable
  private readonly pairs = new IntPairMap()
  private readonly phrases = new PhraseAutomaton()
  private readonly reader: WantedReader
  private readonly walk = new DocumentWalk()
  private readonly patterns = new IntRows(PATTERN)
  /** Per pattern, plus one: apart, since each token of each document is looked up here. */
  private readonly lastDocument = new IntRows(1)
  private readonly entries = new IntRows(ENTRY)
  /** As far as they were asked for. */
  private readonly hits: (Hit | undefined)[] = []
  private readonly leaves: { readonly path: PathNode | null; readonly key: string }[] = []
  /** Property names as they repeat from row to row: what they hold is noted once a document. */
  private readonly keyTokens = new Map<string, number>()
  private lastKeys: readonly string[] = []
  private lastKeysTokens = 0
  private document = -1
  /** The text that was read last has a token of a needle. */
  private holdsWanted = false
  /** The leaf being read: its key, and its number once something of it is kept. */
  private key = ''
  private leaf = -1

  /** All words of all needles must be in `vocabulary`. */
  constructor(vocabulary: Vocabulary) {
    this.table = vocabulary.table()
    this.reader = new WantedReader(this.table, vocabulary)
    for (let token = 0; token < vocabulary.size; token++) this.newPattern()
  }

  /** Makes a needle findable, and returns its pattern; -1 for one without tokens. Before any `add`. */
  patternOf(phrase: readonly number[]): number {
    const pairs: number[] = []
    for (let k = 1; k < phrase.length; k++) pairs.push(this.patternOfPair(phrase[k - 1] as number, phrase[k] as number))
    if (phrase.length === 0) return -1
    if (phrase.length <= 2) {
      const pattern = phrase.length === 1 ? phrase[0]! : pairs[0]!
      this.patterns.cells[PATTERN * pattern + LEFT] = MAX_NEEDLE_DOCUMENTS
      return pattern
    }
    const fresh = this.patterns.size
    const pattern = this.phrases.add(phrase, pairs, fresh)
    if (pattern !== fresh) return pattern
    this.newPattern()
    this.patterns.cells[PATTERN * pattern + LEFT] = MAX_NEEDLE_DOCUMENTS
    return pattern
  }

  /** Pattern of two neighbouring tokens of a needle. */
  pairOf(a: number, b: number): number {
    return this.pairs.get(a, b)
  }

  /** Reads one document (a message, arguments, a result) and returns its number. Documents come in time order. */
  add(value: Json): number {
    this.document++
    this.hits.length = 0
    this.lastKeys = []
    const before = this.work.tokensRead
    this.walk.walk(value, this.onScalar, this.onKeys)
    this.documentTokens.push(this.work.tokensRead - before)
    return this.document
  }

  /** The first entry of a pattern in time order, -1 for none. */
  first(pattern: number): number {
    return (this.patterns.cells[PATTERN * pattern + FIRST] ?? 0) - 1
  }

  /** The next entry of the same pattern, -1 for none: one or more per document, documents ascending. */
  next(entry: number): number {
    return this.entries.cells[ENTRY * entry + NEXT]! - 1
  }

  documentOf(entry: number): number {
    return this.entries.cells[ENTRY * entry + DOCUMENT]!
  }

  isWhole(entry: number): boolean {
    return (this.entries.cells[ENTRY * entry + FLAGS]! & WHOLE) !== 0
  }

  keyOf(entry: number): string {
    return this.leaves[this.entries.cells[ENTRY * entry + LEAF]!]?.key ?? ''
  }

  /** One object per entry. */
  hitOf(entry: number): Hit {
    let hit = this.hits[entry]
    if (hit === undefined) {
      hit = this.newHit(entry)
      while (this.hits.length <= entry) this.hits.push(undefined)
      this.hits[entry] = hit
    }
    return hit
  }

  private newHit(entry: number): Hit {
    const { cells } = this.entries
    const { path, key } = this.leaves[cells[ENTRY * entry + LEAF]!]!
    const flags = cells[ENTRY * entry + FLAGS]!
    const document = this.documentOf(entry)
    return { document, path, key, whole: (flags & WHOLE) !== 0, negative: (flags & NEGATIVE) !== 0 }
  }

  private patternOfPair(a: number, b: number): number {
    let pattern = this.pairs.get(a, b)
    if (pattern < 0) {
      pattern = this.newPattern()
      this.pairs.set(a, b, pattern)
    }
    return pattern
  }

  private newPattern(): number {
    const pattern = this.patterns.add()
    this.lastDocument.add()
    this.patterns.cells[PATTERN * pattern + LEFT] = MAX_WORD_DOCUMENTS
    return pattern
  }

  private readonly onScalar = (value: null | boolean | number | string, key: string): void => {
    this.key = key
    this.leaf = -1
    if (typeof value === 'number') {
      this.work.tokensRead++
      const token = this.table.tokenOfNumber(Math.abs(value))
      if (token >= 0) this.note(token, value < 0 ? WHOLE | NEGATIVE : WHOLE)
    } else if (typeof value === 'string') this.work.tokensRead += this.readText(value)
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
        const kept = this.work.entriesKept
        const tokens = this.readText(key)
        if (this.work.entriesKept === kept && !this.holdsWanted) this.keyTokens.set(key, tokens)
        this.lastKeysTokens += tokens
      }
    }
    this.work.tokensRead += this.lastKeysTokens
  }

  /** Notes all that a text holds, and returns its tokens. The hot loop. */
  private readText(text: string): number {
    const { reader, pairs, phrases } = this
    const { tokens } = reader
    const lastDocument = this.lastDocument.cells
    const document = this.document + 1
    let total = 0
    let before = -1
    let pair = -1
    let state = 0
    let holdsWanted = false
    reader.open(text)
    for (let count = reader.read(); count > 0; count = reader.read()) {
      total += count
      for (let i = 0; i < count; i++) {
        const token = tokens[i]!
        if (token < 0) {
          before = -1
          pair = -1
          state = 0
          continue
        }
        holdsWanted = true
        if (lastDocument[token]! < document) this.note(token, 0)
        pair = before < 0 ? -1 : pairs.get(before, token)
        if (pair < 0) state = 0
        else {
          if (lastDocument[pair]! < document) this.note(pair, 0)
          state = phrases.step(state, token, pair)
          for (let found = phrases.firstOutput(state); found !== 0; found = phrases.nextOutput(found)) {
            const pattern = phrases.patternAt(found)
            // What ends in a phrase was noted with it.
            if (lastDocument[pattern]! >= document) break
            this.note(pattern, 0)
          }
        }
        before = token
      }
    }
    this.holdsWanted = holdsWanted
    if (before < 0) return total
    if (total === 1) this.note(before, WHOLE)
    else if (total === 2 && pair >= 0) this.note(pair, WHOLE)
    else {
      for (let found = phrases.firstOutput(state); found !== 0; found = phrases.nextOutput(found)) {
        if (phrases.length(found) === total) this.note(phrases.patternAt(found), WHOLE)
      }
    }
    return total
  }

  /** Keeps the leaf being read as a place of `pattern`, if it is the first in its document, or whole under a new name. */
  private note(pattern: number, flags: number): void {
    const documents = this.lastDocument.cells
    const last = documents[pattern]!
    if (last === FULL) return
    const { patterns, entries } = this
    const there = PATTERN * pattern
    if (last === this.document + 1) {
      if (flags === 0 || patterns.cells[there + WHOLE_THERE]! >= MAX_WHOLE) return
      const { cells } = entries
      for (let entry = patterns.cells[there + THERE]!; entry >= 0; entry = cells[ENTRY * entry + NEXT]! - 1) {
        const at = ENTRY * entry
        const known = cells[at + FLAGS]!
        if (this.leaf >= 0 && cells[at + LEAF] === this.leaf) {
          if ((known & WHOLE) === 0) patterns.cells[there + WHOLE_THERE]!++
          cells[at + FLAGS] = known | flags
          return
        }
        if (known === flags && this.leaves[cells[at + LEAF]!]?.key === this.key) return
      }
    } else {
      const left = patterns.cells[there + LEFT]! - 1
      patterns.cells[there + LEFT] = left
      documents[pattern] = left < 0 ? FULL : this.document + 1
      if (left < 0) return
      patterns.cells[there + THERE] = entries.size
      patterns.cells[there + WHOLE_THERE] = 0
    }
    if (this.leaf < 0) {
      this.leaf = this.leaves.length
      this.leaves.push({ path: this.walk.path(), key: this.key })
    }
    const entry = entries.add()
    const { cells } = entries
    const before = patterns.cells[there + LATEST]!
    if (before === 0) patterns.cells[there + FIRST] = entry + 1
    else cells[ENTRY * (before - 1) + NEXT] = entry + 1
    patterns.cells[there + LATEST] = entry + 1
    cells[ENTRY * entry + DOCUMENT] = this.document
    cells[ENTRY * entry + LEAF] = this.leaf
    cells[ENTRY * entry + FLAGS] = flags
    if (flags !== 0) patterns.cells[there + WHOLE_THERE]!++
    this.work.entriesKept++
  }
}
