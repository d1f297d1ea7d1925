// Which of many numbers lead to a wanted one, taken with others: without trying each with each. What two numbers make grows or
// shrinks with either of them, in floating point too, since rounding keeps the order. So both lists are walked once, side by side.

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

/** Distinct finite numbers other than zero, by sign, each list ascending, with the place of each in the list they came from. */
export interface Numbers {
  readonly above: Side
  readonly below: Side
}

interface Side {
  readonly values: readonly number[]
  /** Where each value is first. */
  readonly places: readonly number[]
  /** Whether it is there twice or more. */
  readonly repeats: readonly boolean[]
}

export function numbersOf(values: readonly number[]): Numbers {
  const order: number[] = []
  for (let place = 0; place < values.length; place++) {
    if (Number.isFinite(values[place]) && values[place] !== 0) order.push(place)
  }
  order.sort((a, b) => values[a]! - values[b]! || a - b)
  const above = { values: [] as number[], places: [] as number[], repeats: [] as boolean[] }
  const below = { values: [] as number[], places: [] as number[], repeats: [] as boolean[] }
  for (const place of order) {
    const value = values[place]!
    const side = value > 0 ? above : below
    const last = side.values.length - 1
    if (side.values[last] === value) side.repeats[last] = true
    else {
      side.values.push(value)
      side.places.push(place)
      side.repeats.push(false)
    }
  }
  return { above, below }
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
  for (const one of ways) {
    for (const a of [numbers.above, numbers.below]) {
      for (const b of [others.above, others.below]) {
        if (a.values.length === 0 || b.values.length === 0) continue
        const growsWithA = one.growsWithA[b === others.above ? 0 : 1]
        const growsWithB = one.growsWithB[a === numbers.above ? 0 : 1]
        const found = walk(wanted, one.make, a, growsWithA, b, growsWithB, work)
        if (found >= 0 && (first < 0 || found < first)) first = found
      }
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
  const last = b.values.length - 1
  // Place `at` of the walk along `b` is `start + along * at` in it.
  const [start, along] = growsWithB ? [last, -1] : [0, 1]
  let first = -1
  let at = 0
  for (let step = 0; step < a.values.length; step++) {
    const i = growsWithA ? step : a.values.length - 1 - step
    const value = a.values[i]!
    while (at <= last && make(value, b.values[start + along * at]!) - wanted > off) at++
    // The next one instead of itself.
    const isItself = same && start + along * at === i && !a.repeats[i]
    const from = isItself ? at + 1 : at
    if (from > last || Math.abs(make(value, b.values[start + along * from]!) - wanted) > off) continue
    if (first < 0 || a.places[i]! < first) first = a.places[i]!
  }
  work.waysTried += a.values.length
  work.waysTried += at
  return first
}

/** Whether two numbers are one but for the rounding of floating point. */
export const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= toleranceOf(b)

const toleranceOf = (wanted: number): number => 1e-9 * Math.max(1, Math.abs(wanted))
