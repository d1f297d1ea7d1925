// Exact nanoseconds in, milliseconds out. A difference is exact as a number up to 2^53 ns, which is 104 days.

import { compare } from '../base/compare.ts'
import { maxOf } from '../base/time.ts'
import type { Attributes, Span } from '../model/span.ts'

export { maxOf, minOf } from '../base/time.ts'

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

/** What two spans of one process have in common, and spans of two processes do not. */
const PROCESS_KEYS = ['service.name', 'service.instance.id', 'host.id', 'host.name', 'process.pid'] as const
const clocks = new WeakMap<Attributes, string>()

/** The process whose clock timed the span, as far as its resource says: times of two clocks do not compare exactly. */
export function clockOf({ resource }: Span): string {
  const known = clocks.get(resource)
  if (known !== undefined) return known
  const clock = PROCESS_KEYS.map((key) => String(resource.get(key) ?? '')).join('\u0000')
  clocks.set(resource, clock)
  return clock
}
