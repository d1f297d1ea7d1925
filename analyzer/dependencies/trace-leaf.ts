import { echoOf } from './echo.ts'
import type { HistoryDocument } from './history.ts'
import { madeUpAt } from './inherited.ts'
import { type Affinity, affinityOf, mayAgree } from './key-affinity.ts'
import { leafBits } from './leaf-bits.ts'
import { isLowerCase, type Leaf, type PathNode } from './leaves.ts'
import {
  addMatch,
  type Holders,
  type Inherited,
  type LeafTrace,
  type Look,
  type Match,
  type MatchKind,
  type Needle,
  NO_MATCHES,
  type Rival,
  type SaidLater,
} from './look.ts'
import type { Hit } from './pattern-places.ts'
import { quoteLeaf } from './quote.ts'
import { spelledHolders } from './spelled.ts'
import { keysOf, valueAt } from './value-at.ts'
import { workOut } from './worked-out.ts'

/** Results that hold a value are listed up to this many: the first ones, which are the ones that can have revealed it. */
const MAX_HOLDERS = 24
/** Results listed of a value that was known before, and that no bare number stands for: what was rejected, and no more. */
const MAX_REJECTED = 2
/** A value this informative that was known before needs no result, whatever repeats it. */
const CLEARED_FOR_SURE = 16
/** A value this informative is the same thing wherever it stands; below, its role decides whose it is. */
const TELLS_BY_ITSELF = 20

/** A number of fewer bits than this stands for many things in one run. */
const SMALL_NUMBER = 8

/** In place of a document: nothing holds it. */
const NEVER = Number.POSITIVE_INFINITY

/** Traces one leaf: where it was first, and every result that may have been its source. */
export function traceLeaf(needle: Needle, leafIndex: number, look: Look): LeafTrace {
  const { leaf, phrase, pattern } = needle
  if (pattern < 0) return { ...NOWHERE, leaf }
  const held = look.holdersOf(pattern)
  const known = foundBefore(needle, leafIndex, held, look)
  if (known !== undefined) return known
  const holders = spelledHolders(held, needle, look)
  const { documents, vocabulary } = look
  look.matches = NO_MATCHES
  const bits = leafBits(leaf.value, phrase, vocabulary)
  const said = look.said.of(leaf.value)
  const prompts = merged(holders.prompts, said.exact, look)
  const firstKnown = Math.min(prompts[0] ?? NEVER, holders.arguments[0] ?? NEVER)
  const firstResult = holders.results[0] === undefined ? NEVER : look.index.documentOf(holders.results[0])
  if (firstKnown === NEVER && firstResult === NEVER) {
    const words = holders.words[0]
    const origin = words === undefined ? 'authored' : 'argument'
    const made = workOut(needle, leafIndex, look) ? ALL_MADE : quoteLeaf(needle, leafIndex, look)
    const authoredBits = Math.min(bits, made.authoredBits)
    return {
      leaf,
      origin,
      document: words ?? -1,
      bits,
      authoredBits,
      inherited: made.inherited,
      matches: look.matches,
    }
  }
  const document = Math.min(firstKnown, firstResult)
  const origin = originOf(documents[document] as HistoryDocument)
  const isArgument = firstKnown < firstResult && origin === 'argument'
  const inherited = isArgument ? inherit(needle, leafIndex, bits, document, look) : null
  if (origin === 'result' || bits < CLEARED_FOR_SURE) {
    const loose = said.loose.findLast((d) => d < look.end && look.sees(d)) ?? -1
    listResults(needle, leafIndex, bits, prompts === holders.prompts ? holders : { ...holders, prompts }, loose, look)
  }
  const { matches } = look
  const trace: LeafTrace = { leaf, origin, document, bits, authoredBits: 0, inherited, matches }
  // Words in other forms are not among the holders; and who has taken a bare number changes from call to call.
  const isSaid = said.exact.length > 0 || said.loose.length > 0
  if (held.isKept && !isSaid && !matches.some(({ wholeResult }) => wholeResult)) {
    const { tool } = look.run.calls[look.call]!
    const { looked } = held
    needle.found = { tool, leafIndex, leafCount: look.leafCount, holders: held, looked, trace }
  }
  return trace
}

/** A number that was worked out is made up by the model, and by none before. */
const ALL_MADE = { authoredBits: Number.POSITIVE_INFINITY, inherited: null } as const

/** A leaf without a word. */
const NOWHERE = { origin: 'authored', document: -1, bits: 0, authoredBits: 0, inherited: null, matches: [] } as const

/** What an equal leaf of an equal call came to, if no document has been added since to those that hold it. */
function foundBefore({ found }: Needle, leafIndex: number, holders: Holders, look: Look): LeafTrace | undefined {
  if (found === null || found.holders !== holders || found.looked !== holders.looked) return undefined
  if (found.leafIndex !== leafIndex || found.leafCount !== look.leafCount) return undefined
  return found.tool === look.run.calls[look.call]!.tool ? found.trace : undefined
}

function merged(prompts: readonly number[], said: readonly number[], look: Look): readonly number[] {
  if (said.length === 0) return prompts
  const more = said.filter((d) => d < look.end && look.sees(d))
  return more.length === 0 ? prompts : [...new Set([...prompts, ...more])].sort((a, b) => a - b)
}

/**
 * What an earlier call's argument was taken from, this one was, too: `1.txt` made of a count stays made of it. And what was made
 * up for it stays made up, however often it is used.
 */
function inherit(needle: Needle, leafIndex: number, bits: number, document: number, look: Look): Inherited | null {
  const { call } = look.documents[document] as HistoryDocument
  const source = look.argument(call, needle.pattern)
  for (const match of source?.matches ?? []) {
    if (match.kind !== 'exact' && match.kind !== 'substring') {
      addMatch(look, { ...match, leaf: leafIndex })
    }
  }
  return madeUpAt(source, needle.pattern, bits, document, look)
}

interface Candidate {
  readonly entry: number
  readonly hit: Hit
  readonly call: number
  readonly affinity: Affinity
  readonly echoes: boolean
  /** The result is this number and nothing else. */
  readonly bare: boolean
  /** And no earlier call, and no earlier leaf of this one, has taken it. */
  readonly unused: boolean
}

/** Every result that holds the leaf and did not just repeat it; one of them, the likeliest source, without a rival among them. */
function listResults(
  needle: Needle,
  leafIndex: number,
  bits: number,
  holders: Holders,
  loose: number,
  look: Look,
): void {
  const { leaf } = needle
  const candidates = candidatesOf(needle, bits, holders, look)
  const chosen = sourceAmong(candidates, leaf, bits)
  const numeric = isNumeric(leaf)
  const plain = isLowerCase(leaf) || needle.phrase.every((token) => look.vocabulary.isPlain(token))
  if (chosen?.unused) look.unused.take(chosen.call)
  for (const candidate of candidates) {
    const { hit, affinity, echoes, call } = candidate
    const known: Rival = isBefore(holders.prompts, hit.document)
      ? 'prompt'
      : echoes || isBefore(holders.arguments, hit.document)
        ? 'argument'
        : 'none'
    const incidental = known !== 'none' && isIncidental(candidate, needle, bits, known, holders, look)
    const match: Match = {
      from: call,
      leaf: leafIndex,
      kind: (hit.whole ? 'exact' : 'substring') satisfies MatchKind,
      rival: candidate !== chosen ? 'result' : known,
      bits,
      resultTokens: look.index.documentTokens[hit.document] ?? 0,
      affinity,
      wholeResult: candidate.bare,
      numeric,
      plain,
      saidLater: saidLater(hit.document, holders),
      loose: loose > hit.document,
      unused: candidate.unused && candidate === chosen,
      share: 1,
      incidental,
      hit,
    }
    addMatch(look, look.same(match, candidate.entry))
  }
}

function candidatesOf(needle: Needle, bits: number, holders: Holders, look: Look): Candidate[] {
  const { leaf, phrase } = needle
  const { index, documents, vocabulary } = look
  const candidates: Candidate[] = []
  const first = holders.results[0] === undefined ? -1 : index.documentOf(holders.results[0])
  const rejected = isBefore(holders.prompts, first) || isBefore(holders.arguments, first)
  const isSmall = isNumeric(leaf) && bits < SMALL_NUMBER
  const most = rejected && !isNumeric(leaf) ? MAX_REJECTED : MAX_HOLDERS
  for (const entry of holders.results) {
    if (candidates.length >= most) break
    const hit = index.hitOf(entry)
    const { call } = documents[hit.document] as HistoryDocument
    // An echo of its own arguments reveals nothing; a bare number that happens to equal one of them is worked out.
    const mayDiffer = isSmall && affinityTo(leaf, hit, call, look) === (hit.whole ? 2 : 1)
    const asked = echoOf(needle, call, holders, look, mayDiffer ? (hit.whole ? hit.key : leaf.key) : undefined)
    const scalar = hit.whole && look.unused.isBare(call) && vocabulary.isNumber(phrase[0] as number)
    const echoes = asked !== undefined
    if (echoes && !scalar && !(candidates.length > 0 && look.narrows(call, asked))) continue
    const affinity = affinityTo(leaf, hit, call, look)
    const bare = scalar
    // A list that the prompt spells out is the prompt's, whatever numbers came back meanwhile.
    const listed = typeof leaf.path?.key === 'number' && (holders.prompts[0] ?? hit.document) < hit.document
    const unused = bare && look.unused.has(call) && sameSign(hit, leaf) && !listed
    candidates.push({ entry, hit, call, affinity, echoes, bare, unused })
  }
  return candidates
}

/** By the names of argument and property; of digits in a text, by the words beside them (`id: 26`). */
function affinityTo(leaf: Leaf, hit: Hit, call: number, look: Look): Affinity {
  const { calls } = look.run
  if (hit.whole) {
    if (!mayAgree(leaf.key, hit.key)) return 0
    return affinityOf(
      { key: leaf.key, context: [calls[look.call]?.tool ?? '', ...namesIn(leaf.path)] },
      { key: hit.key, context: [calls[call]?.tool ?? '', ...namesIn(hit.path)] },
    )
  }
  if (!isNumeric(leaf)) return 0
  const { value } = look.documents[hit.document] as HistoryDocument
  return look.texts.names(valueAt(value, keysOf(hit.path), look.texts.opens), leaf) ? 1 : 0
}

/** The first result that showed a telling value; of values that stand for many things, the one in the same role. */
function sourceAmong(candidates: readonly Candidate[], leaf: Leaf, bits: number): Candidate | undefined {
  const unused = candidates.findLast((candidate) => candidate.unused)
  if (unused !== undefined) return unused
  let best: Candidate | undefined
  for (const candidate of candidates) {
    if (candidate.echoes && !candidate.bare) continue
    if (best === undefined || rank(candidate, leaf, bits) > rank(best, leaf, bits)) best = candidate
  }
  return best
}

function rank({ hit, affinity }: Candidate, { value }: Leaf, bits: number): number {
  const sign = typeof value === 'number' && value < 0 === hit.negative ? 1 : 0
  return bits >= TELLS_BY_ITSELF ? sign : 8 * sign + 2 * affinity + (hit.whole ? 1 : 0)
}

const sameSign = (hit: Hit, leaf: Leaf): boolean => String(leaf.value).startsWith('-') === hit.negative

/** The value was known, but as another thing: its digits in some sentence, or as an argument by another name. */
function isIncidental(
  candidate: Candidate,
  { leaf, pattern }: Needle,
  bits: number,
  known: Rival,
  holders: Holders,
  look: Look,
): boolean {
  if (!isNumeric(leaf) || bits >= SMALL_NUMBER || candidate.affinity < 2 || candidate.echoes) return false
  if (known === 'prompt') {
    return holders.prompts.every((d) => !look.texts.names((look.documents[d] as HistoryDocument).value, leaf))
  }
  return holders.arguments.every((d) => {
    for (let entry = look.index.first(pattern); entry >= 0; entry = look.index.next(entry)) {
      if (look.index.documentOf(entry) !== d) continue
      if (look.index.isWhole(entry) && look.index.keyOf(entry) === leaf.key) return false
    }
    return true
  })
}

const isNumeric = ({ value }: Leaf): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^[\d.,\s-]+$/.test(value))

const isBefore = (list: readonly number[], document: number): boolean => list[0] !== undefined && list[0] < document

function saidLater(document: number, holders: Holders): SaidLater {
  const said = holders.prompts.find((d) => d > document)
  if (said === undefined) return 'no'
  return holders.words.some((d) => d > document && d < said) ? 'shown' : 'own'
}

/** Property names on the way to a leaf, innermost first. */
function namesIn(path: PathNode | null): string[] {
  const names: string[] = []
  for (let node = path?.parent ?? null; node !== null && names.length < 3; node = node.parent) {
    if (typeof node.key === 'string') names.push(node.key)
  }
  return names
}

function originOf(document: HistoryDocument): 'prompt' | 'argument' | 'result' {
  if (document.kind === 'result') return 'result'
  return document.kind === 'prompt' && document.role !== 'assistant' ? 'prompt' : 'argument'
}
