// Which of the results that hold a leaf may be its source, and which is the likeliest.

import { isCount, saysCount } from './day-numbers.ts'
import { echoOf } from './echo.ts'
import type { HistoryDocument } from './history.ts'
import { type Affinity, affinityOf, mayAgree } from './key-affinity.ts'
import type { Leaf } from './leaves.ts'
import type { Holders, Look, Needle } from './look.ts'
import type { PathNode } from './path-node.ts'
import type { Hit } from './pattern-places.ts'
import { keysOf, valueAt } from './value-at.ts'

/** Results that hold a value are listed up to this many: the first ones, which are the ones that can have revealed it. */
const MAX_HOLDERS = 24
/** Results listed of a value that was known before, and that no bare number stands for: what was rejected, and no more. */
const MAX_REJECTED = 2
/** A value this informative is the same thing wherever it stands; below, its role decides whose it is. */
const TELLS_BY_ITSELF = 20

/** A number of fewer bits than this stands for many things in one run. */
export const SMALL_NUMBER = 8

export interface Candidate {
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

/** Candidates of one leaf after the other, in objects that are used again: of `items`, the first `size` are those of the last. */
export interface Candidates {
  readonly items: { -readonly [Field in keyof Candidate]: Candidate[Field] }[]
  size: number
}

/** Puts every result that holds the leaf and did not just repeat it into `look.candidates`. */
export function findCandidates(needle: Needle, bits: number, holders: Holders, look: Look): void {
  const { leaf, phrase } = needle
  const { index, documents, vocabulary, candidates } = look
  candidates.size = 0
  const first = holders.results[0] === undefined ? -1 : index.documentOf(holders.results[0])
  const rejected = isBefore(holders.prompts, first) || isBefore(holders.arguments, first)
  const numeric = isNumeric(leaf)
  const isSmall = numeric && bits < SMALL_NUMBER
  const most = rejected && !numeric ? MAX_REJECTED : MAX_HOLDERS
  for (const entry of holders.results) {
    if (candidates.size >= most) break
    const hit = index.hitOf(entry)
    const { call } = documents[hit.document] as HistoryDocument
    if (!hit.whole && isSmall && isCount(leaf) && onlyTellsWhen(hit, leaf.value as number, look)) continue
    // An echo of its own arguments reveals nothing; a bare number that happens to equal one of them is worked out.
    const mayDiffer = isSmall && affinityTo(leaf, hit, call, look) === (hit.whole ? 2 : 1)
    const asked = echoOf(needle, call, holders, look, mayDiffer ? (hit.whole ? hit.key : leaf.key) : undefined)
    const scalar = hit.whole && look.unused.isBare(call) && vocabulary.isNumber(phrase[0] as number)
    const echoes = asked !== undefined
    if (echoes && !scalar && !(candidates.size > 0 && look.narrows(call, asked)) && !isFoundIn(asked, hit, look))
      continue
    const affinity = affinityTo(leaf, hit, call, look)
    const bare = scalar
    // A list that the prompt spells out is the prompt's, whatever numbers came back meanwhile.
    const listed = typeof leaf.path?.key === 'number' && (holders.prompts[0] ?? hit.document) < hit.document
    const unused = bare && look.unused.has(call) && sameSign(hit, leaf) && !listed
    put(candidates, entry, hit, call, affinity, echoes, bare, unused)
  }
}

/**
 * Whether the result was found in the text that the call was given, and is not the text: `billing` is a word of many tickets, and
 * to name it as the category of this one reveals it.
 */
function isFoundIn(asked: Hit, hit: Hit, look: Look): boolean {
  if (asked.whole || !hit.whole || hit.key === '' || hit.key === asked.key) return false
  const { value } = look.documents[asked.document] as HistoryDocument
  const text = valueAt(value, keysOf(asked.path), look.texts.opens)
  return typeof text === 'string' && text.length >= LONG_TEXT
}

/** Whether the text has the number in dates and hours alone: `updated 2031-09-30` says nothing of thirty days. */
function onlyTellsWhen(hit: Hit, value: number, look: Look): boolean {
  const text = valueAt((look.documents[hit.document] as HistoryDocument).value, keysOf(hit.path), look.texts.opens)
  return typeof text === 'string' && text.length <= MAX_READ && !saysCount(text, value)
}

/** Longer texts are not read again for one number. UTF-16 code units. */
const MAX_READ = 4096

/** Letters of a text that says more than what it is about. Shorter ones are queries and addresses. */
const LONG_TEXT = 60

function put(
  candidates: Candidates,
  entry: number,
  hit: Hit,
  call: number,
  affinity: Affinity,
  echoes: boolean,
  bare: boolean,
  unused: boolean,
): void {
  const { items } = candidates
  const one = items[candidates.size++]
  if (one === undefined) {
    items.push({ entry, hit, call, affinity, echoes, bare, unused })
    return
  }
  one.entry = entry
  one.hit = hit
  one.call = call
  one.affinity = affinity
  one.echoes = echoes
  one.bare = bare
  one.unused = unused
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
export function sourceAmong({ items, size }: Candidates, leaf: Leaf, bits: number): Candidate | undefined {
  for (let at = size - 1; at >= 0; at--) if (items[at]!.unused) return items[at]
  let best: Candidate | undefined
  for (let at = 0; at < size; at++) {
    const candidate = items[at]!
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

export const isNumeric = ({ value }: Leaf): boolean =>
  typeof value === 'number' || (typeof value === 'string' && NUMERIC.test(value))

const NUMERIC = /^[\d.,\s-]+$/

export const isBefore = (list: readonly number[], document: number): boolean =>
  list[0] !== undefined && list[0] < document

/** Property names on the way to a leaf, innermost first. */
function namesIn(path: PathNode | null): string[] {
  const names: string[] = []
  for (let node = path?.parent ?? null; node !== null && names.length < 3; node = node.parent) {
    if (typeof node.key === 'string') names.push(node.key)
  }
  return names
}
