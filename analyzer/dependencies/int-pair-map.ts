/** A map from two small non-negative integers to a third: open addressing in typed arrays, so that a miss costs one look. */
export class IntPairMap {
  private keys: Int32Array
  private values: Int32Array
  private count = 0

  constructor() {
    this.keys = new Int32Array(2 * 1024).fill(-1)
    this.values = new Int32Array(1024)
  }

  get size(): number {
    return this.count
  }

  /** -1 if there is none. */
  get(a: number, b: number): number {
    const { keys } = this
    const mask = this.values.length - 1
    for (let slot = slotOf(a, b) & mask; ; slot = (slot + 1) & mask) {
      const key = keys[2 * slot]
      if (key === -1) return -1
      if (key === a && keys[2 * slot + 1] === b) return this.values[slot] as number
    }
  }

  set(a: number, b: number, value: number): void {
    if (this.count * 4 > this.values.length) this.grow()
    const mask = this.values.length - 1
    let slot = slotOf(a, b) & mask
    while (this.keys[2 * slot] !== -1 && !(this.keys[2 * slot] === a && this.keys[2 * slot + 1] === b)) {
      slot = (slot + 1) & mask
    }
    if (this.keys[2 * slot] === -1) this.count++
    this.keys[2 * slot] = a
    this.keys[2 * slot + 1] = b
    this.values[slot] = value
  }

  private grow(): void {
    const { keys, values } = this
    this.keys = new Int32Array(keys.length * 4).fill(-1)
    this.values = new Int32Array(values.length * 4)
    this.count = 0
    values.forEach((value, slot) => {
      if (keys[2 * slot] !== -1) this.set(keys[2 * slot] as number, keys[2 * slot + 1] as number, value)
    })
  }
}

const slotOf = (a: number, b: number): number => {
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
