import { highest, wordsIn } from '../base/bits.ts'
import { int32Zeros, uint8Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'
import type { Suspects } from './suspects.ts'

/** Whether a call may have led to a later one though no value shows it: what only the pair can tell. */
export interface PairDoubts {
  /** Whether i is suspected to have led to j, of a later turn. */
  of(i: number, j: number): boolean
  /** Of the calls of a word, all of j's tool: those that asked the same as j. */
  asking(j: number, word: number, bits: number): number
  /**
   * Of the calls of a word, all of earlier turns than j: those about which `of` is to be asked. Of the others, those are
   * suspected that `asking` has.
   */
  among(j: number, word: number, bits: number): number
}

/** What `mayFollowAny` said of a call. */
const NOT_ASKED = 0
const NO = 1
const YES = 2

export function pairDoubtsOf({ calls }: Pick<Run, 'calls'>, suspects: Suspects): PairDoubts {
  const { asks } = suspects
  /** Bits of the calls that may have led to any later one. */
  const deciding = int32Zeros(wordsIn(calls.length))
  for (let i = 0; i < calls.length; i++) {
    if (suspects.decides(i)) deciding[i >>> 5] = deciding[i >>> 5]! | (1 << (i & 31))
  }
  /** Per call: whether it may have been led to by any before it. */
  const follows = uint8Zeros(calls.length)
  const mayFollow = (j: number): boolean => {
    if (follows[j] === NOT_ASKED) follows[j] = suspects.mayFollowAny(j) ? YES : NO
    return follows[j] === YES
  }
  return {
    of: (i, j) => {
      if (asks[i] !== -1 && asks[i] === asks[j]) return true
      const mayHaveLed = ((deciding[i >>> 5]! >>> (i & 31)) & 1) === 1 || mayFollow(j)
      return mayHaveLed && suspects.of(i, j) !== 'none'
    },
    asking: (j, word, bits) => {
      const asksJ = asks[j]!
      let found = 0
      for (let left = asksJ === -1 ? 0 : bits; left !== 0; ) {
        const place = highest(left)
        left ^= 1 << place
        if (asks[(word << 5) + place] === asksJ) found |= 1 << place
      }
      return found
    },
    among: (j, word, bits) => (bits === 0 || mayFollow(j) ? bits : bits & deciding[word]!),
  }
}
