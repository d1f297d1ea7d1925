// The border between nanoseconds since 1970 (bigint, exact) and what people and JSON read.

const NS_PER_SECOND = 1_000_000_000n

/** `2026-11-21T10:00:00.123456789Z`: ISO 8601 in UTC, all nine digits. Defined for 0 up to the year 9999. */
export function isoOfUnixNano(unixNano: bigint): string {
  const seconds = unixNano / NS_PER_SECOND
  const fraction = (unixNano % NS_PER_SECOND).toString().padStart(9, '0')
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`
}

/** The inverse of `isoOfUnixNano`. */
export function unixNanoOfIso(iso: string): bigint {
  const seconds = BigInt(Date.parse(`${iso.slice(0, 19)}Z`)) / 1000n
  return seconds * NS_PER_SECOND + BigInt(iso.slice(20, 29))
}

/** Rounds to whole nanoseconds, so that sums of floating point times read as what they are. */
export function roundMs(ms: number): number {
  return Math.round(ms * 1e6) / 1e6
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
