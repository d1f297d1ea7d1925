// Paths between calls. A path is as strong as its weakest edge, two calls are joined as strongly as by the strongest path
// between them. Not the product of its edges: what makes one of them real (one subject, one chain of ids) makes the others
// real, and a chain of fifty sure edges is sure.
//
// Whether there is a path is a bit per pair, found for all pairs at once, 32 of them at a time. How strong it is takes a
// search, and is seldom asked.

import { type BitRows, bitRows, hasBit, wordsIn } from './bit-rows.ts'
import type { Edge } from './edges.ts'

/** Strengths are counted in 16 bits. */
const ONE = 65_535

export interface Paths {
  /** Whether a path leads from call i to call j, i < j. */
  readonly leads: BitRows
  /**
   * Strength of the strongest path from i to j, i < j, in [0, 1]; 0 if there is none. O(1) where no path leads, or where only
   * one strength is possible. Else the edges into the calls between i and j are looked at, once for all questions about one
   * j that follow one another: ask by j.
   */
  strength(i: number, j: number): number
  /** No path from i to j is stronger than this. O(1). */
  atMost(i: number, j: number): number
  /** The strongest edge from i to j, the first of equals. */
  direct(i: number, j: number): Edge | undefined
}

/** Paths over a DAG whose edges go from a lower index to a higher one. Time: edges x calls / 32, without recursion. */
export function pathsOf(count: number, edges: readonly Edge[]): Paths {
  const { start, from, strength, place } = incomingOf(count, edges)
  const leads = bitRows(count)
  const { words, rowStart } = leads
  const strongestOut = new Uint16Array(count)
  const strongestIn = new Uint16Array(count)
  let weakest = ONE
  for (let j = 0; j < count; j++) {
    const row = rowStart[j]!
    for (let edge = start[j]!; edge < start[j + 1]!; edge++) {
      const i = from[edge]!
      strongestOut[i] = Math.max(strongestOut[i]!, strength[edge]!)
      strongestIn[j] = Math.max(strongestIn[j]!, strength[edge]!)
      weakest = Math.min(weakest, strength[edge]!)
      // What leads to i has been counted through whatever leads from i to here.
      if (hasBit(leads, i, j)) continue
      const source = rowStart[i]!
      for (let word = wordsIn(i) - 1; word >= 0; word--) words[row + word] = words[row + word]! | words[source + word]!
      words[row + (i >>> 5)] = words[row + (i >>> 5)]! | (1 << (i & 31))
    }
  }

  // Strengths towards `searched`, right for all calls from `down` on.
  let searched = -1
  let down = 0
  let towards = new Uint16Array(0)
  return {
    leads,
    strength(i, j) {
      if (!hasBit(leads, i, j)) return 0
      const most = Math.min(strongestOut[i]!, strongestIn[j]!)
      if (most === weakest) return most / ONE
      if (searched !== j) {
        if (towards.length === 0) towards = new Uint16Array(count)
        towards.fill(0)
        towards[j] = ONE
        searched = j
        down = j
      }
      for (; down > i; down--) {
        const here = towards[down]!
        if (here === 0) continue
        for (let edge = start[down]!; edge < start[down + 1]!; edge++) {
          const through = Math.min(here, strength[edge]!)
          if (through > towards[from[edge]!]!) towards[from[edge]!] = through
        }
      }
      return towards[i]! / ONE
    },
    atMost: (i, j) => Math.min(strongestOut[i]!, strongestIn[j]!) / ONE,
    direct(i, j) {
      let best: Edge | undefined
      for (let edge = start[j]!; edge < start[j + 1]! && from[edge]! >= i; edge++) {
        const candidate = edges[place[edge]!]!
        if (from[edge] === i && (best === undefined || candidate.confidence > best.confidence)) best = candidate
      }
      return best
    },
  }
}

/** Edges by the call that they lead to, the nearest first. Those into j stand from `start[j]` to before `start[j + 1]`. */
function incomingOf(count: number, edges: readonly Edge[]) {
  const start = startsBy(count, edges, ({ to }) => to)
  const from = new Int32Array(edges.length)
  const strength = new Uint16Array(edges.length)
  const place = new Int32Array(edges.length)
  // The edges by where they come from, the last call first; then, keeping that order, by where they lead to.
  const outOf = startsBy(count, edges, (edge) => count - 1 - edge.from)
  const farLast = new Int32Array(edges.length)
  edges.forEach((edge, at) => {
    const group = count - 1 - edge.from
    farLast[outOf[group]!] = at
    outOf[group] = outOf[group]! + 1
  })
  const next = start.slice()
  for (const at of farLast) {
    const edge = edges[at]!
    const slot = next[edge.to]!
    next[edge.to] = slot + 1
    from[slot] = edge.from
    strength[slot] = Math.round(ONE * edge.confidence)
    place[slot] = at
  }
  return { start, from, strength, place }
}

/** Where the edges of each group begin if they are sorted by it; one more than there are groups. */
function startsBy(groups: number, edges: readonly Edge[], groupOf: (edge: Edge) => number): Int32Array {
  const start = new Int32Array(groups + 1)
  for (const edge of edges) start[groupOf(edge) + 1] = start[groupOf(edge) + 1]! + 1
  for (let group = 0; group < groups; group++) start[group + 1] = start[group + 1]! + start[group]!
  return start
}
