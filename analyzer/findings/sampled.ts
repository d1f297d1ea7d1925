import type { Run } from '../model/run.ts'

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
 * The same where only pairs of different turns are asked about: the first call of each turn is among them, so that none of a few
 * turns is left out beside one that asked for hundreds.
 */
export function sampledOfTurns({ calls }: Pick<Run, 'calls'>, group: readonly number[]): readonly number[] {
  if (group.length <= MAX_ASKED) return group
  const seen = new Set<number>()
  const firsts: number[] = []
  const others: number[] = []
  for (const call of group) {
    const { turn } = calls[call]!
    if (seen.has(turn)) others.push(call)
    else firsts.push(call)
    seen.add(turn)
  }
  if (firsts.length >= MAX_ASKED) return sampled(firsts)
  const stride = Math.ceil(others.length / (MAX_ASKED - firsts.length))
  return [...firsts, ...others.filter((_, at) => at % stride === 0)].sort((a, b) => a - b)
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
