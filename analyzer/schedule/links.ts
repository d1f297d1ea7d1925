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
  const indexOf = new Map(run.calls.map((call, i) => [call.id, i]))
  const froms: (number[] | undefined)[] = run.calls.map(() => undefined)
  const joined: (Dependency[][] | undefined)[] = run.calls.map(() => undefined)
  let to: number | undefined
  let previous: Dependency | undefined
  for (const dependency of dependencies) {
    const from = indexOf.get(dependency.from)
    // Those on one call mostly follow one another.
    if (dependency.to !== previous?.to) to = indexOf.get(dependency.to)
    previous = dependency
    if (from === undefined || to === undefined) continue
    const known = froms[to]
    if (known === undefined) {
      froms[to] = [from]
      joined[to] = [[dependency]]
      continue
    }
    const at = placeOf(known, from)
    if (known[at] === from) joined[to]![at]!.push(dependency)
    else if (at === known.length) {
      known.push(from)
      joined[to]!.push([dependency])
    } else {
      known.splice(at, 0, from)
      joined[to]!.splice(at, 0, [dependency])
    }
  }
  return {
    into: (to) => froms[to] ?? NONE,
    between: (from, to) => {
      const known = froms[to]
      if (known === undefined) return NONE
      const at = placeOf(known, from)
      return known[at] === from ? joined[to]![at]! : NONE
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
