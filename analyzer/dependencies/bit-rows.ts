import { wordsIn } from '../base/bits.ts'
import { int32Zeros, uint32Zeros } from '../base/zeros.ts'

/** A triangle of bits: row j has one for each call i < j. n = 5,000 takes 1.6 MB. */
export interface BitRows {
  readonly words: Uint32Array
  /** Where row j begins in `words`; it is `wordsIn(j)` long. */
  readonly rowStart: Int32Array
}

export function bitRows(count: number): BitRows {
  const rowStart = int32Zeros(count + 1)
  for (let j = 0; j < count; j++) rowStart[j + 1] = rowStart[j]! + wordsIn(j)
  return { words: uint32Zeros(rowStart[count]!), rowStart }
}

export const hasBit = ({ words, rowStart }: BitRows, i: number, j: number): boolean =>
  ((words[rowStart[j]! + (i >>> 5)]! >>> (i & 31)) & 1) === 1

/** 32 bits of row j; `32 * word` < j. */
export const wordOf = ({ words, rowStart }: BitRows, j: number, word: number): number => words[rowStart[j]! + word]! | 0
