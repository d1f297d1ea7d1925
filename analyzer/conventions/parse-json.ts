// JSON from outside. Nothing here throws, and nothing returned is nested deeper than MAX_JSON_DEPTH, so whoever walks
// the value later may recurse over it.

import type { Json } from '../model/json.ts'

/** Far deeper than any tool's arguments, far shallower than any stack. */
export const MAX_JSON_DEPTH = 200

/** The value that `text` spells, or undefined if it is not JSON (cut off, plain words) or is nested too deep. */
export function parseJson(text: string): Json | undefined {
  if (!/^\s*[[{"\-\dtfn]/.test(text) || nestsTooDeep(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    // Cut-off JSON is common (attribute length limits): for the caller it is text.
    return undefined
  }
}

/**
 * A captured value that may be JSON in a string, or JSON in a string in JSON (tools that return serialised objects).
 * A number is only taken for one if no digit is lost: `"0012"` and twenty-digit ids stay text.
 */
export function jsonOrText(text: string): Json {
  const value = parseJson(text)
  if (value === undefined) return text
  if (typeof value === 'number') return String(value) === text.trim() ? value : text
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  return parseJson(value) ?? value
}

/** Whether brackets outside of strings open more than MAX_JSON_DEPTH levels. */
function nestsTooDeep(text: string): boolean {
  if (text.length <= MAX_JSON_DEPTH) return false
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x22) inString = !inString
    else if (inString) {
      if (c === 0x5c) i++
    } else if (c === 0x5b || c === 0x7b) {
      if (++depth > MAX_JSON_DEPTH) return true
    } else if (c === 0x5d || c === 0x7d) depth--
  }
  return false
}
