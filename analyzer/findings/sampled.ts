/** Calls whose pairs are asked about one by one; the pairs of more would cost more than they tell. */
const MAX_ASKED = 64

/** Pairs asked about in all places of one finding. */
const MAX_PAIRS = 4_096

/** The calls of a finding, or as many of them, evenly spread, as have their pairs looked at. */
export function sampled(calls: readonly number[]): readonly number[] {
  const stride = Math.ceil(calls.length / MAX_ASKED)
  return stride <= 1 ? calls : calls.filter((_, at) => at % stride === 0)
}

/**
 * The least confidence of all places of a finding. The pairs of a single one are sampled; where not all pairs of several are
 * asked about, it is no more than the threshold, which is what is known of all that a schedule trusts.
 * @param confidenceIn of the sampled calls of one place.
 */
export function leastConfidence(
  places: readonly (readonly number[])[],
  confidenceIn: (calls: readonly number[]) => number,
  threshold: number,
): number {
  if (places.length === 1) return confidenceIn(places[0]!)
  let confidence = 1
  let pairs = 0
  for (const calls of places) {
    const asked = sampled(calls).length
    pairs += (asked * (asked - 1)) / 2
    if (pairs > MAX_PAIRS) return Math.min(confidence, threshold)
    confidence = Math.min(confidence, confidenceIn(calls), asked < calls.length ? threshold : 1)
  }
  return confidence
}
