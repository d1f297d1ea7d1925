import { int32Zeros, uint8Zeros } from './zeros.ts'

/** A run of a few calls has few pairs. */
const FIRST_SLOTS = 256

/**
 * A map from two small non-negative integers to a third: open addressing in typed arrays. A tag per slot, of a few bits of
 * the hash, is looked at first: the tags of thousands of pairs stay in the processor's nearest cache, and most questions are misses.
 */
export class IntPairMap {
  /** For reading. Other arrays after `set`, as `slots`. */
  tags: Uint8Array
  /** Per slot: both keys and the value. For reading. */
  slots: Int32Array
  private count: number

  /** @param known what it begins with. */
  constructor(known?: IntPairMap) {
    this.tags = known === undefined ? uint8Zeros(FIRST_SLOTS) : known.tags.slice()
    this.slots = known === undefined ? int32Zeros(3 * FIRST_SLOTS) : known.slots.slice()
    this.count = known === undefined ? 0 : known.count
  }

  get size(): number {
    return this.count
  }

  /** -1 if there is none. */
  get(a: number, b: number): number {
    const { tags, slots } = this
    const mask = tags.length - 1
    const mixed = mix(a, b)
    const tag = tagOf(mixed)
    for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
      const found = tags[slot] as number
      if (found === 0) return -1
      if (found === tag && slots[3 * slot] === a && slots[3 * slot + 1] === b) return slots[3 * slot + 2] as number
    }
  }

  set(a: number, b: number, value: number): void {
    if (this.count * 4 > this.tags.length) this.grow()
    const { tags, slots } = this
    const mask = tags.length - 1
    const mixed = mix(a, b)
    let slot = mixed & mask
    while (tags[slot] !== 0 && !(slots[3 * slot] === a && slots[3 * slot + 1] === b)) slot = (slot + 1) & mask
    if (tags[slot] === 0) this.count++
    tags[slot] = tagOf(mixed)
    slots[3 * slot] = a
    slots[3 * slot + 1] = b
    slots[3 * slot + 2] = value
  }

  private grow(): void {
    const { tags, slots } = this
    this.tags = uint8Zeros(tags.length * 2)
    this.slots = int32Zeros(slots.length * 2)
    this.count = 0
    for (let slot = 0; slot < tags.length; slot++) {
      if (tags[slot] !== 0) this.set(slots[3 * slot]!, slots[3 * slot + 1]!, slots[3 * slot + 2]!)
    }
  }
}

/**
 * Rows of integers as one integer each: that of the row that `row` with one more at its end is. Counted from 1; 0 is the row
 * without elements.
 */
export function rowAfter(rows: IntPairMap, row: number, element: number): number {
  let after = rows.get(row, element)
  if (after < 0) {
    after = rows.size + 1
    rows.set(row, element, after)
  }
  return after
}

const mix = (a: number, b: number): number => {
  const mixed = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

/** Never 0, which is a free slot. */
const tagOf = (mixed: number): number => (mixed >>> 24) | 1
