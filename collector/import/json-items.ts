// Takes values out of JSON of any length by their paths, without parsing what is around them and without holding more
// than one at a time. A file may be one document, or many on lines of their own.
//
// What is entered is checked for its structure; what is skipped only for its brackets and quotes; what is taken is for
// the caller to parse. The paths wanted are few and shallow, so nearly all bytes go through the loop in `skim`.

import { type JsonItem, UnreadableFile } from './format.ts'

/** What to do with the value at a path. */
export type Visit = 'take' | 'enter' | 'skip'

export interface JsonItems {
  /** The values that are complete with this piece. Throws UnreadableFile. */
  push(chunk: Uint8Array): JsonItem[]
  /** Says that the file has ended. Throws UnreadableFile if it ended in the middle. */
  end(): JsonItem[]
}

/** One value may be as long as this, in bytes: a JavaScript string can hold no more than twice that. */
const MAX_ITEM_BYTES = 256 * 1024 * 1024

interface Container {
  readonly path: string
  readonly isArray: boolean
  /** The path of the value that comes next, known once its key is. */
  child: string
}

type Expecting = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end'

/** `visit` is asked once for every value on the way; it may record the paths that it is given. */
export function createJsonItems(visit: (path: string) => Visit): JsonItems {
  const stack: Container[] = []
  let expecting: Expecting = 'value'
  let line = 1
  let rootLine = 1
  // The value or key that is being gone through, if any: its bytes are kept if they are wanted.
  let within: 'none' | 'string' | 'scalar' | 'container' = 'none'
  let isKey = false
  let isTaken = false
  let depth = 0
  let inString = false
  let isEscaped = false
  let pieces: Uint8Array[] = []
  let pieceBytes = 0
  let itemLine = 1
  let path = '$'
  let out: JsonItem[] = []

  function fail(what: string): never {
    throw new UnreadableFile(`line ${line}: not JSON: ${what}`)
  }

  function push(chunk: Uint8Array): JsonItem[] {
    out = []
    let at = 0
    let from = 0
    while (at < chunk.length) {
      if (within !== 'none') {
        at = skim(chunk, at)
        if (isWithin()) break
        finish(chunk.subarray(from, at))
        continue
      }
      const byte = chunk[at]!
      if (byte === NEWLINE) line++
      if (isSpace(byte)) at++
      else {
        from = at
        at = structure(byte, at)
      }
    }
    if (within !== 'none' && (isTaken || isKey)) keep(chunk.subarray(from))
    return out
  }

  // The compiler does not see that `skim` changes it.
  const isWithin = (): boolean => within !== 'none'

  /** One byte outside of values that are skimmed. Gives the place to go on from. */
  function structure(byte: number, at: number): number {
    const top = stack.at(-1)
    if (expecting === 'value or ]' && byte === CLOSE_ARRAY) return close(at)
    if (expecting === 'key or }' && byte === CLOSE_OBJECT) return close(at)
    if (expecting === 'value' || expecting === 'value or ]') {
      startValue(byte, top)
      // What is entered has had its bracket read; everything else is skimmed from its first byte.
      return within === 'none' ? at + 1 : at
    }
    if (expecting === 'key' || expecting === 'key or }') {
      if (byte !== QUOTE) fail('a key in quotes is missing')
      begin('string', true, false)
      return at
    }
    if (expecting === 'colon') {
      if (byte !== COLON) fail('a colon is missing after a key')
      expecting = 'value'
      return at + 1
    }
    if (byte === COMMA) expecting = top!.isArray ? 'value' : 'key'
    else if (byte === (top!.isArray ? CLOSE_ARRAY : CLOSE_OBJECT)) return close(at)
    else fail(`a comma or ${top!.isArray ? ']' : '}'} is missing`)
    return at + 1
  }

  function startValue(byte: number, top: Container | undefined): void {
    path = top === undefined ? '$' : top.child
    if (top === undefined) rootLine = line
    const isContainer = byte === OPEN_ARRAY || byte === OPEN_OBJECT
    if (!isContainer && byte !== QUOTE && !SCALAR.test(String.fromCharCode(byte))) fail('a value is missing')
    const what = visit(path)
    if (what === 'enter' && isContainer) {
      const isArray = byte === OPEN_ARRAY
      stack.push({ path, isArray, child: `${path}.*` })
      expecting = isArray ? 'value or ]' : 'key or }'
      return
    }
    // What should have been entered and cannot be is for the reader to complain about.
    begin(isContainer ? 'container' : byte === QUOTE ? 'string' : 'scalar', false, what !== 'skip')
  }

  function begin(what: 'string' | 'scalar' | 'container', key: boolean, taken: boolean): void {
    within = what
    isKey = key
    isTaken = taken
    depth = 0
    inString = false
    isEscaped = false
    pieces = []
    pieceBytes = 0
    itemLine = line
  }

  /** Goes on in a value that is not looked into. Gives the place after it, or the chunk's end. */
  function skim(chunk: Uint8Array, start: number): number {
    let at = start
    if (within === 'scalar') {
      while (at < chunk.length && !isDelimiter(chunk[at]!)) at++
      if (at < chunk.length) within = 'none'
      return at
    }
    for (; at < chunk.length; at++) {
      const byte = chunk[at]!
      if (byte === NEWLINE) line++
      if (isEscaped) isEscaped = false
      else if (inString) {
        if (byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) inString = false
        else continue
      } else if (byte === QUOTE) inString = true
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--
      else continue
      if (depth === 0 && !inString && !isEscaped) {
        within = 'none'
        return at + 1
      }
    }
    return at
  }

  /** A value or key is complete; `last` is its part of this chunk. */
  function finish(last: Uint8Array): void {
    if (isKey) {
      keep(last)
      const top = stack.at(-1)!
      top.child = `${top.path}.${keyOf(joined())}`
      expecting = 'colon'
      return
    }
    if (isTaken) {
      keep(last)
      out.push({ path, bytes: joined(), line: itemLine })
    }
    expecting = stack.length === 0 ? 'value' : 'comma or end'
  }

  function close(at: number): number {
    stack.pop()
    expecting = stack.length === 0 ? 'value' : 'comma or end'
    return at + 1
  }

  function keep(piece: Uint8Array): void {
    pieceBytes += piece.length
    if (pieceBytes > MAX_ITEM_BYTES) {
      throw new UnreadableFile(
        `line ${itemLine}: one value is longer than ${MAX_ITEM_BYTES / 1024 / 1024} MiB, split the file`,
      )
    }
    pieces.push(piece)
  }

  /** Copied if it came in pieces: the last of them is part of a chunk that its owner may fill again. */
  function joined(): Uint8Array {
    const whole = Buffer.concat(pieces)
    pieces = []
    return whole
  }

  function keyOf(quoted: Uint8Array): string {
    try {
      return JSON.parse(new TextDecoder().decode(quoted)) as string
    } catch {
      return fail('a key has a bad escape in it')
    }
  }

  function end(): JsonItem[] {
    out = []
    if (within === 'scalar' && stack.length === 0) {
      within = 'none'
      finish(new Uint8Array(0))
    }
    if (within !== 'none' || stack.length > 0) {
      throw new UnreadableFile(`line ${rootLine}: not JSON: the file ends in the middle of what begins here`)
    }
    return out
  }

  return { push, end }
}

const NEWLINE = 0x0a
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** First characters of numbers, true, false and null. */
const SCALAR = /[-0-9tfn]/

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === NEWLINE || byte === 0x0d

const isDelimiter = (byte: number): boolean =>
  isSpace(byte) || byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT

/** What to do with the value at each path, for a reader that wants the values at `items`. */
export function visitItems(items: readonly string[]): (path: string) => Visit {
  const wanted = new Set(items)
  const above = new Set(items.flatMap((item) => item.split('.').map((_, i, parts) => parts.slice(0, i).join('.'))))
  return (path) => (wanted.has(path) ? 'take' : above.has(path) ? 'enter' : 'skip')
}
