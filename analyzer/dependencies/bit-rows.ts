import { wordsIn } from '../base/bits.ts'

/** A triangle of bits: row j has one for each call i < j. n = 5,000 takes 1.6 MB. */
export interface BitRows {
  readonly words: Uint32Array
  /** Where row j begins in `words`; it is `wordsIn(j)` long. */
  readonly rowStart: Int32Array
}

export function bitRows(count: number): BitRows {
  const rowStart = new Int32Array(count + 1)
  for (let j = 0; j < count; j++) rowStart[j + 1] = rowStart[j]! + wordsIn(j)
  return { words: new Uint32Array(rowStart[count]!), rowStart }
}

export const hasBit = ({ words, rowStart }: BitRows, i: number, j: number): boolean =>
  ((words[rowStart[j]! + (i >>> 5)]! >>> (i & 31)) & 1) === 1

/** 32 bits of row j; `32 * word` < j. */
export const wordOf = ({ words, rowStart }: BitRows, j: number, word: number): number => words[rowStart[j]! + word]! | 0
