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
  if (!mayBeJson(text)) return undefined
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

/**
 * Whether `text` begins and ends as JSON does. What is refused here JSON.parse would refuse too, with an error that costs more
 * than the parse: plain words that begin with t, and values that were cut off, are common.
 */
function mayBeJson(text: string): boolean {
  let start = 0
  while (isSpace(text.charCodeAt(start))) start++
  let end = text.length - 1
  while (end > start && isSpace(text.charCodeAt(end))) end--
  const [first, last] = [text.charCodeAt(start), text.charCodeAt(end)]
  switch (first) {
    case 0x7b:
      return last === 0x7d
    case 0x5b:
      return last === 0x5d
    case 0x22:
      return last === 0x22
    case 0x74:
    case 0x66:
    case 0x6e:
      return end - start < LONGEST_WORD
    default:
      return (first === 0x2d || isDigit(first)) && isDigit(last)
  }
}

/** That of `false`. */
const LONGEST_WORD = 5

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** The four spaces of JSON. */
const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
