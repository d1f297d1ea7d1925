// The arguments of a run's calls as numbers, so that calls can be compared without writing their arguments out: calls of one tool
// have one number if their arguments are equal, and another if they are equal but for one.

import { IntPairMap, rowAfter } from '../base/int-pair-map.ts'
import { IntList } from '../base/typed-lists.ts'
import { int32Zeros } from '../base/zeros.ts'
import { isObject, type Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { canonicalJson } from '../runs/canonical-json.ts'

/** More arguments than this are not told apart by one. */
const MAX_ARGUMENTS = 24

/** Where nothing is known of a call yet, and where it has no captured arguments. */
const NOT_READ = -1
const NONE = -2

/** In a row: the shape, what is equal for equal arguments, then of each key the value, then of each key the others. */
const WHOLE_AT = 1
const VALUES_AT = 2

/**
 * The arguments of each call as numbers, worked out when they are asked for. They are rows of one list: a run has thousands of
 * calls. What is no object counts as one argument whose key is ''.
 */
export class ArgumentIds {
  private readonly run: Run
  /** Per call: where its row begins in `rows`, or one of the two above. */
  private readonly start: Int32Array
  private readonly rows = new IntList()
  private readonly shapes = new Shapes()
  private readonly primitives = new Map<Json, number>()
  private readonly composed = new Map<string, number>()
  /** Rows of ids, from the first argument on and from the last one back, and pairs of both around one that is left out. */
  private readonly fromFirst = new IntPairMap()
  private readonly fromLast = new IntPairMap()
  private readonly around = new IntPairMap()
  /** Of the call that is read, by sorted key: the row of the arguments before that one. */
  private readonly upTo = new IntList()

  constructor(run: Run) {
    this.run = run
    this.start = int32Zeros(run.calls.length).fill(NOT_READ)
  }

  /** Whether the call has captured arguments: to be asked before anything else of it. */
  has(call: number): boolean {
    if (this.start[call] === NOT_READ) {
      const { tool, arguments: args } = this.run.calls[call]!
      this.start[call] = args === undefined ? NONE : this.read(tool, args)
    }
    return this.start[call] !== NONE
  }

  /** In the order in which the call has them. */
  keysOf(call: number): readonly string[] {
    return this.shapes.all[this.rows.items[this.start[call]!]!]!.keys
  }

  /** Equal for calls of one tool with equal arguments. */
  wholeOf(call: number): number {
    return this.rows.items[this.start[call]! + WHOLE_AT]!
  }

  /** Equal for equal values. `at`: the place of the argument among the call's keys. */
  valueOf(call: number, at: number): number {
    return this.rows.items[this.start[call]! + VALUES_AT + at]!
  }

  /** Equal for calls of one tool with equal arguments but for this one; -1 for one of more than MAX_ARGUMENTS. */
  othersOf(call: number, at: number): number {
    const { length } = this.keysOf(call)
    return length > MAX_ARGUMENTS ? -1 : this.rows.items[this.start[call]! + VALUES_AT + length + at]!
  }

  /** All that `wholeOf` said of the calls that were asked about is below this. */
  get wholeEnd(): number {
    return this.fromFirst.size + 1
  }

  /** All that `othersOf` said of the calls that were asked about is below this. */
  get othersEnd(): number {
    return this.around.size + 1
  }

  private read(tool: string, args: Json): number {
    const { rows, upTo, fromFirst, fromLast, around } = this
    const fields = isObject(args) ? args : null
    const { index, keys, sorted, id } = this.shapes.of(tool, fields)
    const count = keys.length
    const start = rows.size
    const values = start + VALUES_AT
    rows.push(index)
    rows.push(0)
    for (let at = 0; at < count; at++) rows.push(this.valueId(fields === null ? args : fields[keys[at]!]!))
    // By sorted keys, so that what is equal is equal however it was written.
    upTo.clear()
    let first = rowAfter(fromFirst, START, id)
    for (let at = 0; at < count; at++) {
      upTo.push(first)
      first = rowAfter(fromFirst, first, rows.items[values + sorted[at]!]!)
    }
    rows.items[start + WHOLE_AT] = first
    if (count > MAX_ARGUMENTS) return start
    for (let at = 0; at < count; at++) rows.push(0)
    let rest = rowAfter(fromLast, START, 0)
    for (let at = count - 1; at >= 0; at--) {
      rows.items[values + count + sorted[at]!] = rowAfter(around, upTo.items[at]!, rest)
      rest = rowAfter(fromLast, rest, rows.items[values + sorted[at]!]!)
    }
    return start
  }

  /** Even for one kind of value and odd for the other, so that no id is of both. */
  private valueId(value: Json): number {
    return typeof value === 'object' && value !== null
      ? 2 * numberIn(this.composed, canonicalJson(value)) + 1
      : 2 * numberIn(this.primitives, value)
  }
}

/** The argument names of a tool's call. */
interface Shape {
  readonly keys: readonly string[]
  /** Places in `keys`, by their keys' order. */
  readonly sorted: readonly number[]
  /** Equal for one tool and the same names in any order. */
  readonly id: number
  /** Its place among all. */
  readonly index: number
}

class Shapes {
  readonly all: Shape[] = []
  /** By tool, the shape that its latest call had: mostly that of the next one. */
  private readonly latest = new Map<string, Shape>()
  private readonly known = new Map<string, Shape>()
  private readonly ids = new Map<string, number>()

  of(tool: string, object: object | null): Shape {
    const last = this.latest.get(tool)
    if (last !== undefined && areKeysOf(last.keys, object)) return last
    const keys = object === null ? WHOLE : Object.keys(object)
    const text = JSON.stringify([tool, keys])
    let shape = this.known.get(text)
    if (shape === undefined) {
      const sorted = [...keys.keys()].sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1))
      const id = numberIn(this.ids, JSON.stringify([tool, sorted.map((at) => keys[at]!)]))
      shape = { keys, sorted, id, index: this.all.length }
      this.all.push(shape)
      this.known.set(text, shape)
    }
    this.latest.set(tool, shape)
    return shape
  }
}

const WHOLE: readonly string[] = ['']

/** Whether the object has these keys in this order; what is none has those of `WHOLE`. */
function areKeysOf(keys: readonly string[], object: object | null): boolean {
  if (object === null) return keys.length === 1 && keys[0] === ''
  let at = 0
  // Without a list of its keys, which each of thousands of calls would throw away. What comes of JSON inherits none.
  for (const key in object) if (key !== keys[at++]) return false
  return at === keys.length
}

/** The row without elements. */
const START = 0

/** The place of a key among all that were asked about, from 1. */
function numberIn<Key>(known: Map<Key, number>, key: Key): number {
  let number = known.get(key)
  if (number === undefined) {
    number = known.size + 1
    known.set(key, number)
  }
  return number
}
