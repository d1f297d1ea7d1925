// What order two spans of one process had, given that their clocks tick.

/**
 * Clock noise between two spans. The OpenTelemetry SDK for JavaScript takes a span's start from a millisecond clock and its
 * end from a finer one, so what ran strictly one after another can seem to overlap by a tick.
 */
export const CLOCK_TICK_MS = 2

interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

/**
 * Whether `later` started when `earlier` had ended, within a tick. An overlap that is most of `earlier` is none of the
 * clock's doing: two calls of a millisecond that started together did overlap.
 */
export function followed(earlier: Stretch, later: Stretch): boolean {
  const overlapMs = earlier.endMs - later.startMs
  if (overlapMs <= 0) return true
  return overlapMs <= CLOCK_TICK_MS && overlapMs < later.startMs - earlier.startMs
}
