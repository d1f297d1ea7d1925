// Which of many numbers lead to a wanted one, taken with others: without trying each with each. What two numbers make grows or
// shrinks with either of them, in floating point too, since rounding keeps the order. So both lists are walked once, side by side.

import { float64Zeros, int32Zeros, uint8Zeros } from '../base/zeros.ts'

/** What a number makes with another one. */
export interface Way {
  readonly make: (a: number, b: number) => number
  /** Whether it grows with `a` for a `b` above zero, and for one below. */
  readonly growsWithA: readonly [above: boolean, below: boolean]
  /** Whether it grows with `b` for an `a` above zero, and for one below. */
  readonly growsWithB: readonly [above: boolean, below: boolean]
}

const way = (make: Way['make'], growsWithA: Way['growsWithA'], growsWithB: Way['growsWithB']): Way => ({
  make,
  growsWithA,
  growsWithB,
})

export const SUM = way((a, b) => a + b, [true, true], [true, true])
export const DIFFERENCE = way((a, b) => a - b, [true, true], [false, false])
export const REVERSE_DIFFERENCE = way((a, b) => b - a, [false, false], [true, true])
export const PRODUCT = way((a, b) => a * b, [true, false], [true, false])
export const RATIO = way((a, b) => a / b, [true, false], [false, true])
export const REVERSE_RATIO = way((a, b) => b / a, [false, true], [true, false])

/** Distinct finite numbers other than zero, ascending. The first `size` of each list count. */
class Side {
  values = float64Zeros(FIRST_ROOM)
  /** Where each value is first. */
  places = int32Zeros(FIRST_ROOM)
  /** 1 if it is there twice or more. */
  repeats = uint8Zeros(FIRST_ROOM)
  size = 0

  clear(room: number): void {
    this.size = 0
    if (room <= this.values.length) return
    this.values = float64Zeros(room)
    this.places = int32Zeros(room)
    this.repeats = uint8Zeros(room)
  }

  put(value: number, place: number): void {
    const last = this.size - 1
    if (last >= 0 && this.values[last] === value) {
      this.repeats[last] = 1
      return
    }
    this.values[this.size] = value
    this.places[this.size] = place
    this.repeats[this.size++] = 0
  }
}

const FIRST_ROOM = 16

/** So many are put in order by hand: the engine copies what it sorts. */
const FEW = 64

/** Numbers put in order, by sign, each with its place in the list they came from. To be filled again and again. */
export class Numbers {
  readonly above = new Side()
  readonly below = new Side()
  private order = int32Zeros(FIRST_ROOM)

  /** Takes the first `count` of `values`. */
  fill(values: ArrayLike<number>, count: number): this {
    if (this.order.length < count) this.order = int32Zeros(2 * count)
    const { order, above, below } = this
    above.clear(count)
    below.clear(count)
    let kept = 0
    for (let place = 0; place < count; place++) {
      if (Number.isFinite(values[place]) && values[place] !== 0) order[kept++] = place
    }
    sort(order, kept, values)
    for (let at = 0; at < kept; at++) {
      const place = order[at]!
      const value = values[place]!
      if (value > 0) above.put(value, place)
      else below.put(value, place)
    }
    return this
  }
}

export const numbersOf = (values: readonly number[]): Numbers => new Numbers().fill(values, values.length)

/** The first `count` of `order`, which ascend, by the values at these places; of equals the first place first. */
function sort(order: Int32Array, count: number, values: ArrayLike<number>): void {
  if (count > FEW) {
    order.subarray(0, count).sort((a, b) => values[a]! - values[b]! || a - b)
    return
  }
  for (let at = 1; at < count; at++) {
    const place = order[at]!
    const value = values[place]!
    let to = at
    for (; to > 0 && values[order[to - 1]!]! > value; to--) order[to] = order[to - 1]!
    order[to] = place
  }
}

/** For tests that cost grows as promised. */
export interface WaysWork {
  waysTried: number
}

/**
 * The place in `numbers` of the first number that one of `ways` makes `wanted` of, with any of `others`; -1 for none. A number
 * is not taken with itself: where `others` are the same numbers, it has to be there twice. O(ways * (numbers + others)).
 */
export function firstToMake(
  wanted: number,
  ways: readonly Way[],
  numbers: Numbers,
  others: Numbers,
  work: WaysWork,
): number {
  let first = -1
  for (const { make, growsWithA, growsWithB } of ways) {
    for (let signs = 0; signs < 4; signs++) {
      const signOfA = signs < 2 ? 0 : 1
      const signOfB = signs % 2 === 0 ? 0 : 1
      const a = signOfA === 0 ? numbers.above : numbers.below
      const b = signOfB === 0 ? others.above : others.below
      if (a.size === 0 || b.size === 0) continue
      const found = walk(wanted, make, a, growsWithA[signOfB], b, growsWithB[signOfA], work)
      if (found >= 0 && (first < 0 || found < first)) first = found
    }
  }
  return first
}

/** Along `a` what is made grows; along `b`, walked the other way, it shrinks: the place in `b` only ever moves on. */
function walk(
  wanted: number,
  make: Way['make'],
  a: Side,
  growsWithA: boolean,
  b: Side,
  growsWithB: boolean,
  work: WaysWork,
): number {
  const off = toleranceOf(wanted)
  const same = a === b
  const last = b.size - 1
  // Place `at` of the walk along `b` is `start + along * at` in it.
  const [start, along] = growsWithB ? [last, -1] : [0, 1]
  let first = -1
  let at = 0
  for (let step = 0; step < a.size; step++) {
    const i = growsWithA ? step : a.size - 1 - step
    const value = a.values[i]!
    while (at <= last && make(value, b.values[start + along * at]!) - wanted > off) at++
    // The next one instead of itself.
    const isItself = same && start + along * at === i && a.repeats[i] === 0
    const from = isItself ? at + 1 : at
    if (from > last || Math.abs(make(value, b.values[start + along * from]!) - wanted) > off) continue
    if (first < 0 || a.places[i]! < first) first = a.places[i]!
  }
  work.waysTried += a.size
  work.waysTried += at
  return first
}

/** Whether two numbers are one but for the rounding of floating point. */
export const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= toleranceOf(b)

const toleranceOf = (wanted: number): number => 1e-9 * Math.max(1, Math.abs(wanted))
