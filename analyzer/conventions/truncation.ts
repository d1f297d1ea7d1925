// Content that was cut off before export: by an SDK's limit on attributes, or by whoever recorded it. What is missing
// may be what another call needed, so it must not pass for the whole.

import type { Json, JsonObject } from '../model/json.ts'

/** `... [TRUNCATED]`, `…[truncated 812 chars]`, `(truncated: 2048 bytes)` at the end of a text. */
const MARK = /[[(<]\s*truncated\b[^\n]{0,80}$/i

/** `[truncated`. */
const SHORTEST = 10
/** With what is said of how much is missing, and the spaces before. */
const LONGEST = 120

/** Brackets that open as JSON does, or a Python literal. Prose such as `[see below] …` does not. */
const OPENING = /^\s*(?:\{\s*(?:$|["'}])|\[\s*(?:$|["'{[\]\-\d]|true|false|null))/

/**
 * Whether `value` shows that its end is missing: text that begins like JSON and stops before its brackets close, or a
 * mark of truncation at the end of any text in it. A length that equals some limit proves nothing.
 */
export function isTruncated(value: Json | undefined): boolean {
  if (typeof value === 'string') return isMarked(value) || (OPENING.test(value) && stopsInside(value))
  if (typeof value !== 'object' || value === null) return false
  // Most of what was captured is one object, or a list of scalars.
  let open: Holder[] | undefined
  for (let item: Holder | undefined = value; item !== undefined; item = open?.pop()) {
    for (const inner of Array.isArray(item) ? item : Object.values(item)) {
      if (typeof inner === 'string') {
        if (isMarked(inner)) return true
      } else if (typeof inner === 'object' && inner !== null) {
        open ??= []
        open.push(inner)
      }
    }
  }
  return false
}

type Holder = readonly Json[] | JsonObject

/** Asked of every text that was captured. Most hold no bracket where a mark begins. */
function isMarked(text: string): boolean {
  for (let i = text.length - SHORTEST; i >= 0 && i >= text.length - LONGEST; i--) {
    const code = text.charCodeAt(i)
    if (code === 0x5b || code === 0x28 || code === 0x3c) return MARK.test(text.slice(-LONGEST))
  }
  return false
}

/** Whether `text` ends inside a bracket or a quoted text. Both kinds of quotes, for literals of Python. */
function stopsInside(text: string): boolean {
  let depth = 0
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quote !== '') {
      if (c === '\\') i++
      else if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '[' || c === '{') depth++
    else if ((c === ']' || c === '}') && --depth === 0 && text.slice(i + 1).trim() !== '') {
      // JSON closed and something follows: lines of JSON go on with the next, anything else is prose.
      if (!/^\s*[[{]/.test(text.slice(i + 1))) return false
    }
  }
  return depth > 0 || quote !== ''
}
