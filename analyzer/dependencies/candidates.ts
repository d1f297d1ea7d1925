// A choice that leaves no new value: the candidates were named beforehand, and a result picked among them.

import { wordsIn } from '../base/bits.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { choicesOf, isTask } from './choices.ts'
import { IntPairMap } from './int-pair-map.ts'
import { int32s } from './typed-lists.ts'
import { wordPlaces } from './word-places.ts'

/** Words that ask for one of several. Each costs the savings of runs whose task says it, and names more than it asks about. */
const CHOICE =
  /\b(right|best|better|worse|worst|correct|appropriate|suitable|winner|most|least|fewest|fits?|suits?|matching|whichever|(the )?ones? (that|which|who|with|in|at|on|of|near\w*)|(cheap|fast|slow|near|clos|new|old|young|larg|small|high|low|bigg|great|long|short|late|earli|quick|strong|busi)(er|est))\b/i

export interface Narrowing {
  /** See `narrowingOf`. O(groups) a pair. */
  of(i: number, j: number): boolean
  /** Whether any result may have picked what call j took up. */
  mayHavePicked(j: number): boolean
}

/**
 * Whether the result of call i may have picked, among candidates known before, the one that call j took up. All calls of j's
 * tool together take some of a group and not all, and
 * - i, or another call of its tool before j, was asked about more of it than that, or
 * - i was asked about none of it, and its result names some, or the task asks for one of several.
 */
export function narrowingOf(run: Run): Narrowing {
  // Whoever asks about no pair pays nothing.
  let found: Narrowing | undefined
  const known = (): Narrowing => {
    found ??= readNarrowing(run)
    return found
  }
  return { of: (i, j) => known().of(i, j), mayHavePicked: (j) => known().mayHavePicked(j) }
}

function readNarrowing(run: Run): Narrowing {
  const { groups, areMore } = choicesOf(run)
  if (areMore) return { of: () => true, mayHavePicked: () => true }
  if (groups.length === 0) return { of: () => false, mayHavePicked: () => false }
  const { groupOf, holdings } = candidatesOf(groups)
  const asked = run.calls.map((call) => holdings(call.arguments))
  const isAskedOf = groupsAsked(asked, groupOf)
  const { isWhole, asksForMore } = takenByTools(run, asked, groups, groupOf)
  // Results are long, and most are never asked about.
  const told: (ReadonlySet<number> | undefined)[] = run.calls.map(() => undefined)
  const picks = run.calls.map((_, j): readonly number[] => {
    const found = asked[j]!.filter((candidate) => !isWhole(j, groupOf[candidate]!))
    return found.length === 0 ? NOTHING_HELD : found
  })
  const choosesFrom = run.messages.reduce(
    (first, { role, text, beforeTurn }) => (isTask(role) && CHOICE.test(text) ? Math.min(first, beforeTurn) : first),
    Number.POSITIVE_INFINITY,
  )
  const of = (i: number, j: number): boolean => {
    for (const candidate of picks[j]!) {
      const group = groupOf[candidate]!
      if (isAskedOf(i, group)) {
        if (asksForMore(group, i, j)) return true
        continue
      }
      if (choosesFrom <= run.calls[j]!.turn) return true
      told[i] ??= setOf(holdings(run.calls[i]!.result))
      if (told[i]!.has(candidate)) return true
    }
    return false
  }
  return { of, mayHavePicked: (j) => picks[j]!.length > 0 }
}

const NOTHING_HELD: readonly number[] = []
const HOLDS_NONE: ReadonlySet<number> = new Set()

const setOf = (numbers: readonly number[]): ReadonlySet<number> =>
  numbers.length === 0 ? HOLDS_NONE : new Set(numbers)

/** Of more candidates it is noted which groups they are of; of fewer it is quicker to look. */
const FEW = 8

/** Whether a call names a candidate of a group. O(1) after the first time. */
function groupsAsked(asked: readonly (readonly number[])[], groupOf: readonly number[]) {
  const known: (ReadonlySet<number> | undefined)[] = asked.map(() => undefined)
  return (call: number, group: number): boolean => {
    const own = asked[call]!
    if (own.length <= FEW) return own.some((candidate) => groupOf[candidate] === group)
    known[call] ??= new Set(own.map((candidate) => groupOf[candidate]!))
    return known[call]!.has(group)
  }
}

/** What the calls of one tool name together. */
function takenByTools(
  run: Run,
  asked: readonly (readonly number[])[],
  groups: readonly (readonly string[])[],
  groupOf: readonly number[],
) {
  const numberOf = new Map<string, number>()
  /** Per tool: a bit for each candidate, and how many of each group. */
  const taken: Int32Array[] = []
  const counts: Int32Array[] = []
  const isTaken = (tool: number, candidate: number): boolean =>
    ((taken[tool]![candidate >>> 5]! >>> (candidate & 31)) & 1) === 1
  const toolOf = int32s(run.calls, ({ tool }, call) => {
    let number = numberOf.get(tool)
    if (number === undefined) {
      number = taken.push(new Int32Array(wordsIn(groupOf.length))) - 1
      counts.push(new Int32Array(groups.length))
      numberOf.set(tool, number)
    }
    const own = taken[number]!
    const ofGroup = counts[number]!
    for (const candidate of asked[call]!) {
      if (isTaken(number, candidate)) continue
      own[candidate >>> 5] = own[candidate >>> 5]! | (1 << (candidate & 31))
      ofGroup[groupOf[candidate]!] = ofGroup[groupOf[candidate]!]! + 1
    }
    return number
  })
  /** The answer about a group and two tools, looked for once: many pairs of calls are of the same two. */
  const areMore = new Map<number, boolean>()
  return {
    /** Whether the calls of a call's tool name all of a group. */
    isWhole: (call: number, group: number): boolean => counts[toolOf[call]!]![group] === groups[group]!.length,
    /** Whether the calls of call i's tool name one of a group that those of j's do not; both name some. */
    asksForMore(group: number, i: number, j: number): boolean {
      const [more, less] = [toolOf[i]!, toolOf[j]!]
      // What one call of a tool is asked about, the calls of that tool take together.
      if (more === less) return false
      const question = (group * taken.length + more) * taken.length + less
      let answer = areMore.get(question)
      if (answer === undefined) {
        answer = false
        const first = groupOf.indexOf(group)
        for (let candidate = first; groupOf[candidate] === group; candidate++) {
          answer ||= isTaken(more, candidate) && !isTaken(less, candidate)
        }
        areMore.set(question, answer)
      }
      return answer
    },
  }
}

/**
 * Candidates are numbered, group after group: of which group each is, and which ones a value names, each once, in one pass over
 * the value's words.
 */
function candidatesOf(groups: readonly (readonly string[])[]) {
  const groupOf: number[] = []
  /** Candidates are rows of words, and rows that begin alike are one state up to there: by the state before its last word, and that. 0 is the start. */
  const next = new IntPairMap()
  const wordNumbers = new Map<string, number>()
  /** Per state: the last candidate that ends there; per candidate: the one before that ends in the same state. -1 for none. */
  const lastAt: number[] = [-1]
  const goesOn: boolean[] = [true]
  const before: number[] = []
  groups.forEach((items, group) => {
    for (const item of items) {
      let state = 0
      // Its words are folded, with a space between.
      for (const text of item.split(' ')) {
        const word = wordNumbers.get(text) ?? wordNumbers.size
        wordNumbers.set(text, word)
        let after = next.get(state, word)
        if (after < 0) {
          after = lastAt.push(-1) - 1
          goesOn.push(false)
          goesOn[state] = true
          next.set(state, word, after)
        }
        state = after
      }
      before.push(lastAt[state]!)
      lastAt[state] = groupOf.length
      groupOf.push(group)
    }
  })
  const firstWords = [...wordNumbers].filter(([, word]) => next.get(0, word) >= 0).map(([text]) => text)
  const places = wordPlaces(firstWords)
  /** Per candidate: in which reading it was found last. */
  const foundIn = new Int32Array(groupOf.length)
  let reading = 0
  let found: number[] = []
  const put = (text: string, wordAt: (k: number) => string | undefined): void => {
    let word: string | undefined = text
    let state = 0
    for (let k = 1; word !== undefined; k++) {
      const number = wordNumbers.get(word)
      state = number === undefined ? -1 : next.get(state, number)
      if (state < 0) return
      for (let candidate = lastAt[state]!; candidate >= 0; candidate = before[candidate]!) {
        if (foundIn[candidate] === reading) break
        foundIn[candidate] = reading
        found.push(candidate)
      }
      word = goesOn[state] ? wordAt(k) : undefined
    }
  }
  const holdings = (value: Json | undefined): readonly number[] => {
    if (value === undefined || value === null) return NOTHING_HELD
    reading++
    found = []
    places(typeof value === 'string' ? value : JSON.stringify(value), put)
    return found.length === 0 ? NOTHING_HELD : found
  }
  return { groupOf, holdings }
}
