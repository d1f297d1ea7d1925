// Paths between calls. A path is as strong as its weakest edge, two calls are joined as strongly as by the strongest path
// between them. Not the product of its edges: what makes one of them real (one subject, one chain of ids) makes the others
// real, and a chain of fifty sure edges is sure.
//
// Whether there is a path is a bit per pair, found for all pairs at once, 32 of them at a time. How strong it is takes a
// search, and is seldom asked.

import { wordsIn } from '../base/bits.ts'
import { int32Zeros, uint16Zeros } from '../base/zeros.ts'
import { type BitRows, bitRows, hasBit } from './bit-rows.ts'
import type { Edge, UnlistedEdges } from './edges.ts'

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
  /** As `leads`, by paths of at least so much strength. Kept for the last strength that was asked for. */
  leadsBy(least: number): BitRows
  /** No path from i to j is stronger than this. O(1). */
  atMost(i: number, j: number): number
  /** The strongest listed edge from i to j, the first of equals. */
  direct(i: number, j: number): Edge | undefined
}

/**
 * Paths over a DAG whose edges go from a lower index to a higher one, and which calls lead to which where weaker edges count as
 * well. Time: edges x calls / 32, without recursion.
 * @param least edges that are weaker do not count for paths.
 * @param weak those that are weaker than this count for nothing.
 */
export function pathsOf(
  count: number,
  edges: readonly Edge[],
  unlisted: UnlistedEdges,
  least: number,
  weak: number = least,
): { readonly paths: Paths; readonly leadsWeakly: BitRows } {
  const incoming = incomingOf(count, edges, unlisted, weak)
  const strong = strongerOf(count, incoming, (place) => {
    const confidence = place < edges.length ? edges[place]!.confidence : unlisted.confidence[place - edges.length]!
    return confidence >= least
  })
  const paths = pathsAlong(count, edges, strong)
  return { paths, leadsWeakly: strong === incoming ? paths.leads : leadsOf(count, incoming, 0) }
}

function pathsAlong(count: number, edges: readonly Edge[], incoming: Incoming): Paths {
  const { start, from, strength, place } = incoming
  const leads = leadsOf(count, incoming, 0)
  let strong = { least: 0, leads }
  const strongestOut = uint16Zeros(count)
  const strongestIn = uint16Zeros(count)
  let weakest = ONE
  for (let j = 0; j < count; j++) {
    for (let edge = start[j]!; edge < start[j + 1]!; edge++) {
      const weight = strength[edge]!
      if (weight > strongestOut[from[edge]!]!) strongestOut[from[edge]!] = weight
      if (weight > strongestIn[j]!) strongestIn[j] = weight
      if (weight < weakest) weakest = weight
    }
  }

  // Strengths towards `searched`, right for all calls from `down` on.
  let searched = -1
  let down = 0
  const towards = uint16Zeros(count)
  return {
    leads,
    strength(i, j) {
      if (!hasBit(leads, i, j)) return 0
      const most = Math.min(strongestOut[i]!, strongestIn[j]!)
      if (most === weakest) return most / ONE
      if (searched !== j) {
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
    leadsBy(least) {
      const strength = Math.floor(ONE * least)
      if (strength <= weakest) return leads
      if (strong.least !== least) strong = { least, leads: leadsOf(count, incoming, strength) }
      return strong.leads
    },
    atMost: (i, j) => Math.min(strongestOut[i]!, strongestIn[j]!) / ONE,
    direct(i, j) {
      let best: Edge | undefined
      for (let edge = start[j]!; edge < start[j + 1]! && from[edge]! >= i; edge++) {
        const candidate = from[edge] === i ? edges[place[edge]!] : undefined
        if (candidate !== undefined && (best === undefined || candidate.confidence > best.confidence)) best = candidate
      }
      return best
    },
  }
}

/** Which calls lead to which: row j has the calls from which a path leads to j whose edges all have at least so much strength. */
function leadsOf(count: number, { start, from, strength }: Incoming, least: number): BitRows {
  const leads = bitRows(count)
  const { words, rowStart } = leads
  /** Per row, the first word with a bit in it: most rows reach back a short way. */
  const firstWord = int32Zeros(count)
  for (let j = 0; j < count; j++) {
    const row = rowStart[j]!
    let firstOfRow = wordsIn(j)
    for (let edge = start[j]!; edge < start[j + 1]!; edge++) {
      const i = from[edge]!
      const own = row + (i >>> 5)
      // What leads to i has been counted through whatever leads from i to here.
      if (((words[own]! >>> (i & 31)) & 1) === 1 || strength[edge]! < least) continue
      const source = rowStart[i]!
      const firstOfSource = firstWord[i]!
      for (let word = wordsIn(i) - 1; word >= firstOfSource; word--) {
        words[row + word] = words[row + word]! | words[source + word]!
      }
      words[own] = words[own]! | (1 << (i & 31))
      firstOfRow = Math.min(firstOfRow, firstOfSource, i >>> 5)
    }
    firstWord[j] = firstOfRow
  }
  return leads
}

/** Edges by the call that they lead to, the nearest first. Those into j stand from `start[j]` to before `start[j + 1]`. */
interface Incoming {
  readonly start: Int32Array
  readonly from: Int32Array
  /** In 16 bits. */
  readonly strength: Uint16Array
  /** Index among the edges; from their number on, among the unlisted ones. */
  readonly place: Int32Array
}

/** Edges of at least so much confidence. */
function incomingOf(count: number, edges: readonly Edge[], unlisted: UnlistedEdges, least: number): Incoming {
  const most = edges.length + unlisted.from.length
  /** By their index among the edges, as in `Incoming.place`. */
  const fromOf = int32Zeros(most)
  const start = int32Zeros(count + 1)
  for (let at = 0; at < edges.length; at++) {
    const { from, to, confidence } = edges[at]!
    fromOf[at] = from
    if (confidence >= least) start[to + 1]!++
  }
  for (let at = 0; at < unlisted.from.length; at++) {
    fromOf[edges.length + at] = unlisted.from[at]!
    if (unlisted.confidence[at]! >= least) start[unlisted.to[at]! + 1]!++
  }
  for (let j = 0; j < count; j++) start[j + 1]! += start[j]!
  const kept = start[count]!
  const incoming = { start, from: int32Zeros(kept), strength: uint16Zeros(kept), place: int32Zeros(kept) }
  const { place } = incoming
  const next = start.slice()
  // Each kind of edge is listed with the nearest last: from the end on, few are out of order.
  for (let at = unlisted.from.length - 1; at >= 0; at--) {
    if (unlisted.confidence[at]! >= least) place[next[unlisted.to[at]!]!++] = edges.length + at
  }
  for (let at = edges.length - 1; at >= 0; at--) {
    const { to, confidence } = edges[at]!
    if (confidence >= least) place[next[to]!++] = at
  }
  for (let j = 0; j < count; j++) putNearestFirst(place, start[j]!, start[j + 1]!, fromOf)
  for (let slot = 0; slot < kept; slot++) {
    const at = place[slot]!
    const confidence = at < edges.length ? edges[at]!.confidence : unlisted.confidence[at - edges.length]!
    incoming.from[slot] = fromOf[at]!
    incoming.strength[slot] = Math.round(ONE * confidence)
  }
  return incoming
}

/** So many are put in order by hand: the engine copies what it sorts. */
const FEW = 64

/** Sorts a stretch of `place` by where the edges come from, the nearest first, then as they are listed. */
function putNearestFirst(place: Int32Array, first: number, end: number, fromOf: Int32Array): void {
  if (end - first > FEW) {
    place.subarray(first, end).sort((a, b) => fromOf[b]! - fromOf[a]! || a - b)
    return
  }
  for (let slot = first + 1; slot < end; slot++) {
    const edge = place[slot]!
    const from = fromOf[edge]!
    let to = slot
    for (; to > first; to--) {
      const before = place[to - 1]!
      if (fromOf[before]! > from || (fromOf[before] === from && before < edge)) break
      place[to] = before
    }
    place[to] = edge
  }
}

/** Those edges that `isStrong` holds for, in the same order; the same object where that is all. */
function strongerOf(count: number, incoming: Incoming, isStrong: (place: number) => boolean): Incoming {
  const { place } = incoming
  const start = int32Zeros(count + 1)
  const kept = int32Zeros(place.length)
  let size = 0
  for (let j = 0; j < count; j++) {
    start[j] = size
    for (let slot = incoming.start[j]!; slot < incoming.start[j + 1]!; slot++)
      if (isStrong(place[slot]!)) kept[size++] = slot
  }
  start[count] = size
  if (size === place.length) return incoming
  const stronger = { start, from: int32Zeros(size), strength: uint16Zeros(size), place: int32Zeros(size) }
  for (let at = 0; at < size; at++) {
    const slot = kept[at]!
    stronger.from[at] = incoming.from[slot]!
    stronger.strength[at] = incoming.strength[slot]!
    stronger.place[at] = place[slot]!
  }
  return stronger
}
