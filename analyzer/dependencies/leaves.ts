import type { Json } from '../model/json.ts'

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

/** JSON inside a string is opened so many times: deeper nesting is text. */
const MAX_NESTING = 3

/**
 * Calls `onLeaf` for every scalar of `value` in document order, and `onKey` for every property name.
 * A string that holds a JSON object or array is walked as what it holds. Iterative: depth costs no stack.
 */
export function walkLeaves(
  value: Json,
  onLeaf: (leaf: Leaf) => void,
  onKey?: (key: string, path: PathNode | null) => void,
): void {
  const open: { value: Json; path: PathNode | null; key: string; nesting: number }[] = [
    { value, path: null, key: '', nesting: 0 },
  ]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, key, nesting } = next
    const inner = typeof next.value === 'string' && nesting < MAX_NESTING ? parseNested(next.value) : undefined
    const value = inner ?? next.value
    if (value === null || typeof value !== 'object') {
      onLeaf({ path, key, value })
      continue
    }
    const depth = inner === undefined ? nesting : nesting + 1
    // Pushed last to first, so that they come off the stack in document order.
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) {
        open.push({ value: value[i] as Json, path: { parent: path, key: i }, key, nesting: depth })
      }
    } else {
      const entries = Object.entries(value)
      for (let i = entries.length - 1; i >= 0; i--) {
        const [name, item] = entries[i] as [string, Json]
        onKey?.(name, path)
        open.push({ value: item, path: { parent: path, key: name }, key: name, nesting: depth })
      }
    }
  }
}

/** All leaves of a value, in document order. */
export function leavesOf(value: Json): Leaf[] {
  const leaves: Leaf[] = []
  walkLeaves(value, (leaf) => leaves.push(leaf))
  return leaves
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

function parseNested(text: string): Json | undefined {
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    // Text that only looks like JSON is text.
    return undefined
  }
}
