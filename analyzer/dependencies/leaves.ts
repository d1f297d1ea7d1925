import { mapped } from '../base/mapped.ts'
import type { Json } from '../model/json.ts'
import type { Call } from '../model/run.ts'
import { DocumentWalk } from './document-walk.ts'
import { mayBeJson } from './nested-json.ts'
import { type PathNode, pathNode } from './path-node.ts'

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

/** All scalars of a value, in document order; a string that holds JSON as what it holds. Depth costs no stack. */
export function leavesOf(value: Json): Leaf[] {
  if (isFlat(value))
    return Object.keys(value).map((key) => ({ path: pathNode(null, key), key, value: value[key] as Leaf['value'] }))
  const leaves: Leaf[] = []
  const search = borrowed()
  search.run(value, (scalar, key) => {
    leaves.push({ path: search.path(), key, value: scalar })
    return false
  })
  spare = search
  return leaves
}

const nothing = (): void => {}

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
      ofName = { top: pathNode(null, key), firstOf: new Map() }
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

/** Whether `test` holds for a scalar of a value, given with its nearest property name. Asks no further than the first. */
export function someScalar(value: Json, test: (scalar: Leaf['value'], key: string) => boolean): boolean {
  if (isFlat(value)) {
    for (const key in value) if (test(value[key] as Leaf['value'], key)) return true
    return false
  }
  const search = borrowed()
  const found = search.run(value, test)
  spare = search
  return found
}

/** A search that nobody is using, to be given back to `spare`: its frames are worth keeping, what they hold is not. */
function borrowed(): Search {
  const search = spare ?? new Search()
  spare = null
  return search
}

let spare: Search | null = null

/** One search after the other. What it walks with is made once: a run asks of each of its results. */
class Search {
  private readonly walk = new DocumentWalk()
  private test: (scalar: Leaf['value'], key: string) => boolean = noScalar
  private found = false

  run(value: Json, test: (scalar: Leaf['value'], key: string) => boolean): boolean {
    this.test = test
    this.found = false
    this.walk.walk(value, this.onScalar, nothing)
    this.walk.forget()
    this.test = noScalar
    return this.found
  }

  /** Path of the scalar that `test` is being asked about. */
  path(): PathNode | null {
    return this.walk.path()
  }

  private readonly onScalar = (scalar: Leaf['value'], key: string): void => {
    if (!this.test(scalar, key)) return
    this.found = true
    this.walk.stop()
  }
}

const noScalar = (): boolean => false

/** Words without a capital or a digit: whoever wrote them named nothing. */
export const isLowerCase = ({ value }: Leaf): boolean => typeof value === 'string' && !NAMING.test(value)

const NAMING = /[\p{Lu}\p{N}]/u
