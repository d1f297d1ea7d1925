export interface Extent {
  readonly start: bigint
  readonly end: bigint
}

/** How far outside of a trace a log record of it may be, in ns: a prompt comes before the first span, the last words after. */
export const NEAR_NS = 2_000_000_000n

/** The extent that holds `at`, or else the nearest within NEAR_NS; of equals the first. Undefined if none is near. */
export function nearestExtent<T extends Extent>(extents: readonly T[], at: bigint): T | undefined {
  let best: T | undefined
  let bestNs = NEAR_NS + 1n
  for (const extent of extents) {
    const off = at < extent.start ? extent.start - at : at > extent.end ? at - extent.end : 0n
    if (off >= bestNs) continue
    best = extent
    bestNs = off
  }
  return best
}
