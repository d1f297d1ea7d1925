// An index of a run's history, made for the questions that will be asked of it. The vocabulary (every token of every
// argument) is known first; then each document is read once, and only tokens of the vocabulary are kept. So memory
// grows with what can matter, time with the bytes, and neither with the square of the calls.

import type { Json } from '../model/json.ts'
import { numberBits, wordBits } from './information.ts'
import { type PathNode, walkLeaves } from './leaves.ts'
import { fold, foldWord, scanTokens } from './tokens.ts'

/** Where a phrase was first found in one document. */
export interface Hit {
  readonly document: number
  readonly path: PathNode | null
  /** Property name that holds it, '' for none. */
  readonly key: string
  /** The phrase is all that the leaf holds. */
  readonly whole: boolean
  /** Record of its first token: see `bitsAt`. */
  readonly record: number
}

export interface Vocabulary {
  readonly words: Map<string, number>
  readonly numbers: Map<number, number>
  /** One byte per slot of the word hashes: most words of a document are dismissed by one look. */
  readonly seen: Uint8Array
}

/** How much work was done: for tests that cost grows as promised. */
export interface IndexWork {
  tokensRead: number
  recordsKept: number
  candidatesChecked: number
}

/** Bound on the places tried for one phrase: tokens this common carry no information. */
const MAX_CANDIDATES = 20_000
const SEEN_SLOTS = 1 << 18

export function newVocabulary(): Vocabulary {
  return { words: new Map(), numbers: new Map(), seen: new Uint8Array(SEEN_SLOTS) }
}

/** A leaf as token ids; unknown tokens are added to the vocabulary. Call it for every needle before the index is filled. */
export function phraseOf(vocabulary: Vocabulary, value: Json): number[] {
  const phrase: number[] = []
  if (typeof value === 'number') return [numberId(vocabulary, Math.abs(value))]
  if (typeof value !== 'string') return phrase
  scanTokens(fold(value), (text, start, end, hash, number) => {
    if (Number.isNaN(number)) {
      vocabulary.seen[hash % SEEN_SLOTS] = 1
      phrase.push(wordId(vocabulary, foldWord(text, start, end)))
    } else phrase.push(numberId(vocabulary, number))
  })
  return phrase
}

export class ValueIndex {
  readonly work: IndexWork = { tokensRead: 0, recordsKept: 0, candidatesChecked: 0 }
  /** Tokens of each document, kept or not. */
  readonly documentTokens: number[] = []
  private readonly vocabulary: Vocabulary
  private readonly texts: string[] = []
  private readonly values: number[] = []
  /** Per token id: its records, ascending. */
  private readonly postings: number[][] = []
  /** Per token id: whether any document writes it as a name. */
  private readonly proper: boolean[] = []
  /** Per record: token id, position among all tokens, leaf it is in. */
  private readonly tokenAt: number[] = []
  private readonly positionAt: number[] = []
  private readonly leafAt: number[] = []
  private readonly leaves: { document: number; path: PathNode | null; key: string; tokens: number }[] = []
  private readonly firstRecord: number[] = []
  private readonly found = new Map<string, Hit[]>()
  private position = 0

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary
    for (const [word, id] of vocabulary.words) this.texts[id] = word
    for (const [value, id] of vocabulary.numbers) this.values[id] = value
    const size = vocabulary.words.size + vocabulary.numbers.size
    for (let id = 0; id < size; id++) this.postings.push([])
  }

  /** Reads one document (a message, arguments, a result) and returns its number. Documents come in time order. */
  add(value: Json): number {
    const document = this.firstRecord.length
    this.firstRecord.push(this.tokenAt.length)
    const before = this.work.tokensRead
    walkLeaves(
      value,
      (leaf) => this.addLeaf(document, leaf.value, leaf.path, leaf.key),
      (key, path) => this.addLeaf(document, key, path, ''),
    )
    this.documentTokens.push(this.work.tokensRead - before)
    return document
  }

  /** The first place of `phrase` in each document that holds it, in time order. Remembered per phrase. */
  find(phrase: readonly number[]): readonly Hit[] {
    const key = phrase.join(' ')
    let hits = this.found.get(key)
    if (hits === undefined) {
      hits = this.search(phrase)
      this.found.set(key, hits)
    }
    return hits
  }

  /** Information content of a token, in bits. */
  bits(token: number): number {
    const word = this.texts[token]
    return word === undefined ? numberBits(this.values[token] ?? 0) : wordBits(word, this.proper[token] === true)
  }

  /** The token as text; numbers in their shortest form. */
  text(token: number): string {
    return this.texts[token] ?? String(this.values[token])
  }

  isNumber(token: number): boolean {
    return this.texts[token] === undefined
  }

  private addLeaf(document: number, value: Json, path: PathNode | null, key: string): void {
    const leaf = this.leaves.length
    const start = this.position
    const kept = this.tokenAt.length
    if (typeof value === 'number') this.keep(this.vocabulary.numbers.get(Math.abs(value)), leaf)
    else if (typeof value === 'string') {
      scanTokens(fold(value), (text, from, to, hash, number, proper) => {
        if (!Number.isNaN(number)) this.keep(this.vocabulary.numbers.get(number), leaf)
        else if (this.vocabulary.seen[hash % SEEN_SLOTS] === 1) {
          const id = this.vocabulary.words.get(foldWord(text, from, to))
          if (id !== undefined && proper) this.proper[id] = true
          this.keep(id, leaf)
        } else this.keep(undefined, leaf)
      })
    }
    const tokens = this.position - start
    this.position++ // a gap: no phrase crosses from one leaf to the next
    if (this.tokenAt.length > kept) this.leaves.push({ document, path, key, tokens })
  }

  private keep(token: number | undefined, leaf: number): void {
    this.work.tokensRead++
    const position = this.position++
    if (token === undefined) return
    this.work.recordsKept++
    const posting = this.postings[token]
    if (posting === undefined) return
    posting.push(this.tokenAt.length)
    this.tokenAt.push(token)
    this.positionAt.push(position)
    this.leafAt.push(leaf)
  }

  /** Walks the places of the phrase's rarest token; after a hit it jumps to the next document. */
  private search(phrase: readonly number[]): Hit[] {
    const hits: Hit[] = []
    let rarest = 0
    for (let k = 0; k < phrase.length; k++) {
      if (this.countOf(phrase[k]) < this.countOf(phrase[rarest])) rarest = k
    }
    const posting = this.postings[phrase[rarest] ?? -1] ?? []
    let checked = 0
    for (let p = 0; p < posting.length && checked < MAX_CANDIDATES; ) {
      checked++
      const record = (posting[p] as number) - rarest
      if (!this.holds(record, phrase)) {
        p++
        continue
      }
      const leaf = this.leaves[this.leafAt[record] as number]
      if (leaf === undefined) break
      const { document, path, key, tokens } = leaf
      hits.push({ document, path, key, whole: tokens === phrase.length, record })
      p = lowerBound(posting, this.firstRecord[document + 1] ?? Number.POSITIVE_INFINITY, p + 1)
    }
    this.work.candidatesChecked += checked
    return hits
  }

  private holds(record: number, phrase: readonly number[]): boolean {
    if (record < 0) return false
    const start = this.positionAt[record] as number
    for (let k = 0; k < phrase.length; k++) {
      if (this.tokenAt[record + k] !== phrase[k] || this.positionAt[record + k] !== start + k) return false
    }
    return true
  }

  private countOf(token: number | undefined): number {
    return this.postings[token ?? -1]?.length ?? 0
  }
}

function wordId(vocabulary: Vocabulary, word: string): number {
  return idIn(vocabulary, vocabulary.words, word)
}

function numberId(vocabulary: Vocabulary, value: number): number {
  return idIn(vocabulary, vocabulary.numbers, value)
}

function idIn<K>(vocabulary: Vocabulary, map: Map<K, number>, key: K): number {
  let id = map.get(key)
  if (id === undefined) {
    id = vocabulary.words.size + vocabulary.numbers.size
    map.set(key, id)
  }
  return id
}

/** First index at or after `from` whose value is at least `least`. */
function lowerBound(sorted: readonly number[], least: number, from: number): number {
  let low = from
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}
