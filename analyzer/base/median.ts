/** The middle value, or the mean of the two in the middle; null of none. Does not change its argument. */
export function median(values: ArrayLike<number>): number | null {
  if (values.length === 0) return null
  // Typed: these are sorted without a question for each two.
  const sorted = new Float64Array(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
