import { int32Zeros } from '../base/zeros.ts'
import type { Call } from '../model/run.ts'
import type { Authored } from './authored.ts'
import type { Edge, UnlistedEdges } from './edges.ts'
import type { Actor } from './relations.ts'
import { REPORTED_FROM } from './weights.ts'

/**
 * Per call: the turn before which any call may have led to it, -1 for none. That is the turn since which its own arguments were
 * made up, or those of a call that leads to it. What leads to it and changes something was decided on by whatever came before.
 *
 *   0 read -> ? -> 1 read, made up -> id -> 2 read      whatever led to 1 led to 2: of 0 and 2 nothing is known either
 *
 * Nothing that could be gained is lost: where 2 needs 1, and 1 stays after 0, so does 2. A sum passes nothing of its own on to
 * another: what it is made of stands in its arguments, and its constants are of the problem. What it has from a call that is no
 * sum it passes on like any other. O(calls + edges).
 * @param sums per call: numbers in, a number out.
 */
export function ledSince(
  calls: readonly Call[],
  actors: readonly Actor[],
  authored: readonly Authored[],
  sums: readonly boolean[],
  edges: readonly Edge[],
  unlisted: UnlistedEdges,
): Int32Array {
  const since = int32Zeros(calls.length)
  /** What `since` would be if the call's own arguments were all given. */
  const inherited = int32Zeros(calls.length)
  const { start, from } = incoming(calls.length, edges, unlisted)
  // Edges go from lower to higher numbers: whatever leads to i is known by then.
  for (let j = 0; j < calls.length; j++) {
    let before = -1
    for (let at = start[j]!; at < start[j + 1]!; at++) {
      const i = from[at]!
      if (sums[i] && sums[j]) {
        before = Math.max(before, inherited[i]!)
        continue
      }
      const { effect, pure } = actors[i]!
      const changes = effect.kind !== 'read' && pure !== true
      before = Math.max(before, since[i]!, changes ? calls[i]!.turn : -1)
    }
    inherited[j] = before
    since[j] = Math.max(authored[j]!.since, before)
  }
  return since
}

/** Where the edges into call j come from: those from `start[j]` to before `start[j + 1]`. */
function incoming(count: number, edges: readonly Edge[], unlisted: UnlistedEdges) {
  const start = int32Zeros(count + 1)
  const each = (visit: (from: number, to: number) => void): void => {
    for (const { from, to, confidence } of edges) if (confidence >= REPORTED_FROM) visit(from, to)
    for (let at = 0; at < unlisted.from.length; at++) {
      if (unlisted.confidence[at]! >= REPORTED_FROM) visit(unlisted.from[at]!, unlisted.to[at]!)
    }
  }
  each((_, to) => {
    start[to + 1]!++
  })
  for (let j = 0; j < count; j++) start[j + 1]! += start[j]!
  const from = int32Zeros(start[count]!)
  const next = start.slice()
  each((i, to) => {
    from[next[to]!++] = i
  })
  return { start, from }
}
