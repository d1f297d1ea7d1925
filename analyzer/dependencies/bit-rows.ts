// A triangle of bits: row j has one bit for each i < j. n = 5,000 takes 1.6 MB.

export interface BitRows {
  readonly words: Uint32Array
  /** Where row j begins in `words`; it is `wordsIn(j)` long. Bit i of a row is bit `i & 31` of its word `i >> 5`. */
  readonly rowStart: Int32Array
}

export const wordsIn = (count: number): number => (count + 31) >>> 5

export function bitRows(count: number): BitRows {
  const rowStart = new Int32Array(count + 1)
  for (let j = 0; j < count; j++) rowStart[j + 1] = rowStart[j]! + wordsIn(j)
  return { words: new Uint32Array(rowStart[count]!), rowStart }
}

export const hasBit = ({ words, rowStart }: BitRows, i: number, j: number): boolean =>
  ((words[rowStart[j]! + (i >>> 5)]! >>> (i & 31)) & 1) === 1

/** Bits of the places that `holds`. */
export function bitsOf(count: number, holds: (at: number) => boolean): Uint32Array {
  const bits = new Uint32Array(wordsIn(count))
  for (let at = 0; at < count; at++) if (holds(at)) bits[at >>> 5] = bits[at >>> 5]! | (1 << (at & 31))
  return bits
}
