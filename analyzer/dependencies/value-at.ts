// What stands at a path of a value, through JSON in strings, as the walk over documents names its places.

import type { Json } from '../model/json.ts'
import type { PathNode } from './path-node.ts'
import { parsePythonLiteral } from './python-literal.ts'

/** Keys from the root on. */
export function keysOf(path: PathNode | null): (string | number)[] {
  let length = 0
  for (let node = path; node !== null; node = node.parent) length++
  const keys = new Array<string | number>(length)
  for (let node = path; node !== null; node = node.parent) keys[--length] = node.key
  return keys
}

/** @param open what a text holds, where many places of the same texts are asked for: see `rememberedTexts`. */
export function valueAt(
  value: Json | undefined,
  keys: readonly (string | number)[],
  open: typeof opens = opens,
): Json | undefined {
  let at = value
  for (const key of keys) at = childOf(at, key, open)
  return at
}

export function childOf(value: Json | undefined, key: string | number, open: typeof opens = opens): Json | undefined {
  const opened = open(value)
  if (opened === null || typeof opened !== 'object') return undefined
  if (Array.isArray(opened)) return typeof key === 'number' ? opened[key] : undefined
  return Object.hasOwn(opened, key) ? (opened as Readonly<Record<string, Json>>)[key] : undefined
}

/** JSON inside a string is what it holds, as where values are looked for. */
export function opens(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as Json
  } catch {
    // Text that is neither JSON nor what Python prints is text.
    return parsePythonLiteral(value) ?? value
  }
}
