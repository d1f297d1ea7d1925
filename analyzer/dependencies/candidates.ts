// A choice that leaves no new value: the candidates were named beforehand, and a result picked among them. Lists of
// candidates are read off the user's words (`Oslo, Bergen or Hamar`) and off lists in arguments (`{"cities": [...]}`).

import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { argumentLeaves } from './leaves.ts'
import { scanTokens } from './tokens.ts'

/** Lists followed per run, and candidates per list: so many sit in the bits of a number, and no user names more. */
const MAX_LISTS = 32
const MAX_CANDIDATES = 24

/** One to three words that begin like a name, or an id. */
const NAME = String.raw`[\p{Lu}\d][\p{L}\d._-]*(?: [\p{Lu}\d][\p{L}\d._-]*){0,2}`
const NAMES = new RegExp(String.raw`${NAME}(?:(?:\s*,\s*(?:and |or )?| and | or | vs\.? | versus |\/)${NAME})+`, 'gu')
/** A choice between plain words is worded as one. */
const WORDS = /[\p{L}\d_-]+(?:\s*,\s*[\p{L}\d_-]+)*(?:,? or | vs\.? | versus )[\p{L}\d_-]+/gu
const BETWEEN = /\s*,\s*(?:and |or )?| and | or | vs\.? | versus |\//u

export interface Narrowing {
  /** See `narrowingOf`. O(lists) a pair. */
  of(i: number, j: number): boolean
  /** Whether any result may have picked what call j took up. */
  mayHavePicked(j: number): boolean
}

/**
 * Whether the result of call i may have picked, among candidates known before, the one that call j took up: j takes some of
 * a list and not all, and i was asked about the whole list, or about none of it and its result names some but not all.
 * A result that only repeats the one candidate its call was given picks nothing.
 */
export function narrowingOf(run: Run): Narrowing {
  const lists = listsOf(run)
  if (lists.length === 0) return { of: () => false, mayHavePicked: () => false }
  const asked = remembered((call) => lists.map((list) => holdings(run.calls[call]?.arguments, list)))
  // Results are long, and most are never asked about.
  const told = remembered((call) => lists.map((list) => holdings(run.calls[call]?.result, list)))
  const takes = (j: number, list: readonly string[], at: number): boolean => {
    const taken = asked(j)[at] ?? 0
    return taken !== 0 && taken !== 2 ** list.length - 1
  }
  const mayHavePicked = remembered((j) => lists.some((list, at) => takes(j, list, at)))
  const of = (i: number, j: number): boolean =>
    lists.some((list, at) => {
      if (!takes(j, list, at)) return false
      const all = 2 ** list.length - 1
      const taken = asked(j)[at] ?? 0
      const given = asked(i)[at] ?? 0
      if (given !== 0 && (given & taken) === 0) return false
      // Asked about more than is taken up: whatever it answered may have decided.
      if ((given & ~taken) !== 0) return true
      const shown = given === 0 ? (told(i)[at] ?? 0) : 0
      return given === 0 && (shown & taken) !== 0 && shown !== all
    })
  return { of: (i, j) => mayHavePicked(j) && of(i, j), mayHavePicked }
}

/** Distinct lists of at least two candidates, each candidate as folded text between spaces. */
function listsOf(run: Run): string[][] {
  const lists = new Map<string, string[]>()
  const put = (items: readonly string[]) => {
    const list = [...new Set(items.map(folded).filter((item) => item.trim() !== '' && !isCount(item)))].slice(
      0,
      MAX_CANDIDATES,
    )
    if (list.length > 1 && lists.size < MAX_LISTS) lists.set(list.join('|'), list)
  }
  for (const { role, text } of run.messages) {
    if (role !== 'user') continue
    for (const found of [...text.matchAll(NAMES), ...text.matchAll(WORDS)]) put(found[0].split(BETWEEN))
  }
  for (const call of run.calls) for (const list of argumentLists(call.arguments)) put(list)
  return [...lists.values()]
}

/** Small numbers are quantities: `3, 4 and 5` are no candidates. */
const isCount = (item: string): boolean => /^ [\d.,]{1,4} $/.test(item)

/** Lists of scalars, and values under numbered names: `city1`, `city2`; `product_a`, `product_b`. */
function argumentLists(args: Json | undefined): string[][] {
  const groups = new Map<string, string[]>()
  for (const { key, value, path } of argumentLeaves(args)) {
    if ((typeof value !== 'string' && typeof value !== 'number') || path === null) continue
    const numbered = typeof path.key === 'number' || /(\d|_[ab])$/i.test(key)
    if (!numbered) continue
    const name = key.replace(/_?(\d+|[ab])$/i, '')
    groups.set(name, [...(groups.get(name) ?? []), String(value)])
  }
  return [...groups.values()]
}

function remembered<T>(of: (call: number) => T): (call: number) => T {
  const known = new Map<number, T>()
  return (call) => {
    const value = known.get(call) ?? of(call)
    known.set(call, value)
    return value
  }
}

/** Which candidates a value names, as bits. */
function holdings(value: Json | undefined, list: readonly string[]): number {
  if (value === undefined || value === null) return 0
  const text = folded(typeof value === 'string' ? value : JSON.stringify(value))
  return list.reduce((bits, item, at) => (text.includes(item) ? bits | (1 << at) : bits), 0)
}

/** ` new york 42 `: tokens with one space around each. */
function folded(text: string): string {
  const words: string[] = []
  scanTokens(text, (word) => words.push(word))
  return ` ${words.join(' ')} `
}
