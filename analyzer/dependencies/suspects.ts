// Patterns of calls in which a result may have decided that a later call was made, though no value shows it. None proves
// a dependency; each is reason enough not to call the pair independent.

import { IntPairMap, rowAfter } from '../base/int-pair-map.ts'
import { mapped } from '../base/mapped.ts'
import { remembered } from '../base/remembered.ts'
import { int32s } from '../base/typed-lists.ts'
import { type Call, NO_TURN, type Run } from '../model/run.ts'
import { type Branches, branchesOf } from './branches.ts'
import { narrowingOf } from './candidates.ts'
import { type Decision, decisionsOf } from './decisions.ts'
import { COMMON } from './information.ts'
import { argumentLeaves, type Leaf } from './leaves.ts'
import type { Match } from './look.ts'
import { failuresOf } from './outcomes.ts'
import type { Hit } from './pattern-places.ts'
import type { Provenance } from './provenance.ts'
import { scanTokens } from './scan-tokens.ts'
import { lastWord, wordsOf } from './tool-lexicon.ts'
import { toolNumbers } from './tool-numbers.ts'
import { type UserWords, userWords } from './user-words.ts'
import { keysOf, valueAt } from './value-at.ts'

/** Arguments that walk through one list: the next page is asked for because the one before said that there is more. */
const WALKS =
  /(^|_)(page|cursor|offset|skip|continuation|marker|page_?token|next_?token|start_?index)(_?num(ber)?|_?no|_?index)?$/i
/** The same, where it is a number: as a text it may as well be a date. */
const WALKS_BY_NUMBER = /(^|_)(start|begin|from|after|since|first|rows_?from)(_?(at|row|line|item|from))?$/i
/** A number this small that nobody gave is a counter: the second attempt, the third part. */
const SMALL_NUMBER = 1000

/** What failed is made up for at once: so many turns later another tool's call that shares no word with it is on its own. Chosen. */
const MAKES_UP_WITHIN = 2

/** Which pattern a pair shows; `none` for most. */
export type Suspicion =
  | 'none'
  | 'asks again'
  | 'branch'
  | 'makes up for nothing'
  | Decision
  | 'picks a candidate'
  | 'shows it again'

export interface Suspects {
  /** For calls i < j of different turns, j the later: the pattern that the pair shows. O(1) a pair, but for failures and for what the user had said as well. */
  of(i: number, j: number): Suspicion
  readonly branch: Branches
  /** Per call: whether it came to nothing. */
  readonly failed: readonly boolean[]
  /** Calls whose result may have decided on any later call: failures, and what `decisionsOf` knows. */
  decides(i: number): boolean
  /** Whether call j may show a pattern with any call before it. */
  mayFollowAny(j: number): boolean
  /** Per call: the number of what it asks, -1 for not known. Calls of two turns that ask the same are the only others that `of` suspects. */
  readonly asks: Int32Array
}

export function suspectsOf(run: Run, provenance: Provenance): Suspects {
  const { calls } = run
  const failed = failuresOf(calls)
  const decided = decisionsOf(run, provenance)
  const tokensOf = remembered((index: number) => tokensIn(run, index))
  const branch = branchesOf(run, provenance)
  const sums = sumsOf(calls)
  const asks = skeletonsOf(run, provenance, sums)
  const narrowed = narrowingOf(run)
  const shown = mapped(calls, (_, j) => shownAgain(provenance, j))
  const user = userWords(run)

  return {
    of: (i, j) => {
      const earlier = calls[i]!
      const later = calls[j]!
      if (earlier.turn === NO_TURN || earlier.turn >= later.turn) return 'none'
      if (asks[i] !== -1 && asks[i] === asks[j]) return 'asks again'
      // "If" in a sum supposes, and asks nothing of the result before.
      const computes = sums[i] === true && sums[j] === true
      if (!computes && branch.of(i, j) === 'about') return 'branch'
      // Of the same tool it is the next of a list, unless the user named alternatives.
      const isMakeshift = earlier.tool !== later.tool || user.says('or', later.turn)
      const soon = isMakeshift && later.turn - earlier.turn <= MAKES_UP_WITHIN
      if (failed[i] && (soon || sharesOne(tokensOf(i), tokensOf(j)))) return 'makes up for nothing'
      const decision = decided.of(i, j)
      if (decision !== undefined) return decision
      if (narrowed.of(i, j)) return 'picks a candidate'
      const again = shown[j]!.get(i)
      return again !== undefined && showsAgain(run, provenance, user, again, j) ? 'shows it again' : 'none'
    },
    failed,
    branch,
    decides: (i) => failed[i] === true || decided.any(i),
    mayFollowAny: (j) => branch.mayBeAbout(j) || narrowed.mayHavePicked(j) || shown[j]!.size > 0,
    asks,
  }
}

/** Tokens of an answer in which nothing stands by chance. Chosen. */
const SHORT_ANSWER = 60

/** Words that everyone uses are in every result. */
const SOME_BITS = 4

/**
 * Matches of one call's arguments with results that show by themselves what the user had said as well, all but long ids. By the
 * earlier call.
 */
function shownAgain(provenance: Provenance, j: number): ReadonlyMap<number, readonly Match[]> {
  const trace = provenance.calls[j]
  if (trace === undefined) return NOTHING_SHOWN
  let shown: Map<number, Match[]> | undefined
  for (const { matches } of trace.leaves) {
    for (const match of matches) {
      const { from, rival, bits, numeric } = match
      if (rival !== 'prompt' || (!numeric && bits < SOME_BITS)) continue
      shown ??= new Map()
      const known = shown.get(from)
      if (known === undefined) shown.set(from, [match])
      else known.push(match)
    }
  }
  return shown ?? NOTHING_SHOWN
}

const NOTHING_SHOWN: ReadonlyMap<number, readonly Match[]> = new Map()

/**
 * Whether the result that is matched may be where the value is from although the user said it too, as something else:
 * - a number that the result has as a value of its own before an argument that is an id, a number or a version, or calls as the
 *   argument does, or by a name that ends alike, or has in a text beside the argument's name (`2 adults` before `{"room": 2}` or `Room 2 is free`);
 * - a name that the result shows under a property that the user spoke of, and never called it by (`Kim asked me to find the
 *   owner` before `{"owner": "Kim"}`);
 * - a plain word that the result has in a list (`How many users are there?` before a list of tables), or calls as the argument does;
 * - a name that answers who, which or where (`Find out who is on duty, Ann or Kim`), or in a text that answers any question;
 * - one of two that the user left open (`Basic or Plus?`);
 * - what a short answer calls by another name than the argument (`{"on_duty": "Kim"}` before `{"name": "Kim"}`).
 */
function showsAgain(run: Run, provenance: Provenance, user: UserWords, matches: readonly Match[], j: number): boolean {
  const { turn } = run.calls[j]!
  return matches.some(({ from, leaf: at, affinity, hit, numeric, plain, resultTokens }) => {
    const leaf = provenance.calls[j]?.leaves[at]?.leaf
    if (leaf === undefined) return false
    if (user.offers(String(leaf.value), turn)) return true
    if (user.names(leaf, turn)) return false
    // Of a text, the affinity is 1 where it names the number so.
    if (numeric) return affinity > 0 || (hit.whole && NUMBERED.has(lastWord(leaf.key)))
    if (plain && isListed(run.calls[from]!, hit, leaf)) return true
    if (!hit.whole) return user.asks(turn)
    // `{"category": "billing"}` before the same argument: that the user wrote of a billing page says nothing of a category.
    if (plain && affinity === 2) return true
    if (affinity < 2 && user.names(leaf, turn, hit.key)) return false
    if (user.asksWhich(turn)) return true
    // One tool asked about two things that the user named: whatever else the first answer says of the second.
    const isFanOut = run.calls[from]!.tool === run.calls[j]!.tool
    if (!isFanOut && affinity < 2 && hit.key !== '' && !COMMON.has(hit.key) && resultTokens <= SHORT_ANSWER) return true
    return wordsOf(hit.key).some((name) => (affinity === 2 || !COMMON.has(name)) && user.says(name, turn))
  })
}

/** What has a number for a name: `We run 3 copies` names no release 3. */
const NUMBERED = new Set('id number no index rev revision version'.split(' '))

/** `["users"]`, `[{"name": "users"}]`, `users, orders`, a line of its own. */
function isListed({ result }: Call, { path, whole }: Hit, { value }: Leaf): boolean {
  if (whole) return typeof path?.key === 'number' || typeof path?.parent?.key === 'number'
  const text = valueAt(result, keysOf(path))
  if (typeof text !== 'string') return false
  const items = text.toLowerCase().split(/[\n,;|]/)
  return items.length > 1 && items.some((item) => item.replace(BULLET, '').trim() === String(value).toLowerCase())
}

const BULLET = /^\s*([-*•]|\d+[.)])\s/

/** Per call: whether numbers go in and a number comes out. Remembered as `argumentLeaves` are. */
export function sumsOf(calls: readonly Call[]): readonly boolean[] {
  let sums = knownSums.get(calls)
  if (sums === undefined) {
    const leaves = argumentLeaves(calls)
    sums = mapped(
      calls,
      ({ result }, i) => typeof result === 'number' && leaves[i]!.every(({ value }) => typeof value === 'number'),
    )
    knownSums.set(calls, sums)
  }
  return sums
}

const knownSums = new WeakMap<readonly Call[], readonly boolean[]>()

/** Tool and arguments without what counts up, as a number: two calls with one skeleton ask the same thing again. -1 for none. */
function skeletonsOf(run: Run, provenance: Provenance, sums: readonly boolean[]): Int32Array {
  const rows = new IntPairMap()
  const { of: toolOf } = toolNumbers(run.calls)
  const walkOf = remembered(walkBy)
  return int32s(run.calls, (_, index) => {
    const trace = provenance.calls[index]
    if (trace === undefined) return -1
    let row = rowAfter(rows, 0, toolOf[index]!)
    for (const { leaf, origin } of trace.leaves) {
      const { key, value, number } = leaf
      const walk = walkOf(key)
      if (walk === 'always' || (walk === 'numbers' && typeof value === 'number')) continue
      const counts = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < SMALL_NUMBER
      const isCounter = counts && (origin === 'authored' || (origin === 'argument' && !sums[index]))
      // The first call of a series often leaves its counter out.
      if (!isCounter) row = rowAfter(rows, row, number)
    }
    return row
  })
}

/** Whether an argument of this name walks through a list, where it is a number or whatever it is. */
function walkBy(key: string): 'always' | 'numbers' | 'never' {
  const spelled = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
  return WALKS.test(spelled) ? 'always' : WALKS_BY_NUMBER.test(spelled) ? 'numbers' : 'never'
}

/** Words of three letters and numbers of three digits or more in a call's arguments. */
function tokensIn(run: Run, index: number): Set<string> {
  const found = new Set<string>()
  for (const { value } of argumentLeaves(run.calls)[index]!) {
    if (typeof value !== 'string' && typeof value !== 'number') continue
    addTokens(String(value), found)
  }
  return found
}

function addTokens(value: string, found: Set<string>): void {
  scanTokens(value, (word) => {
    if (word.length >= 3) found.add(word)
  })
}

function sharesOne(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const token of a) if (b.has(token)) return true
  return false
}
