// Exact nanoseconds in, milliseconds out. A difference is exact as a number up to 2^53 ns, which is 104 days.

import { compare } from '../base/compare.ts'
import type { Span } from '../model/span.ts'

/** Clocks with millisecond grain make a child start "before" what it follows. Ties up to this long are ties. */
export const TIE_NS = 2_000_000n

export const startOf = (span: Span): bigint => span.startTimeUnixNano

/** A span that says it ended before it started (clock set back, or never ended) has no length. */
export const endOf = (span: Span): bigint => maxOf(span.endTimeUnixNano, span.startTimeUnixNano)

export const msBetween = (from: bigint, to: bigint): number => Number(to - from) / 1e6

/** By start, then by end, then by span id: total, so sorting never depends on the order of arrival. */
export function byTime(a: Span, b: Span): number {
  const byStart = compare(a.startTimeUnixNano, b.startTimeUnixNano)
  return byStart || compare(endOf(a), endOf(b)) || compare(a.spanId, b.spanId)
}

/** `Math.min` and `Math.max` take no bigints. */
export function minOf(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}

export function maxOf(a: bigint, b: bigint): bigint {
  if (a > b) return a
  return b
}
