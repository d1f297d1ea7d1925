// JSON from outside. Nothing here throws, and nothing returned is nested deeper than MAX_JSON_DEPTH, so whoever walks
// the value later may recurse over it.

import { quoteLongIntegers } from '../base/exact-json.ts'
import type { Json } from '../model/json.ts'

/** Far deeper than any tool's arguments, far shallower than any stack. */
export const MAX_JSON_DEPTH = 200

/**
 * The value that `text` spells, or undefined if it is not JSON (cut off, plain words) or is nested too deep. Integers that
 * a double cannot hold stay text, wherever they are.
 */
export function parseJson(text: string): Json | undefined {
  if (!/^\s*[[{"\-\dtfn]/.test(text)) return undefined
  const exact = quoteLongIntegers(text, MAX_JSON_DEPTH)
  if (exact === null) return undefined
  try {
    return JSON.parse(exact) as Json
  } catch {
    // Cut-off JSON is common (attribute length limits): for the caller it is text.
    return undefined
  }
}

/**
 * A captured value that may be JSON in a string, or JSON in a string in JSON (tools that return serialised objects).
 * A number is only taken for one if it is spelled as JavaScript would: `1.50` stays text.
 */
export function jsonOrText(text: string): Json {
  const value = parseJson(text)
  if (value === undefined) return text
  if (typeof value === 'number') return String(value) === text.trim() ? value : text
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  return parseJson(value) ?? value
}
