// Where each part of each argument can have come from. Facts only: `weights.ts` turns them into probabilities.

import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { couldSee, type HistoryDocument, historyOf } from './history.ts'
import { type Leaf, leavesOf } from './leaves.ts'
import { type Hit, type IndexWork, newVocabulary, phraseOf, ValueIndex } from './value-index.ts'

/** `exact`: a whole leaf of the result; `substring`: a part of one; `quoted`: only parts of the argument are in it. */
export type MatchKind = 'exact' | 'substring' | 'quoted'

/** What else could explain the value: it was known before the result, or an earlier result had revealed it. */
export type Rival = 'none' | 'prompt' | 'argument' | 'result'

/** One leaf of one call's arguments that one earlier call's result holds. */
export interface Match {
  readonly from: number
  readonly leaf: number
  readonly kind: MatchKind
  readonly rival: Rival
  readonly bits: number
  /** Tokens of the result: the more there are, the likelier a coincidence. */
  readonly resultTokens: number
  /** The argument and the result's property have the same name. */
  readonly sameKey: boolean
  /** The result is this value and nothing else. */
  readonly wholeResult: boolean
  readonly numeric: boolean
  /** The user said the value too, after the result and before this call. */
  readonly saidLater: boolean
  readonly hit: Hit
}

export interface LeafTrace {
  readonly leaf: Leaf
  /** The earliest thing that holds the whole leaf, if any. */
  readonly origin: 'prompt' | 'argument' | 'result' | 'authored'
  /** Document of that origin, -1 for authored. */
  readonly document: number
  /** Information in the leaf, in bits. */
  readonly bits: number
  /** Of these, bits that nothing surely known before the call holds: the model wrote or worked them out. */
  readonly authoredBits: number
}

export interface CallTrace {
  readonly leaves: readonly LeafTrace[]
  readonly matches: readonly Match[]
}

export interface Provenance {
  /** Undefined for a call whose arguments were not captured. */
  readonly calls: readonly (CallTrace | undefined)[]
  readonly documents: readonly HistoryDocument[]
  readonly work: IndexWork
}

/** Results that hold a value are listed up to this many: the first ones, which are the ones that can have revealed it. */
const MAX_HOLDERS = 24
/** Places looked at per leaf, in time order: a value in more places than this is a constant of the run. */
const MAX_PLACES = 512
/** A value this informative that was known before needs no result, whatever repeats it. */
const CLEARED_FOR_SURE = 16

/** Bits below which a number inside a longer text makes no match; where only a result holds it, it counts as authored. */
const MIN_NUMBER_IN_TEXT = 12

/** Traces every argument leaf of every call of a run. Cost grows with the bytes of the run. */
export function traceProvenance(run: Run): Provenance {
  const documents = historyOf(run)
  const vocabulary = newVocabulary()
  const needles = run.calls.map((call) =>
    call.arguments === undefined
      ? undefined
      : leavesOf(call.arguments).map((leaf) => ({ leaf, phrase: phraseOf(vocabulary, leaf.value as Json) })),
  )
  const index = new ValueIndex(vocabulary)
  for (const document of documents) index.add(document.value)
  const ownArguments = new Map<number, number>()
  documents.forEach((document, d) => {
    if (document.kind === 'arguments') ownArguments.set(document.call, d)
  })

  const calls = needles.map((leaves, j) => {
    if (leaves === undefined) return undefined
    const end = ownArguments.get(j) ?? documents.length
    const seen = (d: number) => isVisible(run, documents[d] as HistoryDocument, j)
    const narrows = (call: number, asked: Hit) =>
      typeof asked.path?.key === 'number' && (needles[call]?.length ?? 0) > leaves.length
    const traces: LeafTrace[] = []
    const matches: Match[] = []
    for (const { leaf, phrase } of leaves) {
      traces.push(traceLeaf(leaf, phrase, traces.length, { index, documents, end, seen, matches, narrows }))
    }
    return { leaves: traces, matches }
  })
  return { calls, documents, work: index.work }
}

/** Dates and times of day come from a small space, whatever their digits: a day of a year, a minute of a day. */
function leafBits(value: Leaf['value'], phrase: readonly number[], index: ValueIndex): number {
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 8.5
    if (/^\d{1,2}:\d{2}(:00)?$/.test(value)) return 7
    if (/^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:00)?/.test(value)) return 13
  }
  return phrase.reduce((sum, token) => sum + index.bits(token), 0)
}

interface Look {
  readonly index: ValueIndex
  readonly documents: readonly HistoryDocument[]
  /** Documents from here on are not before the call. */
  readonly end: number
  readonly seen: (document: number) => boolean
  readonly matches: Match[]
  /** The earlier call was asked about a list of which this call takes up fewer: its answer may have picked them. */
  readonly narrows: (call: number, asked: Hit) => boolean
}

function traceLeaf(leaf: Leaf, phrase: readonly number[], leafIndex: number, look: Look): LeafTrace {
  const { index, documents } = look
  const bits = leafBits(leaf.value, phrase, index)
  if (phrase.length === 0) return { leaf, origin: 'authored', document: -1, bits: 0, authoredBits: 0 }
  const hits = visibleHits(look, phrase)
  const first = hits[0]
  if (first === undefined) {
    const authoredBits = Math.min(bits, quote(leaf, phrase, leafIndex, look))
    return { leaf, origin: 'authored', document: -1, bits, authoredBits }
  }
  const origin = originOf(documents[first.document] as HistoryDocument)
  const known = origin !== 'result'
  if (!(known && bits >= CLEARED_FOR_SURE)) {
    let rival: Rival = known ? origin : 'none'
    let listed = 0
    // A call's arguments come before its result, so one pass knows them by the time it matters.
    const given = new Map<number, Hit>()
    for (const hit of hits) {
      const document = documents[hit.document] as HistoryDocument
      if (document.kind === 'arguments') given.set(document.call, hit)
      if (document.kind !== 'result') continue
      if (listed >= MAX_HOLDERS) break
      // An echo of its own arguments reveals nothing; a bare number that happens to equal one of them is worked out.
      const asked = given.get(document.call)
      const echoes = asked !== undefined
      const scalar = hit.whole && hit.path === null && index.isNumber(phrase[0] as number)
      if (echoes && !scalar && !(rival === 'result' && look.narrows(document.call, asked))) continue
      listed++
      const against = echoes && rival === 'none' ? 'argument' : rival
      look.matches.push(matchOf(leaf, leafIndex, hit, hit.whole ? 'exact' : 'substring', against, bits, hits, look))
      if (rival === 'none') rival = 'result'
    }
  }
  return { leaf, origin, document: first.document, bits, authoredBits: 0 }
}

/**
 * A leaf that nothing holds whole may still quote: `Imhotep Quaresma birthplace` takes a name from one result and a word from
 * nowhere. Each token goes to the earliest document that holds it; what a result was first to show counts for it.
 * Returns the bits that nothing holds, or only a result by what may be chance.
 */
function quote(leaf: Leaf, phrase: readonly number[], leafIndex: number, look: Look): number {
  const { index, documents } = look
  const parts = new Map<number, { bits: number; hit: Hit; numeric: boolean }>()
  let authoredBits = 0
  for (const token of new Set(phrase)) {
    const bits = index.bits(token)
    const hit = firstVisible(look, [token])
    if (hit === undefined) {
      authoredBits += bits
      continue
    }
    const document = documents[hit.document] as HistoryDocument
    if (document.kind !== 'result' || bits < 1) continue
    // Short numbers inside a longer text (a day of a date, a house number) coincide all the time: proof of nothing, but
    // not known from anywhere else either.
    if (index.isNumber(token) && bits < MIN_NUMBER_IN_TEXT) {
      authoredBits += bits
      continue
    }
    const part = parts.get(document.call)
    if (part === undefined) parts.set(document.call, { bits, hit, numeric: index.isNumber(token) })
    else part.bits += bits
  }
  for (const { bits, hit, numeric } of parts.values()) {
    if (bits < 4) continue
    look.matches.push({ ...matchOf(leaf, leafIndex, hit, 'quoted', 'none', bits, [], look), numeric })
  }
  return authoredBits
}

function matchOf(
  leaf: Leaf,
  leafIndex: number,
  hit: Hit,
  kind: MatchKind,
  rival: Rival,
  bits: number,
  hits: readonly Hit[],
  look: Look,
): Match {
  const resultTokens = look.index.documentTokens[hit.document] ?? 0
  return {
    from: (look.documents[hit.document] as HistoryDocument).call,
    leaf: leafIndex,
    kind,
    rival,
    bits,
    resultTokens,
    sameKey: leaf.key !== '' && leaf.key.toLowerCase() === hit.key.toLowerCase(),
    wholeResult: kind === 'exact' && hit.path === null,
    numeric: typeof leaf.value === 'number' || (typeof leaf.value === 'string' && /^[\d.,\s-]+$/.test(leaf.value)),
    saidLater: hits.some((other) => {
      const document = look.documents[other.document] as HistoryDocument
      return other.document > hit.document && document.kind === 'prompt' && document.role !== 'assistant'
    }),
    hit,
  }
}

function visibleHits(look: Look, phrase: readonly number[]): Hit[] {
  const visible: Hit[] = []
  for (const hit of look.index.find(phrase)) {
    if (hit.document >= look.end) break
    if (!look.seen(hit.document)) continue
    visible.push(hit)
    if (visible.length >= MAX_PLACES) break
  }
  return visible
}

function firstVisible(look: Look, phrase: readonly number[]): Hit | undefined {
  for (const hit of look.index.find(phrase)) {
    if (hit.document >= look.end) return undefined
    if (look.seen(hit.document)) return hit
  }
  return undefined
}

function isVisible(run: Run, document: HistoryDocument, j: number): boolean {
  if (document.kind === 'result') return couldSee(run, document.call, j)
  return document.call !== j
}

function originOf(document: HistoryDocument): 'prompt' | 'argument' | 'result' {
  if (document.kind === 'result') return 'result'
  return document.kind === 'prompt' && document.role !== 'assistant' ? 'prompt' : 'argument'
}
