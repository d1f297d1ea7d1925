// A walk over one JSON value that makes nothing per scalar: a history holds hundreds of thousands of them, and few are ever
// asked for their path.

import type { Json } from '../model/json.ts'
import type { PathNode } from './leaves.ts'
import { parseNested } from './nested-json.ts'

/** JSON inside a string is opened so many times: deeper nesting is text. */
const MAX_NESTING = 3

interface Frame {
  readonly container: Readonly<Record<string | number, Json>>
  /** Property names, null for an array. */
  readonly keys: readonly string[] | null
  readonly length: number
  next: number
  /** Nearest property name. */
  readonly key: string
  readonly nesting: number
  /** Where the container is; undefined until asked for. */
  path: PathNode | null | undefined
  /** Key of the container in the frame below. */
  readonly at: string | number | null
}

export class DocumentWalk {
  private readonly frames: Frame[] = []
  private at: string | number | null = null

  /**
   * Calls `onScalar` for every scalar in document order, with its nearest property name, and `onKeys` with the property
   * names of every object before what they hold. A string that holds a JSON object or array is walked as what it holds.
   */
  walk(
    root: Json,
    onScalar: (value: null | boolean | number | string, key: string) => void,
    onKeys: (keys: readonly string[]) => void,
  ): void {
    const { frames } = this
    frames.length = 0
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
      } else {
        const keys = Array.isArray(inner) ? null : Object.keys(inner)
        if (keys !== null) onKeys(keys)
        const length = keys === null ? (inner as Json[]).length : keys.length
        frames.push({
          container: inner as never,
          keys,
          length,
          next: 0,
          key,
          nesting: depth,
          path: undefined,
          at: this.at,
        })
      }
      let frame = frames[frames.length - 1]
      while (frame !== undefined && frame.next >= frame.length) {
        frames.pop()
        frame = frames[frames.length - 1]
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

  /** Path of the scalar, or of the object, that has just been given to `onScalar` or `onKeys`. */
  path(): PathNode | null {
    return this.at === null ? null : { parent: this.containerPath(), key: this.at }
  }

  private containerPath(): PathNode | null {
    const { frames } = this
    let known = frames.length - 1
    while (known >= 0 && (frames[known] as Frame).path === undefined) known--
    let path = known < 0 ? null : ((frames[known] as Frame).path as PathNode | null)
    for (let i = known + 1; i < frames.length; i++) {
      const frame = frames[i] as Frame
      path = frame.at === null ? null : { parent: path, key: frame.at }
      frame.path = path
    }
    return path
  }
}
