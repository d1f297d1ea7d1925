// A choice that leaves no new value: the candidates were named beforehand, and a result picked among them.

import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { choicesOf, isTask, wordsIn } from './choices.ts'

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
  const groups = choicesOf(run)
  if (groups.length === 0) return { of: () => false, mayHavePicked: () => false }
  const holdings = holdingsOf(groups)
  const asked = run.calls.map((call) => holdings(call.arguments))
  // Results are long, and most are never asked about.
  const told = remembered((call) => holdings(run.calls[call]?.result))
  const takenBy = new Map<string, number[]>()
  run.calls.forEach(({ tool }, call) => {
    const known = takenBy.get(tool) ?? groups.map(() => 0)
    asked[call]!.forEach((bits, at) => {
      known[at]! |= bits
    })
    takenBy.set(tool, known)
  })
  const picks = run.calls.map(({ tool }, j): Pick[] =>
    groups.flatMap(({ length }, group) => {
      const taken = asked[j]![group]!
      const takenInAll = takenBy.get(tool)![group]!
      return taken === 0 || takenInAll === 2 ** length - 1 ? [] : [{ group, taken, takenInAll }]
    }),
  )
  const choosesFrom = run.messages.reduce(
    (first, { role, text, beforeTurn }) =>
      isTask(role, text) && CHOICE.test(text) ? Math.min(first, beforeTurn) : first,
    Number.POSITIVE_INFINITY,
  )
  const of = (i: number, j: number): boolean => {
    const [before, after] = [run.calls[i]!, run.calls[j]!]
    return picks[j]!.some(({ group, taken, takenInAll }) => {
      const given = asked[i]![group]!
      if (given !== 0) {
        const givenInAll = before.tool === after.tool ? given : takenBy.get(before.tool)![group]!
        return (givenInAll & ~takenInAll) !== 0
      }
      return choosesFrom <= after.turn || (told(i)[group]! & taken) !== 0
    })
  }
  return { of, mayHavePicked: (j) => picks[j]!.length > 0 }
}

/** A group of which the calls of one tool take some and not all: as bits, what this call takes, and what all of them do. */
interface Pick {
  readonly group: number
  readonly taken: number
  readonly takenInAll: number
}

function remembered<T>(of: (call: number) => T): (call: number) => T {
  const known = new Map<number, T>()
  return (call) => {
    const value = known.get(call) ?? of(call)
    known.set(call, value)
    return value
  }
}

/** Which candidates a value names, as bits per group. One pass over the value's words. */
function holdingsOf(groups: readonly (readonly string[])[]): (value: Json | undefined) => number[] {
  const byFirst = new Map<
    string,
    { readonly words: readonly string[]; readonly group: number; readonly bit: number }[]
  >()
  groups.forEach((items, group) => {
    items.forEach((item, at) => {
      const words = wordsIn(item)
      const first = words[0] ?? ''
      byFirst.set(first, [...(byFirst.get(first) ?? []), { words, group, bit: 1 << at }])
    })
  })
  return (value) => {
    const found = groups.map(() => 0)
    if (value === undefined || value === null) return found
    const words = wordsIn(typeof value === 'string' ? value : JSON.stringify(value))
    words.forEach((word, at) => {
      for (const candidate of byFirst.get(word) ?? []) {
        if (candidate.words.every((one, k) => words[at + k] === one)) found[candidate.group]! |= candidate.bit
      }
    })
    return found
  }
}
