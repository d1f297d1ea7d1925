// Strength of the strongest path between every pair of calls: a path is as strong as its weakest edge. Not the product of
// its edges: what makes one of them real (one subject, one chain of ids) makes the others real, and a chain of fifty sure
// edges is sure. Held as 16-bit fractions in one triangle: n = 5,000 takes 25 MB.

import type { Edge } from './edges.ts'

const ONE = 65_535

/** `strength(i, j)` in [0, 1] for i < j; 0 if no path leads from i to j. O(1) per question. */
export type Strength = (i: number, j: number) => number

/**
 * Closure over a DAG whose edges go from a lower index to a higher one. Rows are filled in order, each from the rows of
 * its direct predecessors: time edges x calls, without recursion.
 */
export function strongestPaths(count: number, edges: readonly Edge[]): Strength {
  const triangle = new Uint16Array((count * (count - 1)) / 2)
  const incoming: Edge[][] = Array.from({ length: count }, () => [])
  for (const edge of edges) incoming[edge.to]?.push(edge)
  for (let j = 1; j < count; j++) {
    const row = rowStart(j)
    for (const { from, confidence } of nearestFirst(incoming[j] as Edge[])) {
      const direct = Math.round(ONE * confidence)
      // Another way from there to here is as strong: what leads there has been counted through it.
      if ((triangle[row + from] as number) >= direct) continue
      const source = rowStart(from)
      for (let i = 0; i < from; i++) {
        const there = triangle[source + i] as number
        const through = Math.min(there, direct)
        if (through > (triangle[row + i] as number)) triangle[row + i] = through
      }
      triangle[row + from] = direct
    }
  }
  return (i, j) => (triangle[rowStart(j) + i] ?? 0) / ONE
}

const nearestFirst = (edges: Edge[]): Edge[] => edges.sort((a, b) => b.from - a.from || b.confidence - a.confidence)

/** Row j holds the j pairs (0, j) to (j - 1, j). */
const rowStart = (j: number): number => (j * (j - 1)) / 2
