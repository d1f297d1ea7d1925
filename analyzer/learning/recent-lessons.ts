import { ones } from '../base/bits.ts'
import { pairKey } from '../dependencies/learnt-keys.ts'
import type { PairSeen, RunLessons } from '../model/learnt.ts'

/** So many of the latest runs before a run are looked at: agents change. Chosen, and at most 32: a run is a bit of a number. */
export const MAX_RUNS = 30

/** How many runs had two tools in each of these ways; see `LearntPair`. */
export interface PairCounts {
  readonly needed: number
  readonly free: number
  readonly freeMadeUp: number
  readonly after: number
  readonly without: number
}

/** What a few runs teach, all counts being of runs. */
export interface RecentLessons {
  readonly runs: number
  pair(earlier: string, later: string): PairCounts
  /** Runs with all of these tools. */
  withTools(tools: readonly string[]): number
  withPath(key: string): number
  withValue(key: string): number
}

/** Which of the runs at hand had a thing: bit `n % MAX_RUNS` for the n-th of all. */
type Runs = Map<string, number>

/**
 * The lessons of a stretch of an agent's runs, at most MAX_RUNS of them. To ask about the next stretch, only the runs are
 * read in which the two differ.
 * @param lessonsOf of the n-th run.
 */
export function recentLessons(lessonsOf: (n: number) => RunLessons): (first: number, end: number) => RecentLessons {
  const known = new Map<number, RunLessons>()
  const [tools, explained, paths, values]: [Runs, Runs, Runs, Runs] = [new Map(), new Map(), new Map(), new Map()]
  const pairs: Record<PairSeen, Runs> = {
    needed: new Map(),
    free: new Map(),
    'free, made up': new Map(),
    after: new Map(),
  }

  const turn = (n: number, lessons: RunLessons, change: (runs: Runs, key: string, bit: number) => void): void => {
    const bit = 1 << (n % MAX_RUNS)
    for (const tool of lessons.tools) change(tools, tool, bit)
    for (const tool of lessons.explained) change(explained, tool, bit)
    for (const path of lessons.paths) change(paths, path, bit)
    for (const value of lessons.values) change(values, value, bit)
    for (const [key, seen] of lessons.pairs) change(pairs[seen], key, bit)
  }

  return (first, end) => {
    for (const [n, lessons] of known) {
      if (n >= first && n < end) continue
      turn(n, lessons, drop)
      known.delete(n)
    }
    for (let n = first; n < end; n++) {
      if (known.has(n)) continue
      const lessons = lessonsOf(n)
      turn(n, lessons, add)
      known.set(n, lessons)
    }
    return {
      runs: end - first,
      pair: (earlier, later) => {
        const key = pairKey(earlier, later)
        return {
          needed: count(pairs.needed, key),
          free: count(pairs.free, key),
          freeMadeUp: count(pairs['free, made up'], key),
          after: count(pairs.after, key),
          without: ones((explained.get(later) ?? 0) & ~(tools.get(earlier) ?? 0)),
        }
      },
      withTools: (all) => ones(all.reduce((runs, tool) => runs & (tools.get(tool) ?? 0), -1)),
      withPath: (key) => count(paths, key),
      withValue: (key) => count(values, key),
    }
  }
}

function add(runs: Runs, key: string, bit: number): void {
  runs.set(key, (runs.get(key) ?? 0) | bit)
}

function drop(runs: Runs, key: string, bit: number): void {
  const left = (runs.get(key) ?? 0) & ~bit
  if (left === 0) runs.delete(key)
  else runs.set(key, left)
}

const count = (runs: Runs, key: string): number => ones(runs.get(key) ?? 0)
