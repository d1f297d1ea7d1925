// Numbers as sets of 32, a bit each: element i is bit `i & 31` of word `i >>> 5`. Stretches are [first, end).

export const wordsIn = (count: number): number => (count + 31) >>> 5

/** How many bits are set. */
export function ones(bits: number): number {
  let found = 0
  for (let left = bits; left !== 0; left &= left - 1) found++
  return found
}

/** The place of the highest bit that is set, 31 at most; -1 where none is. */
export const highest = (bits: number): number => 31 - Math.clz32(bits)

/** The bits of a word that are in [first, end); the two may lie outside of it. */
export function stretch(word: number, first: number, end: number): number {
  const from = first - (word << 5)
  const until = end - (word << 5)
  if (from >= 32 || until <= 0 || from >= until) return 0
  return (from <= 0 ? -1 : -1 << from) & (until >= 32 ? -1 : (1 << until) - 1)
}
