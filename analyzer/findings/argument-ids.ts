// The arguments of a run's calls as numbers, so that calls can be compared without writing their arguments out: calls of one tool
// have one number if their arguments are equal, and another if they are equal but for one.

import { mapped } from '../base/mapped.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { canonicalJson } from '../runs/canonical-json.ts'

/** Arguments of one call. What is no object counts as one argument whose key is ''. */
export interface ArgumentIds {
  /** In the order in which the call has them. */
  readonly keys: readonly string[]
  /** Per key: equal for equal values. */
  readonly values: readonly number[]
  /** Equal for calls of one tool with equal arguments. */
  readonly whole: number
  /** Per key: equal for calls of one tool with equal arguments but for this one. Empty for more than MAX_ARGUMENTS. */
  readonly others: readonly number[]
}

/** More arguments than this are not told apart by one. */
const MAX_ARGUMENTS = 24

/** A call without captured arguments has none. Worked out when it is asked for. */
export function argumentIdsOf(run: Run): (call: number) => ArgumentIds | null {
  const known: (ArgumentIds | null | undefined)[] = mapped(run.calls, () => undefined)
  const shapeOf = shapes()
  const primitives = new Map<Json, number>()
  const composed = new Map<string, number>()
  /** Ids from the first argument on; from the last one back; of both around one that is left out. */
  const [fromFirst, fromLast, around] = [pairs(), pairs(), pairs()]

  // Even for one kind of value and odd for the other, so that no id is of both.
  const valueId = (value: Json): number =>
    typeof value === 'object' && value !== null
      ? 2 * numberIn(composed, canonicalJson(value)) + 1
      : 2 * numberIn(primitives, value)

  const idsOf = (tool: string, args: Json): ArgumentIds => {
    const object = typeof args === 'object' && args !== null && !Array.isArray(args) ? args : null
    const { keys, sorted, id } = shapeOf(tool, object)
    const fields = object as Readonly<Record<string, Json>> | null
    const count = keys.length
    const values = new Array<number>(count)
    for (let at = 0; at < count; at++) values[at] = valueId(fields === null ? args : fields[keys[at]!]!)
    // In the order of sorted keys, so that what is equal is equal however it was written.
    const upTo = new Array<number>(count + 1)
    upTo[0] = fromFirst(START, id)
    for (let at = 0; at < count; at++) upTo[at + 1] = fromFirst(upTo[at]!, values[sorted[at]!]!)
    const others = new Array<number>(count > MAX_ARGUMENTS ? 0 : count)
    if (count <= MAX_ARGUMENTS) {
      let rest = fromLast(START, 0)
      for (let at = count - 1; at >= 0; at--) {
        others[sorted[at]!] = around(upTo[at]!, rest)
        rest = fromLast(rest, values[sorted[at]!]!)
      }
    }
    return { keys, values, whole: upTo[count]!, others }
  }
  return (call) => {
    const { tool, arguments: args } = run.calls[call]!
    let ids = known[call]
    if (ids === undefined) {
      ids = args === undefined ? null : idsOf(tool, args)
      known[call] = ids
    }
    return ids
  }
}

/** The argument names of a tool's call. */
interface Shape {
  readonly keys: readonly string[]
  /** Places in `keys`, by their keys' order. */
  readonly sorted: readonly number[]
  /** Equal for one tool and the same names in any order. */
  readonly id: number
}

function shapes(): (tool: string, object: object | null) => Shape {
  /** By tool, the shape that its latest call had: mostly that of the next one. */
  const latest = new Map<string, Shape>()
  const known = new Map<string, Shape>()
  const ids = new Map<string, number>()
  return (tool, object) => {
    const keys = object === null ? WHOLE : Object.keys(object)
    const last = latest.get(tool)
    if (last !== undefined && areEqual(last.keys, keys)) return last
    const text = JSON.stringify([tool, keys])
    let shape = known.get(text)
    if (shape === undefined) {
      const sorted = [...keys.keys()].sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1))
      const id = numberIn(ids, JSON.stringify([tool, sorted.map((at) => keys[at]!)]))
      shape = { keys, sorted, id }
      known.set(text, shape)
    }
    latest.set(tool, shape)
    return shape
  }
}

const WHOLE: readonly string[] = ['']

function areEqual(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

/** Ids are below this: two make one safe integer. */
const SPAN = 2 ** 26
/** Two ids below this make one small integer, which a map finds without an object for the key. */
const SMALL_SPAN = 2 ** 15

/** Stands before the first of a sequence; no id is as small. */
const START = 0

/** One id for each pair of ids: with the id of a sequence as `a`, one for each sequence that goes on with `b`. */
function pairs(): (a: number, b: number) => number {
  const known = new Map<number, number>()
  const largest = SMALL_SPAN * SMALL_SPAN
  return (a, b) => {
    const areSmall = a < SMALL_SPAN && b < SMALL_SPAN
    return numberIn(known, areSmall ? a * SMALL_SPAN + b : largest + a * SPAN + b)
  }
}

/** The place of a key among all that were asked about, from 1. */
function numberIn<Key>(known: Map<Key, number>, key: Key): number {
  let number = known.get(key)
  if (number === undefined) {
    number = known.size + 1
    known.set(key, number)
  }
  return number
}
