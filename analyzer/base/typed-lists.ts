// As `Int32Array.from(list, of)`, which goes through an iterator and makes an object per element.

import { float64Zeros, int32Zeros } from './zeros.ts'

export function int32s<T>(list: readonly T[], of: (one: T, at: number) => number): Int32Array {
  const numbers = int32Zeros(list.length)
  for (let at = 0; at < list.length; at++) numbers[at] = of(list[at] as T, at)
  return numbers
}

export function float64s<T>(list: readonly T[], of: (one: T, at: number) => number): Float64Array {
  const numbers = float64Zeros(list.length)
  for (let at = 0; at < list.length; at++) numbers[at] = of(list[at] as T, at)
  return numbers
}

/** Integers that are put in and cleared away again and again: an array that is emptied lets go of its room. */
export class IntList {
  items = int32Zeros(64)
  size = 0

  push(item: number): void {
    if (this.size === this.items.length) {
      const { items } = this
      this.items = int32Zeros(2 * items.length)
      this.items.set(items)
    }
    this.items[this.size++] = item
  }

  clear(): void {
    this.size = 0
  }
}

/** As `IntList`, of numbers that need not be whole. */
export class FloatList {
  items = float64Zeros(64)
  size = 0

  push(item: number): void {
    if (this.size === this.items.length) {
      const { items } = this
      this.items = float64Zeros(2 * items.length)
      this.items.set(items)
    }
    this.items[this.size++] = item
  }

  clear(): void {
    this.size = 0
  }
}
