import type { Json } from '../model/json.ts'
import { DocumentWalk } from './document-walk.ts'

/** One container on the way to a leaf. Paths are linked, not joined: most are never printed. */
export interface PathNode {
  readonly parent: PathNode | null
  readonly key: string | number
}

/** A scalar of a JSON value. `key` is the nearest property name, '' where there is none. */
export interface Leaf {
  readonly path: PathNode | null
  readonly key: string
  readonly value: null | boolean | number | string
}

/** All scalars of a value, in document order; a string that holds JSON as what it holds. Depth costs no stack. */
export function leavesOf(value: Json): Leaf[] {
  const leaves: Leaf[] = []
  const walk = new DocumentWalk()
  walk.walk(
    value,
    (scalar, key) => leaves.push({ path: walk.path(), key, value: scalar }),
    () => {},
  )
  return leaves
}

/**
 * The scalars of a call's arguments. They are few and asked for from all sides, so they are remembered as long as the
 * arguments live, which nobody changes.
 */
export function argumentLeaves(args: Json | undefined): readonly Leaf[] {
  if (args === undefined || args === null || typeof args !== 'object') return leavesOf(args ?? null)
  let leaves = known.get(args)
  if (leaves === undefined) {
    leaves = leavesOf(args)
    known.set(args, leaves)
  }
  return leaves
}

const known = new WeakMap<object, readonly Leaf[]>()

/** Whether `test` holds for a scalar of a value, given with its nearest property name. Asks no further than the first. */
export function someScalar(value: Json, test: (scalar: Leaf['value'], key: string) => boolean): boolean {
  const walk = new DocumentWalk()
  let found = false
  walk.walk(
    value,
    (scalar, key) => {
      found = test(scalar, key)
      if (found) walk.stop()
    },
    () => {},
  )
  return found
}

/** `$.rooms[0].id`, `$["a b"]`; `$` for the value itself. */
export function pathText(path: PathNode | null): string {
  const parts: string[] = []
  for (let node = path; node !== null; node = node.parent) {
    if (typeof node.key === 'number') parts.push(`[${node.key}]`)
    else if (/^[A-Za-z_$][\w$]*$/.test(node.key)) parts.push(`.${node.key}`)
    else parts.push(`[${JSON.stringify(node.key)}]`)
  }
  return `$${parts.reverse().join('')}`
}

/** Words without a capital or a digit: whoever wrote them named nothing. */
export const isLowerCase = ({ value }: Leaf): boolean => typeof value === 'string' && !/[\p{Lu}\p{N}]/u.test(value)
