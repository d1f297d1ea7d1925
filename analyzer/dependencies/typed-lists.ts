// As `Int32Array.from(list, of)`, which goes through an iterator and makes an object per element.

export function int32s<T>(list: readonly T[], of: (one: T, at: number) => number): Int32Array {
  const numbers = new Int32Array(list.length)
  for (let at = 0; at < list.length; at++) numbers[at] = of(list[at] as T, at)
  return numbers
}

export function float64s<T>(list: readonly T[], of: (one: T, at: number) => number): Float64Array {
  const numbers = new Float64Array(list.length)
  for (let at = 0; at < list.length; at++) numbers[at] = of(list[at] as T, at)
  return numbers
}
