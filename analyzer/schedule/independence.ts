import { highest, stretch } from '../base/bits.ts'
import { int32s } from '../base/typed-lists.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Inference } from '../model/dependency.ts'
import type { Run } from '../model/run.ts'
import { followed } from './clock.ts'

/** What is independent of what. Calls are named by their index in `run.calls`. */
export interface Independent {
  /** Whether call j may be made without the end of call i, i < j. */
  readonly may: (i: number, j: number) => boolean
  /**
   * Of the 32 calls from `32 * word` on, a bit for each before j that may not be independent of j: all others are. Those that
   * count are to be asked about.
   */
  readonly maybeNot: (j: number, word: number) => number
  /** The next lower word that may have such bits, -1 for none. */
  readonly nextWord: (j: number, word: number) => number
}

/** Words are remembered in squares of so many calls, as a power of two: pairs that are asked about are near one another. */
const SIDE_BITS = 6
const SIDE = 1 << SIDE_BITS
const WORDS_PER_ROW = SIDE / 32

/** What is held of each word: `PairBits`, and the next word, plus two; 0 there for one that was not asked about. */
const NOT_LOW = 0
const NOT_HIGH = 1
const OPEN = 2
const NEXT = 3
const HELD = 4
const SQUARE = SIDE * WORDS_PER_ROW * HELD

/**
 * Two calls, i < j, may be made at the same time if this says so: DESIGN's low and high. Calls that did overlap had no
 * order to begin with, right or wrong. Each pair is asked for once: the plans of all rungs ask again and again.
 * `doubts` counts how often low said no where high says yes. What was worked out from low's words without any such answer is
 * the same by high's: what low does not list as a suspect, and so was not asked about, is independent in both.
 */
export function independence(
  run: Run,
  inference: Inference,
  threshold: number,
): { low: Independent; high: Independent; doubts: () => number } {
  const { calls } = run
  const squaresPerSide = (calls.length >> SIDE_BITS) + 1
  /** Per square: where it begins in `known`; 0 for one that no pair was asked of. */
  const squareAt = int32Zeros(squaresPerSide * squaresPerSide)
  let known = int32Zeros(2 * SQUARE)
  let used = SQUARE
  const openSquare = (square: number): number => {
    if (used === known.length) {
      const larger = int32Zeros(2 * used)
      larger.set(known)
      known = larger
    }
    squareAt[square] = used
    used += SQUARE
    return squareAt[square]!
  }
  const firstOfTurn = firstsOfTurns(run)
  /** Calls of j's turn that ran beside it. */
  const overlapping = (j: number, word: number, among: number): number => {
    let bits = among === 0 ? 0 : among & stretch(word, firstOfTurn[j]!, j)
    let found = 0
    while (bits !== 0) {
      const place = highest(bits)
      bits ^= 1 << place
      const other = calls[(word << 5) + place]!
      if (other.turn === calls[j]!.turn && !followed(other, calls[j]!)) found |= 1 << place
    }
    return found
  }
  const answer = { notFree: 0, needed: 0, open: 0 }
  /** Where the word is held in `known`. */
  const wordAt = (j: number, word: number): number => {
    const square = (j >> SIDE_BITS) * squaresPerSide + (word >> (SIDE_BITS - 5))
    const row = (j & (SIDE - 1)) * WORDS_PER_ROW + (word & (WORDS_PER_ROW - 1))
    const at = (squareAt[square]! || openSquare(square)) + row * HELD
    if (known[at + NEXT] === 0) {
      const next = inference.pairBits(j, word, threshold, answer)
      const free = overlapping(j, word, answer.notFree | answer.open)
      known[at + NOT_LOW] = answer.notFree & ~free
      known[at + NOT_HIGH] = answer.needed & ~free
      known[at + OPEN] = answer.open & ~free
      known[at + NEXT] = next + 2
    }
    return at
  }
  /** As `wordAt`, with nothing left open about i. */
  const settledAt = (i: number, j: number): number => {
    const at = wordAt(j, i >>> 5)
    const bit = 1 << (i & 31)
    if ((known[at + OPEN]! & bit) === 0) return at
    known[at + OPEN] = known[at + OPEN]! & ~bit
    const { verdict, confidence } = inference.verdict(i, j)
    const isSure = confidence >= threshold
    if (!isSure || verdict !== 'independent') known[at + NOT_LOW] = known[at + NOT_LOW]! | bit
    if (isSure && verdict === 'dependent') known[at + NOT_HIGH] = known[at + NOT_HIGH]! | bit
    return at
  }
  let doubted = 0
  const inLow = (i: number, j: number): boolean => {
    const at = settledAt(i, j)
    const bit = 1 << (i & 31)
    if ((known[at + NOT_LOW]! & bit) === 0) return true
    if ((known[at + NOT_HIGH]! & bit) === 0) doubted++
    return false
  }
  const inHigh = (i: number, j: number): boolean => ((known[settledAt(i, j) + NOT_HIGH]! >>> (i & 31)) & 1) === 0
  const maybeNot =
    (what: typeof NOT_LOW | typeof NOT_HIGH) =>
    (j: number, word: number): number => {
      const at = wordAt(j, word)
      return known[at + what]! | known[at + OPEN]!
    }
  const nextWord = (j: number, word: number): number => known[wordAt(j, word) + NEXT]! - 2
  return {
    doubts: () => doubted,
    low: { may: inLow, maybeNot: maybeNot(NOT_LOW), nextWord },
    high: { may: inHigh, maybeNot: maybeNot(NOT_HIGH), nextWord },
  }
}

/** Per call: the first call of its turn, in run order. */
function firstsOfTurns({ calls }: Run): Int32Array {
  const known = new Map<number, number>()
  return int32s(calls, ({ turn }, call) => {
    const first = known.get(turn)
    if (first === undefined) known.set(turn, call)
    return first ?? call
  })
}
