import { mapped } from '../base/mapped.ts'
import type { Json } from '../model/json.ts'
import type { Call } from '../model/run.ts'
import { DocumentWalk } from './document-walk.ts'
import { mayBeJson } from './nested-json.ts'

/** One container on the way to a leaf. Paths are linked, not joined: most are never printed. */
export interface PathNode {
  readonly parent: PathNode | null
  readonly key: string | number
  /** What `pathText` made of it, once it was asked. */
  text?: string
}

/** A scalar of a JSON value. `key` is the nearest property name, '' where there is none. */
export interface Leaf {
  readonly path: PathNode | null
  readonly key: string
  readonly value: null | boolean | number | string
}

/** A leaf of a call's arguments. */
export interface ArgumentLeaf extends Leaf {
  /** One number for each value under each name, among all arguments of the run. Counted from 0. */
  readonly number: number
}

/** Whether two paths go through the same names and numbers. */
export function isSamePath(a: PathNode | null, b: PathNode | null): boolean {
  let one = a
  let other = b
  while (one !== null && other !== null && one !== other) {
    if (one.key !== other.key) return false
    one = one.parent
    other = other.parent
  }
  return one === other
}

/** All scalars of a value, in document order; a string that holds JSON as what it holds. Depth costs no stack. */
export function leavesOf(value: Json): Leaf[] {
  if (isFlat(value))
    return Object.keys(value).map((key) => ({ path: { parent: null, key }, key, value: value[key] as Leaf['value'] }))
  const leaves: Leaf[] = []
  withWalk((walk) => walk.walk(value, (scalar, key) => leaves.push({ path: walk.path(), key, value: scalar }), nothing))
  return leaves
}

const nothing = (): void => {}

/** Lends a walk that nobody is using: its frames are worth keeping, what they hold is not. */
function withWalk(use: (walk: DocumentWalk) => void): void {
  const walk = spare ?? new DocumentWalk()
  spare = null
  use(walk)
  walk.forget()
  spare = walk
}

let spare: DocumentWalk | null = null

/**
 * The scalars of each call's arguments; a null where they were not captured. They are few and asked for from all sides, so they
 * are remembered as long as the list of calls lives, which nobody changes.
 */
export function argumentLeaves(calls: readonly Call[]): readonly (readonly ArgumentLeaf[])[] {
  let leaves = known.get(calls)
  if (leaves === undefined) {
    const numbers = new LeafNumbers()
    leaves = mapped(calls, ({ arguments: args = null }) =>
      isFlat(args) ? flatLeaves(args, numbers) : mapped(leavesOf(args), (leaf) => numbers.numbered(leaf)),
    )
    known.set(calls, leaves)
  }
  return leaves
}

const known = new WeakMap<readonly Call[], readonly (readonly ArgumentLeaf[])[]>()

/** What is known under one name. */
interface OfName {
  readonly top: PathNode
  readonly firstOf: Map<Leaf['value'], ArgumentLeaf>
}

class LeafNumbers {
  private readonly ofName = new Map<string, OfName>()
  private count = 0

  /** One object for all equal leaves at the top of their arguments: most values are given again and again. */
  top(key: string, value: Leaf['value']): ArgumentLeaf {
    const { top, firstOf } = this.under(key)
    const first = firstOf.get(value)
    if (first?.path === top) return first
    return this.put({ path: top, key, value }, first, firstOf)
  }

  numbered(leaf: Leaf): ArgumentLeaf {
    const { firstOf } = this.under(leaf.key)
    return this.put(leaf, firstOf.get(leaf.value), firstOf)
  }

  private put(
    { path, key, value }: Leaf,
    first: ArgumentLeaf | undefined,
    firstOf: Map<Leaf['value'], ArgumentLeaf>,
  ): ArgumentLeaf {
    if (first !== undefined) return { path, key, value, number: first.number }
    const leaf = { path, key, value, number: this.count++ }
    firstOf.set(value, leaf)
    return leaf
  }

  private under(key: string): OfName {
    let ofName = this.ofName.get(key)
    if (ofName === undefined) {
      ofName = { top: { parent: null, key }, firstOf: new Map() }
      this.ofName.set(key, ofName)
    }
    return ofName
  }
}

/** An object that holds scalars only, as most arguments and many results do: it needs no walk. */
function isFlat(value: Json): value is Readonly<Record<string, Json>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const object = value as Readonly<Record<string, Json>>
  for (const key in object) {
    const held = object[key] as Json
    if (typeof held === 'object' ? held !== null : typeof held === 'string' && mayBeJson(held)) return false
  }
  return true
}

/** As `leavesOf`, with leaves that equal calls share. */
function flatLeaves(value: Readonly<Record<string, Json>>, numbers: LeafNumbers): ArgumentLeaf[] {
  let count = 0
  for (const _ in value) count++
  // As long as it gets: a short list that grows gets room for seventeen more.
  const leaves = new Array<ArgumentLeaf>(count)
  let at = 0
  for (const key in value) leaves[at++] = numbers.top(key, value[key] as Leaf['value'])
  return leaves
}

/** Where the scalar is that `someScalar` asks about. */
export interface Place {
  path(): PathNode | null
}

/**
 * Whether `test` holds for a scalar of a value, given with its nearest property name. Asks no further than the first.
 * @param test may ask for the place while it is asked itself.
 */
export function someScalar(value: Json, test: (scalar: Leaf['value'], key: string, place: Place) => boolean): boolean {
  if (isFlat(value)) {
    const place = new FlatPlace()
    for (const key in value) {
      place.key = key
      if (test(value[key] as Leaf['value'], key, place)) return true
    }
    return false
  }
  let found = false
  withWalk((walk) =>
    walk.walk(
      value,
      (scalar, key) => {
        found = test(scalar, key, walk)
        if (found) walk.stop()
      },
      nothing,
    ),
  )
  return found
}

class FlatPlace implements Place {
  key = ''

  path(): PathNode {
    return { parent: null, key: this.key }
  }
}

/** `$.rooms[0].id`, `$["a b"]`; `$` for the value itself. */
export function pathText(path: PathNode | null): string {
  if (path === null) return '$'
  if (path.text === undefined) {
    const parts: string[] = []
    for (let node: PathNode | null = path; node !== null; node = node.parent) parts.push(stepText(node.key))
    path.text = `$${parts.reverse().join('')}`
  }
  return path.text
}

function stepText(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

/** Words without a capital or a digit: whoever wrote them named nothing. */
export const isLowerCase = ({ value }: Leaf): boolean => typeof value === 'string' && !/[\p{Lu}\p{N}]/u.test(value)
