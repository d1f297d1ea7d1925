// Stretches of time as lists that are disjoint and in order. Ends are exclusive; those of no length are left out.

import { compare } from '../base/compare.ts'
import type { Wait } from '../model/run.ts'

/** All of `stretches`, those that touch or overlap made one. */
export function unionOf(stretches: readonly Wait[]): Wait[] {
  const sorted = stretches.filter((s) => s.startMs < s.endMs).sort((a, b) => compare(a.startMs, b.startMs))
  const union: Wait[] = []
  for (const next of sorted) {
    const last = union.at(-1)
    if (last && next.startMs <= last.endMs) {
      union[union.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, next.endMs) }
    } else union.push(next)
  }
  return union
}

/** What of `from` is in none of `taken`. Both are disjoint and in order; linear. */
export function difference(from: readonly Wait[], taken: readonly Wait[]): Wait[] {
  const left: Wait[] = []
  let first = 0
  for (const { startMs, endMs } of from) {
    while (first < taken.length && taken[first]!.endMs <= startMs) first++
    let at = startMs
    for (let k = first; k < taken.length && taken[k]!.startMs < endMs; k++) {
      if (at < taken[k]!.startMs) left.push({ startMs: at, endMs: taken[k]!.startMs })
      at = Math.max(at, taken[k]!.endMs)
    }
    if (at < endMs) left.push({ startMs: at, endMs })
  }
  return left
}

/** What of `stretches` is between two times. */
export const within = (stretches: readonly Wait[], startMs: number, endMs: number): Wait[] =>
  stretches
    .map((s) => ({ startMs: Math.max(s.startMs, startMs), endMs: Math.min(s.endMs, endMs) }))
    .filter((s) => s.startMs < s.endMs)
