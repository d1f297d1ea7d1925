// A choice that leaves no new value: the candidates were named beforehand, and a result picked among them.

import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { choicesOf, isTask, wordsIn } from './choices.ts'
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
  const groups = choicesOf(run)
  if (groups.length === 0) return { of: () => false, mayHavePicked: () => false }
  const holdings = holdingsOf(groups)
  const asked = run.calls.map((call) => holdings(call.arguments))
  // Results are long, and most are never asked about.
  const told = remembered((call: number) => holdings(run.calls[call]?.result))
  const takenBy = new Map<string, Int32Array>()
  const takenInAll = run.calls.map(({ tool }, call) => {
    let known = takenBy.get(tool)
    if (known === undefined) {
      known = new Int32Array(groups.length)
      takenBy.set(tool, known)
    }
    for (const { group, bits } of asked[call]!) known[group]! |= bits
    return known
  })
  const picks = run.calls.map((_, j): readonly Held[] => {
    const inAll = takenInAll[j]!
    const held = asked[j]!
    return held.length === 0 ? held : held.filter(({ group }) => inAll[group]! !== 2 ** groups[group]!.length - 1)
  })
  const choosesFrom = run.messages.reduce(
    (first, { role, text, beforeTurn }) =>
      isTask(role, text) && CHOICE.test(text) ? Math.min(first, beforeTurn) : first,
    Number.POSITIVE_INFINITY,
  )
  const of = (i: number, j: number): boolean => {
    for (const { group, bits } of picks[j]!) {
      const given = bitsOf(asked[i]!, group)
      if (given !== 0) {
        const givenInAll = takenInAll[i] === takenInAll[j] ? given : takenInAll[i]![group]!
        if ((givenInAll & ~takenInAll[j]![group]!) !== 0) return true
      } else if (choosesFrom <= run.calls[j]!.turn || (bitsOf(told(i), group) & bits) !== 0) return true
    }
    return false
  }
  return { of, mayHavePicked: (j) => picks[j]!.length > 0 }
}

/** Candidates of one group that a value names, as bits; never none. */
interface Held {
  readonly group: number
  bits: number
}

function bitsOf(held: readonly Held[], group: number): number {
  for (const one of held) if (one.group === group) return one.bits
  return 0
}

const NOTHING_HELD: readonly Held[] = []

/** Which candidates a value names, by group. One pass over the value's words. */
function holdingsOf(groups: readonly (readonly string[])[]): (value: Json | undefined) => readonly Held[] {
  const byFirst = new Map<string, Candidate[]>()
  groups.forEach((items, group) => {
    items.forEach((item, at) => {
      const words = wordsIn(item)
      const first = words[0] ?? ''
      const candidate = { words, group, bit: 1 << at }
      const others = byFirst.get(first)
      if (others === undefined) byFirst.set(first, [candidate])
      else others.push(candidate)
    })
  })
  const places = wordPlaces(byFirst.keys())
  let found: Held[] | undefined
  const put = (first: string, wordAt: (k: number) => string | undefined): void => {
    for (const { words, group, bit } of byFirst.get(first)!) {
      if (words.length > 1 && !words.every((one, k) => wordAt(k) === one)) continue
      found ??= []
      const known = found.find((held) => held.group === group)
      if (known === undefined) found.push({ group, bits: bit })
      else known.bits |= bit
    }
  }
  return (value) => {
    if (value === undefined || value === null) return NOTHING_HELD
    found = undefined
    places(typeof value === 'string' ? value : JSON.stringify(value), put)
    return found ?? NOTHING_HELD
  }
}

interface Candidate {
  readonly words: readonly string[]
  readonly group: number
  readonly bit: number
}
