// Numbers as sets of 32, a bit each: element i is bit `i & 31` of word `i >>> 5`. Stretches are [first, end).

export const wordsIn = (count: number): number => (count + 31) >>> 5

/** How many bits are set: counted in pairs, fours and bytes, side by side. See Warren, Hacker's Delight, 5-1. */
export function ones(bits: number): number {
  const inPairs = (bits - ((bits >>> 1) & 0x55555555)) | 0
  const inFours = (inPairs & 0x33333333) + ((inPairs >>> 2) & 0x33333333)
  return Math.imul((inFours + (inFours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The place of the highest bit that is set, 31 at most; -1 where none is. */
export const highest = (bits: number): number => 31 - Math.clz32(bits)

/** The place of the lowest bit that is set; -1 where none is. */
export const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits)

/** The bits of a word that are in [first, end); the two may lie outside of it. */
export function stretch(word: number, first: number, end: number): number {
  const from = first - (word << 5)
  const until = end - (word << 5)
  if (from >= 32 || until <= 0 || from >= until) return 0
  return (from <= 0 ? -1 : -1 << from) & (until >= 32 ? -1 : (1 << until) - 1)
}
