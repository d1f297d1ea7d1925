// Content that was cut off before export: by an SDK's limit on attributes, or by whoever recorded it. What is missing
// may be what another call needed, so it must not pass for the whole.

import type { Json } from '../model/json.ts'

/** `... [TRUNCATED]`, `…[truncated 812 chars]`, `(truncated: 2048 bytes)` at the end of a text. */
const MARK = /[[(<]\s*truncated\b[^\n]{0,80}$/i

/** `[truncated`. */
const SHORTEST = 10

/** Brackets that open as JSON does, or a Python literal. Prose such as `[see below] …` does not. */
const OPENING = /^\s*(?:\{\s*(?:$|["'}])|\[\s*(?:$|["'{[\]\-\d]|true|false|null))/

/**
 * Whether `value` shows that its end is missing: text that begins like JSON and stops before its brackets close, or a
 * mark of truncation at the end of any text in it. A length that equals some limit proves nothing.
 */
export function isTruncated(value: Json | undefined): boolean {
  if (typeof value === 'string' && OPENING.test(value) && stopsInside(value)) return true
  const rest: Json[] = value === undefined ? [] : [value]
  while (rest.length > 0) {
    const item = rest.pop()!
    if (typeof item === 'string') {
      if (item.length >= SHORTEST && MARK.test(item.slice(-120))) return true
    } else if (typeof item === 'object' && item !== null) {
      for (const inner of Object.values(item)) {
        if (typeof inner === 'string' ? inner.length >= SHORTEST : typeof inner === 'object') rest.push(inner)
      }
    }
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
