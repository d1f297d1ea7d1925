// What the database may keep.

/** Both may be given; a trace goes as soon as either says so. With neither, everything stays. */
export interface RetentionLimits {
  /** A trace goes when its last span ended longer ago than this, in milliseconds. */
  readonly keepMs?: number | undefined
  /** The oldest traces go, by start, while the file holds more than this many bytes of data. */
  readonly maxBytes?: number | undefined
}

const NS_PER_MS = 1_000_000n

/** The time before which a trace must have ended to go, in nanoseconds since 1970; null without a limit on age. */
export function cutoffOf(limits: RetentionLimits, nowMs: number): bigint | null {
  if (limits.keepMs === undefined) return null
  return BigInt(Math.floor(nowMs - limits.keepMs)) * NS_PER_MS
}
