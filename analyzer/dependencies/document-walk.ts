// A walk over one JSON value that makes nothing per scalar: a history holds hundreds of thousands of them, and few are ever
// asked for their path.

import type { Json } from '../model/json.ts'
import { mayBeJson, parseNested } from './nested-json.ts'
import { type PathNode, pathNode } from './path-node.ts'

/** JSON inside a string is opened so many times: deeper nesting is text. */
const MAX_NESTING = 3

/** So many lists of names are remembered. */
const RECENT = 8

interface Frame {
  container: Readonly<Record<string | number, Json>>
  /** Property names, null for an array. */
  keys: readonly string[] | null
  length: number
  next: number
  /** Nearest property name. */
  key: string
  nesting: number
  /** Where the container is; undefined until asked for. */
  path: PathNode | null | undefined
  /** Key of the container in the frame below. */
  at: string | number | null
}

const NOTHING = {}
const NO_KEYS: readonly string[] = []

export class DocumentWalk {
  /** Frames are used again: of those, the first `depth` are open. */
  private readonly frames: Frame[] = []
  private depth = 0
  private at: string | number | null = null
  /** Places that equal names of many documents share. */
  private readonly topOf = new Map<string, PathNode>()
  /** Property names of the objects before, the latest in front: rows of a table share them, and the answers of one tool. */
  private readonly keys: (readonly string[])[] = new Array(RECENT).fill(NO_KEYS)

  /**
   * Calls `onScalar` for every scalar in document order, with its nearest property name, and `onKeys` with the property
   * names of every object before what they hold; of objects with the same names in a row, with the same array. A string that
   * holds a JSON object or array is walked as what it holds.
   */
  walk(
    root: Json,
    onScalar: (value: null | boolean | number | string, key: string) => void,
    onKeys: (keys: readonly string[]) => void,
  ): void {
    const { frames } = this
    this.depth = 0
    this.at = null
    let value: Json = root
    let key = ''
    let nesting = 0
    for (;;) {
      let inner: Json | undefined = value
      let depth = nesting
      if (typeof value === 'string') {
        inner = nesting < MAX_NESTING ? parseNested(value) : undefined
        depth++
      }
      if (inner === undefined || inner === null || typeof inner !== 'object') {
        onScalar(value as string, key)
      } else if (Array.isArray(inner)) this.open(inner, null, inner.length, key, depth)
      else {
        const keys = this.keysOf(inner as Record<string, Json>)
        onKeys(keys)
        this.open(inner, keys, keys.length, key, depth)
        this.readScalars(inner as Record<string, Json>, onScalar)
      }
      let frame = this.depth === 0 ? undefined : frames[this.depth - 1]
      while (frame !== undefined && frame.next >= frame.length) {
        this.depth--
        frame = this.depth <= 0 ? undefined : frames[this.depth - 1]
      }
      if (frame === undefined) return
      const name = frame.keys === null ? frame.next : (frame.keys[frame.next] as string)
      frame.next++
      this.at = name
      value = frame.container[name] as Json
      key = frame.keys === null ? frame.key : (name as string)
      nesting = frame.nesting
    }
  }

  /** Equal names of objects that follow one another closely are one array. */
  private keysOf(object: Readonly<Record<string, Json>>): readonly string[] {
    const { keys } = this
    let at = 0
    while (at < RECENT && !hasKeys(object, keys[at]!)) at++
    const found = at < RECENT ? keys[at]! : Object.keys(object)
    for (at = Math.min(at, RECENT - 1); at > 0; at--) keys[at] = keys[at - 1]!
    keys[0] = found
    return found
  }

  /** The scalars that the object just opened begins with: all that rows hold. Asked for in the engine's own order, they are at hand. */
  private readScalars(
    object: Readonly<Record<string, Json>>,
    onScalar: (value: null | boolean | number | string, key: string) => void,
  ): void {
    const frame = this.frames[this.depth - 1] as Frame
    const { length } = frame
    for (const name in object) {
      if (frame.next >= length) return
      const value = object[name] as Json
      if (typeof value === 'object' ? value !== null : typeof value === 'string' && mayBeJson(value)) return
      this.at = name
      frame.next++
      onScalar(value as string, name)
      if (this.depth === 0) return
    }
  }

  /** To be called after a walk: lets go of what was walked. */
  forget(): void {
    for (const frame of this.frames) {
      frame.container = NOTHING
      frame.path = undefined
    }
    this.keys.fill(NO_KEYS)
    // A map that is cleared is made anew, whatever was in it.
    if (this.topOf.size > 0) this.topOf.clear()
  }

  /** To be called while walking: nothing more is given. */
  stop(): void {
    this.depth = 0
  }

  private open(container: object, keys: readonly string[] | null, length: number, key: string, nesting: number): void {
    const { at } = this
    const frame = this.frames[this.depth++]
    if (frame === undefined) {
      this.frames.push({ container: container as never, keys, length, next: 0, key, nesting, path: undefined, at })
      return
    }
    frame.container = container as never
    frame.keys = keys
    frame.length = length
    frame.next = 0
    frame.key = key
    frame.nesting = nesting
    frame.path = undefined
    frame.at = at
  }

  /** Path of the scalar, or of the object, that has just been given to `onScalar` or `onKeys`. */
  path(): PathNode | null {
    const { at, topOf } = this
    if (at === null) return null
    const parent = this.containerPath()
    if (parent !== null || typeof at === 'number') return pathNode(parent, at)
    let node = topOf.get(at)
    if (node === undefined) {
      node = pathNode(parent, at)
      topOf.set(at, node)
    }
    return node
  }

  private containerPath(): PathNode | null {
    const { frames } = this
    let known = this.depth - 1
    while (known >= 0 && (frames[known] as Frame).path === undefined) known--
    let path = known < 0 ? null : ((frames[known] as Frame).path as PathNode | null)
    for (let i = known + 1; i < this.depth; i++) {
      const frame = frames[i] as Frame
      path = frame.at === null ? null : pathNode(path, frame.at)
      frame.path = path
    }
    return path
  }
}

/** Whether an object's property names are these, in this order. */
function hasKeys(object: Readonly<Record<string, Json>>, keys: readonly string[]): boolean {
  let count = 0
  for (const key in object) if (key !== keys[count++]) return false
  return count === keys.length
}
