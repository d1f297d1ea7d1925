// A list of JSON objects beside the text that it was parsed from, to tell which of them another text repeats.

import { endOfJsonString } from '../base/json-string.ts'
import type { Json } from '../model/json.ts'

export interface WrittenList {
  readonly text: string
  /** What comes before the first item. */
  readonly head: string
  readonly items: readonly Json[]
  /** The texts of the first items, up to the last that was asked for. Grows. */
  readonly written: string[]
  /** Where in `text` the item begins that is the next in `written`. */
  next: number
}

export interface Repeated {
  readonly items: readonly Json[]
  readonly written: string[]
  /** Where in the other text that begins which is not repeated: an item, or the bracket that closes the list. */
  readonly end: number
}

const OPEN = 0x7b
const CLOSE = 0x7d
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const COMMA = 0x2c
const QUOTE = 0x22

/**
 * The items at the start of `text`'s list which `list` holds in the same order and the same spelling, with or without others
 * between them; null if there are none. `text` begins with the head of `list` and an object.
 */
export function repeatedIn(list: WrittenList, text: string): Repeated | null {
  const items: Json[] = []
  const written: string[] = []
  let end = list.head.length
  for (let k = 0, own = writtenAt(list, k); own !== null; own = writtenAt(list, ++k)) {
    // A slice copies nothing, and comparing two texts is native; `startsWith` goes character by character.
    if (text.slice(end, end + own.length) !== own) continue
    const after = skipSpace(text, end + own.length)
    const next = text.charCodeAt(after) === COMMA ? skipSpace(text, after + 1) : after
    // Anything else is no list of objects, and perhaps no JSON.
    if (text.charCodeAt(next) !== (next === after ? CLOSE_LIST : OPEN)) return null
    items.push(list.items[k]!)
    written.push(own)
    end = next
    if (next === after) break
  }
  return items.length === 0 ? null : { items, written, end }
}

/** The text of an item; null after the last, or after one that is no object. */
function writtenAt(list: WrittenList, k: number): string | null {
  const { text, items, written } = list
  while (written.length <= k) {
    if (written.length >= items.length || text.charCodeAt(list.next) !== OPEN) return null
    const end = endOfObject(text, list.next)
    written.push(text.slice(list.next, end))
    list.next = skipSpace(text, skipSpace(text, end) + 1)
  }
  return written[k]!
}

/** The index after the object that begins at `start`. `text` is JSON. */
function endOfObject(text: string, start: number): number {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfJsonString(text, i)
    else if (code === OPEN || code === OPEN_LIST) depth++
    else if ((code === CLOSE || code === CLOSE_LIST) && --depth === 0) return i + 1
  }
  return text.length
}

function skipSpace(text: string, start: number): number {
  let i = start
  for (let code = text.charCodeAt(i); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; ) {
    code = text.charCodeAt(++i)
  }
  return i
}
