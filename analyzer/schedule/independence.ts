import type { Inference } from '../model/dependency.ts'
import type { Run } from '../model/run.ts'
import { followed } from './clock.ts'

/** Whether call i may be made without call j's end, i < j, both indices into `run.calls`. */
export interface Independent {
  (i: number, j: number): boolean
  /** The calls i, `first` <= i < j, ascending, that may not be independent of j: all others of that stretch are. */
  readonly maybeNot: (j: number, first: number) => readonly number[]
}

const UNSEEN = 0
const IN_LOW = 1
const IN_HIGH = 2
const IN_NEITHER = 3

/** Pairs are remembered in squares of so many calls, as a power of two: those that are asked about are near one another. */
const SIDE_BITS = 6
const SIDE = 1 << SIDE_BITS

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
  const wordOn = (i: number, j: number): number => {
    if (calls[i]!.turn === calls[j]!.turn && !followed(calls[i]!, calls[j]!)) return IN_LOW
    const { verdict, confidence } = inference.verdict(i, j)
    if (confidence < threshold || verdict === 'unknown') return IN_HIGH
    return verdict === 'independent' ? IN_LOW : IN_NEITHER
  }
  const squaresPerSide = (calls.length >> SIDE_BITS) + 1
  /** Per square: where it begins in `known`; 0 for one that no pair was asked of. */
  const squareAt = new Int32Array(squaresPerSide * squaresPerSide)
  let known = new Uint8Array(SIDE * SIDE * 2)
  let used = SIDE * SIDE
  const openSquare = (square: number): number => {
    if (used === known.length) {
      const larger = new Uint8Array(2 * used)
      larger.set(known)
      known = larger
    }
    squareAt[square] = used
    used += SIDE * SIDE
    return squareAt[square]!
  }
  const word = (i: number, j: number): number => {
    const square = (j >> SIDE_BITS) * squaresPerSide + (i >> SIDE_BITS)
    const at = (squareAt[square]! || openSquare(square)) + ((j & (SIDE - 1)) << SIDE_BITS) + (i & (SIDE - 1))
    const before = known[at]!
    if (before !== UNSEEN) return before
    const found = wordOn(i, j)
    known[at] = found
    return found
  }
  let doubted = 0
  const inLow = (i: number, j: number): boolean => {
    const found = word(i, j)
    if (found === IN_HIGH) doubted++
    return found === IN_LOW
  }
  return {
    doubts: () => doubted,
    low: Object.assign(inLow, {
      maybeNot: (j: number, first: number) => inference.maybeNotFree(j, first, threshold),
    }),
    high: Object.assign((i: number, j: number) => word(i, j) !== IN_NEITHER, {
      maybeNot: (j: number, first: number) => inference.maybeNeeded(j, first, threshold),
    }),
  }
}
