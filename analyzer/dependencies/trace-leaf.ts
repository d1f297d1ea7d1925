import type { HistoryDocument } from './history.ts'
import { madeUpAt } from './inherited.ts'
import { leafBits } from './leaf-bits.ts'
import { isLowerCase } from './leaves.ts'
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
import { quoteLeaf } from './quote.ts'
import { regroup } from './regrouped.ts'
import { type Candidate, findCandidates, isBefore, isNumeric, SMALL_NUMBER, sourceAmong } from './result-candidates.ts'
import { spelledHolders } from './spelled.ts'
import { workOut } from './worked-out.ts'

/** A value this informative that was known before needs no result, whatever repeats it. */
const CLEARED_FOR_SURE = 16
/** In place of a document: nothing holds it. */
const NEVER = Number.POSITIVE_INFINITY

/** Traces one leaf: where it was first, and every result that may have been its source. */
export function traceLeaf(needle: Needle, leafIndex: number, look: Look): LeafTrace {
  const { leaf, phrase, pattern } = needle
  if (pattern < 0) {
    // A leaf without a word.
    return {
      leaf,
      origin: 'authored',
      document: -1,
      bits: 0,
      authoredBits: 0,
      inherited: null,
      matches: NO_MATCHES,
    }
  }
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
    // A sum of what results hold is none of the digits that stand together by chance somewhere else.
    const made = workOut(needle, leafIndex, look)
      ? ALL_MADE
      : regroup(needle, bits, leafIndex, look)
        ? NONE_MADE
        : quoteLeaf(needle, leafIndex, look)
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
    const loose = lastSeen(said.loose, look)
    listResults(needle, leafIndex, bits, prompts === holders.prompts ? holders : { ...holders, prompts }, loose, look)
  }
  const { matches } = look
  const trace: LeafTrace = { leaf, origin, document, bits, authoredBits: 0, inherited, matches }
  // Words in other forms are not among the holders; and who has taken a bare number changes from call to call.
  const isSaid = said.exact.length > 0 || said.loose.length > 0
  if (needle.isShared && held.isKept && !isSaid && !matches.some(({ wholeResult }) => wholeResult)) {
    const { tool } = look.run.calls[look.call]!
    const { looked } = held
    needle.found = { tool, leafIndex, leafCount: look.leafCount, holders: held, looked, trace }
  }
  return trace
}

/** A number that was worked out is made up by the model, and by none before. */
const ALL_MADE = { authoredBits: Number.POSITIVE_INFINITY, inherited: null } as const

/** A number that was only written otherwise was known. */
const NONE_MADE = { authoredBits: 0, inherited: null } as const

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

/** The last of these documents that the call sees, -1 for none. */
function lastSeen(list: readonly number[], look: Look): number {
  for (let at = list.length - 1; at >= 0; at--) if (list[at]! < look.end && look.sees(list[at]!)) return list[at]!
  return -1
}

/**
 * What an earlier call's argument was taken from, this one was, too: `1.txt` made of a count stays made of it. And what was made
 * up for it stays made up, however often it is used.
 */
function inherit(needle: Needle, leafIndex: number, bits: number, document: number, look: Look): Inherited | null {
  const { call } = look.documents[document] as HistoryDocument
  const source = look.argument(call, needle.pattern)
  for (const match of source?.matches ?? NO_MATCHES) {
    if (match.kind !== 'exact' && match.kind !== 'substring') {
      addMatch(look, { ...match, leaf: leafIndex })
    }
  }
  return madeUpAt(source, needle.pattern, bits, document, look)
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
  findCandidates(needle, bits, holders, look)
  const { items, size } = look.candidates
  const chosen = sourceAmong(look.candidates, leaf, bits)
  const numeric = isNumeric(leaf)
  const plain = size > 0 && (isLowerCase(leaf) || look.vocabulary.arePlain(needle.phrase))
  if (chosen?.unused) look.unused.take(chosen.call)
  for (let at = 0; at < size; at++) {
    const candidate = items[at]!
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
      probability: Number.NaN,
      hit,
    }
    addMatch(look, needle.recurs ? look.same(match, candidate.entry) : match)
  }
}

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

function saidLater(document: number, holders: Holders): SaidLater {
  for (const said of holders.prompts) {
    if (said > document) return holders.words.some((d) => d > document && d < said) ? 'shown' : 'own'
  }
  return 'no'
}

function originOf(document: HistoryDocument): 'prompt' | 'argument' | 'result' {
  if (document.kind === 'result') return 'result'
  return document.kind === 'prompt' && document.role !== 'assistant' ? 'prompt' : 'argument'
}
