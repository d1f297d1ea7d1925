import { int32Zeros } from '../base/zeros.ts'
import type { Dependency } from '../model/dependency.ts'
import type { Run } from '../model/run.ts'

/** Direct dependencies, by the indices of their calls. */
export interface Links {
  /** The calls, ascending and each once, that `to` directly depends on. */
  into(to: number): readonly number[]
  /** What joins two calls, in the order of the run's dependencies. */
  between(from: number, to: number): readonly Dependency[]
}

const NONE: readonly never[] = []

export function linksOf(run: Run, dependencies: readonly Dependency[]): Links {
  const indexOf = new Map<string, number>()
  for (let call = 0; call < run.calls.length; call++) indexOf.set(run.calls[call]!.id, call)
  const froms: (number[] | undefined)[] = new Array(run.calls.length)
  /** Per call: all dependencies on it are from one place to before another. */
  const first = int32Zeros(run.calls.length)
  const end = int32Zeros(run.calls.length)
  let to: number | undefined
  for (let at = 0; at < dependencies.length; at++) {
    const dependency = dependencies[at]!
    const from = indexOf.get(dependency.from)
    // Those on one call mostly follow one another.
    if (at === 0 || dependency.to !== dependencies[at - 1]!.to) to = indexOf.get(dependency.to)
    if (from === undefined || to === undefined) continue
    const known = froms[to]
    if (known === undefined) {
      froms[to] = [from]
      first[to] = at
    } else {
      const place = placeOf(known, from)
      if (place === known.length) known.push(from)
      else if (known[place] !== from) known.splice(place, 0, from)
    }
    end[to] = at + 1
  }
  return {
    into: (to) => froms[to] ?? NONE,
    between: (from, to) => {
      const known = froms[to]
      if (known === undefined || known[placeOf(known, from)] !== from) return NONE
      const [fromId, toId] = [run.calls[from]!.id, run.calls[to]!.id]
      let joined: Dependency[] | undefined
      for (let at = first[to]!; at < end[to]!; at++) {
        const dependency = dependencies[at]!
        if (dependency.from !== fromId || dependency.to !== toId) continue
        // Mostly one: a list that grows gets room for seventeen.
        if (joined === undefined) joined = [dependency]
        else joined.push(dependency)
      }
      return joined ?? NONE
    },
  }
}

/** Index of the first of ascending `values` that is at least `value`. */
export function placeOf(values: readonly number[], value: number): number {
  let low = 0
  let high = values.length
  if (high > 0 && values[high - 1]! < value) return high
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
