// The largest of all values that were given to stretches of places, per place. The reverse of a sparse table: a stretch is
// covered by two, mostly overlapping, of a power of two in length, which are noted; at the end each power's values go down to
// both halves.
//
//   raise [1, 6) with 9     length 5: 9 is noted for the 4 places from 1, and the 4 from 2
//   settle                  4 from 1 -> 2 from 1, 2 from 3 -> places 1, 2, 3, 4; 4 from 2 -> places 2, 3, 4, 5

import { float64Zeros } from '../base/zeros.ts'

export interface StretchMaxima {
  /** For the places from `first` up to, and without, `end`; there is at least one. O(1). */
  raise(first: number, end: number, value: number): void
  /** Per place: the largest value, 0 where there is none above. O(places log places). Nothing can be raised afterwards. */
  settled(): Float64Array
}

export function stretchMaxima(count: number): StretchMaxima {
  /** Per power of two, once it is needed: what was noted for the stretch of that length from each place on. */
  const noted: (Float64Array | undefined)[] = [float64Zeros(count)]
  let highest = 0
  const valuesOf = (power: number): Float64Array => {
    highest = Math.max(highest, power)
    noted[power] ??= float64Zeros(count)
    return noted[power]
  }
  return {
    raise(first, end, value) {
      const power = 31 - Math.clz32(end - first)
      const values = valuesOf(power)
      const second = end - (1 << power)
      if (value > values[first]!) values[first] = value
      if (value > values[second]!) values[second] = value
    },
    settled() {
      for (let power = highest; power > 0; power--) {
        const values = noted[power]
        if (values === undefined) continue
        const halves = valuesOf(power - 1)
        const half = 1 << (power - 1)
        for (let first = 0; first + half < count; first++) {
          const value = values[first]!
          if (value > halves[first]!) halves[first] = value
          if (value > halves[first + half]!) halves[first + half] = value
        }
      }
      return noted[0]!
    },
  }
}
