// A leaf that nothing holds whole may still quote: `Imhotep Quaresma birthplace` takes a name from one result and a word
// from nowhere. Each word goes to the earliest document that holds it together with a neighbour, else alone: `Brown` is
// everywhere, `Brown County` is in one result. What a result was first to show counts for it.

import { AUTHORED_BITS } from './authored.ts'
import type { HistoryDocument } from './history.ts'
import { bothInherited, madeUpAt } from './inherited.ts'
import { type Chunk, chunksIn, endMayBeTold, fileNameIn, NO_CHUNKS, placeOfEnd } from './joined-words.ts'
import { isLowerCase, type Leaf } from './leaves.ts'
import { addMatch, type Inherited, type LeafTrace, type Look, type Needle } from './look.ts'
import { type Hit, MAX_WORD_DOCUMENTS } from './pattern-places.ts'
import { wordsOf } from './tool-lexicon.ts'

/** Bits below which a word or a pair says nothing about where it came from. */
const MIN_BITS = 4
/** A number in a text must say so many bits more than the result is long (in doublings): digits coincide all the time. */
const NUMBER_MARGIN = 4

/** Tokens of a phrase in which a token is found by looking at all of them. */
const SHORT_PHRASE = 32

/** Letters of a word that names something. */
const MIN_NAME = 4

interface Part {
  bits: number
  best: number
  hit: Hit
  numeric: boolean
  plain: boolean
}

/** Of a leaf's bits: those that nothing holds, or a result only by what may be chance; and those that earlier arguments made up. */
type Made = Pick<LeafTrace, 'authoredBits' | 'inherited'>

/** Adds a match for each result that the leaf quotes. */
export function quoteLeaf({ leaf, phrase }: Needle, leafIndex: number, look: Look): Made {
  const { vocabulary, documents, index } = look
  // Most leaves quote nothing.
  let parts: Map<number, Part> | undefined
  const seen = phrase.length > SHORT_PHRASE ? new Set<number>() : null
  const lowerCase = isLowerCase(leaf)
  let authoredBits = 0
  let inherited: Inherited | null = null
  const chunks = typeof leaf.value === 'string' ? chunksIn(leaf.value, phrase, vocabulary) : NO_CHUNKS
  const named = fileNamesFrom(chunks, phrase, look)
  for (const { call, hit, tokens } of named) {
    const worth = tokens.map((token) => vocabulary.bits(token))
    parts ??= new Map()
    const bits = worth.reduce((sum, one) => sum + one, 0) + (parts.get(call)?.bits ?? 0)
    parts.set(call, { bits, best: Math.max(...worth), hit, numeric: false, plain: false })
  }
  for (let k = 0; k < phrase.length; k++) {
    const token = phrase[k]!
    if (isInName(named, k)) continue
    if (seen === null ? phrase.indexOf(token) < k : seen.size === seen.add(token).size) continue
    const bits = vocabulary.bits(token)
    const alone = firstVisible(look, token)
    if (alone < 0) {
      authoredBits += bits
      continue
    }
    const document = index.documentOf(alone)
    const first = (documents[document] as HistoryDocument).kind
    if (first === 'arguments') inherited = bothInherited(inherited, madeUpAt(undefined, token, bits, document, look))
    if (first !== 'result' || bits < 1) continue
    const joined = bits < MIN_BITS ? joinedPair(look, phrase, k, chunks) : null
    const entry = joined?.entry ?? (bits < MIN_BITS ? alone : (earliestPair(look, phrase, k) ?? alone))
    const hit = index.hitOf(entry)
    const { kind, call } = documents[hit.document] as HistoryDocument
    if (kind !== 'result') continue
    const numeric = vocabulary.isNumber(token)
    const chance = Math.log2(1 + (index.documentTokens[hit.document] ?? 0))
    const isNamed = numeric && hit.whole && namesProperty(leaf, hit.key)
    if (numeric && !isNamed && bits < Math.min(12, chance + NUMBER_MARGIN)) {
      authoredBits += bits
      continue
    }
    const plain = lowerCase || vocabulary.isPlain(token)
    parts ??= new Map()
    const part = parts.get(call)
    const told = bits + (joined?.bits ?? 0)
    if (part === undefined) parts.set(call, { bits: told, best: bits, hit, numeric, plain: plain && joined === null })
    else {
      part.bits += told
      part.plain &&= plain && joined === null
      if (bits > part.best) Object.assign(part, { best: bits, hit, numeric })
    }
  }
  if (parts !== undefined) addParts(parts, leafIndex, look)
  const isTold = authoredBits < AUTHORED_BITS && chunks.length > 0 && somethingMayBeTold(chunks, phrase, look)
  return { authoredBits: isTold ? AUTHORED_BITS : authoredBits, inherited }
}

function isInName(named: readonly FileName[], k: number): boolean {
  for (const { start, end } of named) if (k >= start && k < end) return true
  return false
}

function addParts(parts: ReadonlyMap<number, Part>, leafIndex: number, look: Look): void {
  let most = 0
  for (const { bits } of parts.values()) most = Math.max(most, bits)
  for (const [from, { bits, hit, numeric, plain }] of parts) {
    if (bits < MIN_BITS) continue
    addMatch(look, {
      from,
      leaf: leafIndex,
      kind: 'quoted',
      rival: 'none',
      bits,
      resultTokens: look.index.documentTokens[hit.document] ?? 0,
      affinity: 0,
      wholeResult: false,
      numeric,
      plain,
      saidLater: 'no',
      loose: false,
      unused: false,
      share: bits / most,
      incidental: false,
      probability: Number.NaN,
      hit,
    })
  }
}

function somethingMayBeTold(chunks: readonly Chunk[], phrase: readonly number[], look: Look): boolean {
  return chunks.some((chunk) =>
    endMayBeTold(
      chunk,
      phrase,
      look,
      (token) => mayTell(look, token),
      (document, name) => isVisible(look, document) && !isResult(look, document) && isSpelled(look, document, name),
    ),
  )
}

/** Whether a result has the token, or may: of a word that many documents have, only the first ones are known. */
function mayTell(look: Look, token: number): boolean {
  const { index } = look
  let documents = 0
  let last = -1
  for (let entry = index.first(token); entry >= 0; entry = index.next(entry)) {
    const d = index.documentOf(entry)
    if (d !== last && ++documents === MAX_WORD_DOCUMENTS) return true
    last = d
    if (d >= look.end) return false
    if (isResult(look, d) && look.sees(d)) return true
  }
  return false
}

/** Whether a document has all words of a name as one: of `Test the user service. See foo.test.ts.` it has the pairs only. */
const isSpelled = ({ documents, texts }: Look, d: number, name: string): boolean =>
  texts.lower((documents[d] as HistoryDocument).value).includes(name.toLowerCase())

const isResult = ({ documents }: Look, d: number): boolean => (documents[d] as HistoryDocument).kind === 'result'

/** Whether a text has a word of the property's name: `Front left: 32` of `{"frontLeftPressure": 32}`. */
function namesProperty({ value }: Leaf, key: string): boolean {
  const text = String(value).toLowerCase()
  return wordsOf(key).some((word) => word.length >= MIN_NAME && text.includes(word))
}

interface FileName {
  readonly call: number
  readonly hit: Hit
  readonly tokens: readonly number[]
  /** Places of the tokens. */
  readonly start: number
  readonly end: number
}

/** The names of files that paths end with, where a result was the first to have them. */
function fileNamesFrom(chunks: readonly Chunk[], phrase: readonly number[], look: Look): readonly FileName[] {
  let found: FileName[] | undefined
  for (const chunk of chunks) {
    const file = fileNameIn(chunk, look.vocabulary)
    if (file === null) continue
    const { name, count } = file
    const { end } = chunk
    const entry = placeOfEnd(
      phrase,
      end,
      count,
      look,
      (d) => isVisible(look, d) && (isResult(look, d) || isSpelled(look, d, name)),
    )
    if (entry < 0) continue
    const hit = look.index.hitOf(entry)
    const { kind, call } = look.documents[hit.document] as HistoryDocument
    if (kind !== 'result') continue
    found ??= []
    found.push({ call, hit, tokens: phrase.slice(end - count, end), start: end - count, end })
  }
  return found ?? NO_NAMES
}

const NO_NAMES: readonly FileName[] = []

/**
 * The k-th token, which says little by itself, written as one with a neighbour that was known before; and what the neighbour says
 * on top: of `brightwater.io` a result shows the `io`, and that it belongs to Brightwater.
 */
function joinedPair(look: Look, phrase: readonly number[], k: number, chunks: readonly Chunk[]) {
  const chunk = chunks.find(({ start, end }) => k >= start && k < end)
  if (chunk === undefined) return null
  for (const other of [k - 1, k + 1]) {
    if (other < chunk.start || other >= chunk.end) continue
    const pair = look.index.pairOf(phrase[Math.min(k, other)] as number, phrase[Math.max(k, other)] as number)
    const entry = firstVisible(look, pair)
    if (entry < 0) continue
    const alone = firstVisible(look, phrase[other] as number)
    const isShown = alone >= 0 && (look.documents[look.index.documentOf(alone)] as HistoryDocument).kind === 'result'
    return { entry, bits: isShown ? 0 : look.vocabulary.bits(phrase[other] as number) }
  }
  return null
}

/** The earliest place of the k-th token beside one of its neighbours in the leaf, if both tell something. */
function earliestPair(look: Look, phrase: readonly number[], k: number): number | undefined {
  const before = firstPair(look, phrase[k - 1], phrase[k])
  const after = firstPair(look, phrase[k], phrase[k + 1])
  if (before < 0 || after < 0) return before >= 0 ? before : after >= 0 ? after : undefined
  return look.index.documentOf(after) < look.index.documentOf(before) ? after : before
}

/** The first visible place of two tokens side by side that both tell something, -1 for none. */
function firstPair(look: Look, a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined) return -1
  if (Math.min(look.vocabulary.bits(a), look.vocabulary.bits(b)) < MIN_BITS) return -1
  return firstVisible(look, look.index.pairOf(a, b))
}

/** The first visible place of a pattern, but for what the assistant said on the way: -1 for none. */
function firstVisible(look: Look, pattern: number): number {
  const { index } = look
  for (let entry = pattern < 0 ? -1 : index.first(pattern); entry >= 0; entry = index.next(entry)) {
    const d = index.documentOf(entry)
    if (d >= look.end) return -1
    if (isVisible(look, d)) return entry
  }
  return -1
}

function isVisible({ documents, end, sees }: Look, d: number): boolean {
  if (d >= end) return false
  const { kind, role, turn } = documents[d] as HistoryDocument
  return kind !== 'words' && !(kind === 'prompt' && role === 'assistant' && turn > 0) && sees(d)
}
