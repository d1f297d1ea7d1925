// A choice that leaves no new value: the candidates were named beforehand, and a result picked among them.

import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { choicesOf, isTask } from './choices.ts'
import { remembered } from './remembered.ts'
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
  const candidates = numbered(groups)
  const holdings = holdingsOf(groups, candidates.first)
  const asked = run.calls.map((call) => holdings(call.arguments))
  // Results are long, and most are never asked about.
  const told = remembered((call: number) => new Set(holdings(run.calls[call]?.result)))
  const takenBy = new Map<string, Set<number>[]>()
  const takenInAll = run.calls.map(({ tool }, call) => {
    const known = takenBy.get(tool) ?? []
    takenBy.set(tool, known)
    for (const candidate of asked[call]!) {
      const group = candidates.groupOf[candidate]!
      known[group] ??= new Set()
      known[group].add(candidate)
    }
    return known
  })
  const picks = run.calls.map((_, j): readonly Pick[] => {
    let found: Pick[] | undefined
    for (const candidate of asked[j]!) {
      const group = candidates.groupOf[candidate]!
      if (takenInAll[j]![group]!.size === groups[group]!.length) continue
      found ??= []
      found.push({ candidate, group })
    }
    return found ?? NO_PICKS
  })
  const groupsAsked = remembered((call: number) => new Set(asked[call]!.map((one) => candidates.groupOf[one]!)))
  const asksForMore = comparedOnce((group, more: readonly Set<number>[], less: readonly Set<number>[]) => {
    for (const candidate of more[group] ?? []) if (!less[group]!.has(candidate)) return true
    return false
  })
  const choosesFrom = run.messages.reduce(
    (first, { role, text, beforeTurn }) => (isTask(role) && CHOICE.test(text) ? Math.min(first, beforeTurn) : first),
    Number.POSITIVE_INFINITY,
  )
  const of = (i: number, j: number): boolean => {
    for (const { candidate, group } of picks[j]!) {
      if (groupsAsked(i).has(group)) {
        // What one call of a tool is asked about, the calls of that tool take together.
        if (takenInAll[i] !== takenInAll[j] && asksForMore(group, takenInAll[i]!, takenInAll[j]!)) return true
      } else if (choosesFrom <= run.calls[j]!.turn || told(i).has(candidate)) return true
    }
    return false
  }
  return { of, mayHavePicked: (j) => picks[j]!.length > 0 }
}

/** A candidate that a call names, of a group of which the calls of its tool do not name all. */
interface Pick {
  readonly candidate: number
  readonly group: number
}

const NO_PICKS: readonly Pick[] = []

/** All candidates of all groups, one after the other: the number of each group's first one, and the group of each. */
function numbered(groups: readonly (readonly string[])[]) {
  const first: number[] = []
  const groupOf: number[] = []
  groups.forEach((items, group) => {
    first.push(groupOf.length)
    for (const _ of items) groupOf.push(group)
  })
  return { first, groupOf }
}

/** The answer about a group and two tools, looked for once: many pairs of calls are of the same two. */
function comparedOnce<T extends object>(answer: (group: number, a: T, b: T) => boolean) {
  const known = new Map<T, Map<T, boolean[]>>()
  return (group: number, a: T, b: T): boolean => {
    const ofFirst = known.get(a) ?? new Map<T, boolean[]>()
    known.set(a, ofFirst)
    const answers = ofFirst.get(b) ?? []
    ofFirst.set(b, answers)
    answers[group] ??= answer(group, a, b)
    return answers[group]
  }
}

/** One word of candidates: what may follow it, and the candidates that end here. */
interface Word {
  readonly next: Map<string, Word>
  readonly candidates: number[]
}

const NOTHING_HELD: readonly number[] = []

/** Which candidates a value names, each once. One pass over the value's words. */
function holdingsOf(
  groups: readonly (readonly string[])[],
  first: readonly number[],
): (value: Json | undefined) => readonly number[] {
  const byFirst = new Map<string, Word>()
  groups.forEach((items, group) => {
    items.forEach((item, at) => {
      let [level, word] = [byFirst, undefined as Word | undefined]
      // Its words are folded, with a space between.
      for (const text of item.split(' ')) {
        word = level.get(text) ?? { next: new Map(), candidates: [] }
        level.set(text, word)
        level = word.next
      }
      word?.candidates.push(first[group]! + at)
    })
  })
  const places = wordPlaces(byFirst.keys())
  let found: Set<number> | undefined
  const put = (text: string, wordAt: (k: number) => string | undefined): void => {
    let word = byFirst.get(text)
    for (let k = 1; word !== undefined; k++) {
      for (const candidate of word.candidates) {
        found ??= new Set()
        found.add(candidate)
      }
      const following = word.next.size === 0 ? undefined : wordAt(k)
      word = following === undefined ? undefined : word.next.get(following)
    }
  }
  return (value) => {
    if (value === undefined || value === null) return NOTHING_HELD
    found = undefined
    places(typeof value === 'string' ? value : JSON.stringify(value), put)
    return found === undefined ? NOTHING_HELD : [...(found as Set<number>)]
  }
}
