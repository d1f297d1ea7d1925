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
  const takenBy = new Map<string, number[]>()
  run.calls.forEach(({ tool }, call) => {
    let known = takenBy.get(tool)
    if (known === undefined) {
      known = groups.map(() => 0)
      takenBy.set(tool, known)
    }
    const bits = asked[call]!
    for (let group = 0; group < groups.length; group++) known[group]! |= bits[group]!
  })
  const picks = run.calls.map(({ tool }, j): readonly Pick[] => {
    let found: Pick[] | undefined
    const [bits, inAll] = [asked[j]!, takenBy.get(tool)!]
    for (let group = 0; group < groups.length; group++) {
      const [taken, takenInAll] = [bits[group]!, inAll[group]!]
      if (taken === 0 || takenInAll === 2 ** groups[group]!.length - 1) continue
      found ??= []
      found.push({ group, taken, takenInAll })
    }
    return found ?? NO_PICKS
  })
  const choosesFrom = run.messages.reduce(
    (first, { role, text, beforeTurn }) =>
      isTask(role, text) && CHOICE.test(text) ? Math.min(first, beforeTurn) : first,
    Number.POSITIVE_INFINITY,
  )
  const of = (i: number, j: number): boolean => {
    for (const { group, taken, takenInAll } of picks[j]!) {
      const given = asked[i]![group]!
      if (given !== 0) {
        const { tool } = run.calls[i]!
        const givenInAll = tool === run.calls[j]!.tool ? given : takenBy.get(tool)![group]!
        if ((givenInAll & ~takenInAll) !== 0) return true
      } else if (choosesFrom <= run.calls[j]!.turn || (told(i)[group]! & taken) !== 0) return true
    }
    return false
  }
  return { of, mayHavePicked: (j) => picks[j]!.length > 0 }
}

/** A group of which the calls of one tool take some and not all: as bits, what this call takes, and what all of them do. */
interface Pick {
  readonly group: number
  readonly taken: number
  readonly takenInAll: number
}

const NO_PICKS: readonly Pick[] = []

/** Which candidates a value names, as bits per group. One pass over the value's words. */
function holdingsOf(groups: readonly (readonly string[])[]): (value: Json | undefined) => readonly number[] {
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
  const nothing: readonly number[] = groups.map(() => 0)
  return (value) => {
    if (value === undefined || value === null) return nothing
    let found: number[] | undefined
    places(typeof value === 'string' ? value : JSON.stringify(value), (first, wordAt) => {
      for (const { words, group, bit } of byFirst.get(first)!) {
        if (!words.every((one, k) => wordAt(k) === one)) continue
        found ??= [...nothing]
        found[group]! |= bit
      }
    })
    return found ?? nothing
  }
}

interface Candidate {
  readonly words: readonly string[]
  readonly group: number
  readonly bit: number
}
