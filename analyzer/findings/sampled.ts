/** Calls whose pairs are asked about one by one; the pairs of more would cost more than they tell. */
const MAX_ASKED = 64

/** The calls of a finding, or as many of them, evenly spread, as have their pairs looked at. */
export function sampled(calls: readonly number[]): readonly number[] {
  const stride = Math.ceil(calls.length / MAX_ASKED)
  return stride <= 1 ? calls : calls.filter((_, at) => at % stride === 0)
}
