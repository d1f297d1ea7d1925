// Which documents hold a value, for one call after the other. What every call is given is held by ever more of them, so a later
// call goes on where an earlier one stopped.

import { int32Zeros } from '../base/zeros.ts'
import type { HistoryDocument } from './history.ts'
import type { Holders } from './look.ts'
import type { ValueIndex } from './value-index.ts'

/** Documents looked at per leaf, in time order: a value in more of them than this is a constant of the run. */
const MAX_DOCUMENTS = 96

interface Lists extends Holders {
  prompts: number[]
  words: number[]
  arguments: number[]
  results: number[]
  looked: number
  isKept: boolean
  /** The entry to go on with, -1 for none. */
  next: number
  /** The last document that was taken in. */
  last: number
  /** The highest call whose result was taken in. */
  latest: number
}

/**
 * @param canKeep whether what one call sees, each later one does that is after all calls seen: so it is unless a call is of no
 * turn.
 */
export function rememberedHolders(index: ValueIndex, documents: readonly HistoryDocument[], canKeep: boolean) {
  /** Per pattern: where its lists are, plus one. A list with an entry for a few of thousands of patterns would be slow. */
  const place = int32Zeros(index.patternCount)
  const known: Lists[] = []
  /** Documents before `end` that call `call` sees and that hold the pattern. Calls come in the order of their arguments. */
  return (pattern: number, call: number, end: number, sees: (document: number) => boolean): Holders => {
    const at = place[pattern]!
    let lists = at === 0 ? undefined : known[at - 1]
    if (lists === undefined || !lists.isKept || lists.latest >= call) {
      const first = index.first(pattern)
      // Most of what is new to a call is held by none before it.
      if (first < 0 || index.documentOf(first) >= end) return NO_HOLDERS
      const fresh = newLists(first, canKeep)
      if (lists === undefined) place[pattern] = known.push(fresh)
      lists = fresh
    }
    while (lists.next >= 0) {
      const d = index.documentOf(lists.next)
      if (d >= end) break
      const document = documents[d] as HistoryDocument
      if (d === lists.last) improve(lists, document, index)
      else if (!sees(d)) lists.isKept = false
      else if (lists.looked === MAX_DOCUMENTS) {
        lists.next = -1
        break
      } else takeIn(lists, d, document)
      lists.next = index.next(lists.next)
    }
    return lists
  }
}

/** In place of a list that nothing is in: most lists of most patterns stay so. Never pushed to. */
const NONE: number[] = []

const NO_HOLDERS: Holders = { prompts: NONE, words: NONE, arguments: NONE, results: NONE, looked: 0, isKept: false }

const newLists = (next: number, isKept: boolean): Lists => ({
  prompts: NONE,
  words: NONE,
  arguments: NONE,
  results: NONE,
  looked: 0,
  isKept,
  next,
  last: -1,
  latest: -1,
})

function takeIn(lists: Lists, d: number, { kind, role, turn, call }: HistoryDocument): void {
  lists.last = d
  lists.looked++
  if (kind === 'result') {
    lists.results = added(lists.results, lists.next)
    lists.latest = Math.max(lists.latest, call)
  } else if (kind === 'arguments') lists.arguments = added(lists.arguments, d)
  else if (kind === 'words' || (role === 'assistant' && turn > 0)) lists.words = added(lists.words, d)
  else lists.prompts = added(lists.prompts, d)
}

function added(list: number[], one: number): number[] {
  if (list === NONE) return [one]
  // A list that is pushed to gets room for seventeen more.
  if (list.length === 1) return [list[0]!, one]
  list.push(one)
  return list
}

/** Of one document, an entry that is a whole leaf is better than one that is a part of one. */
function improve({ results, next }: Lists, { kind }: HistoryDocument, index: ValueIndex): void {
  const best = results.length - 1
  if (kind !== 'result' || best < 0 || index.documentOf(results[best]!) !== index.documentOf(next)) return
  if (index.isWhole(next) && !index.isWhole(results[best]!)) results[best] = next
}
