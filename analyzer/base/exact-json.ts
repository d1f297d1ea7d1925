// JSON.parse reads 9007199254740993 as 9007199254740992. Integers that a double cannot hold are put in quotes before
// parsing, so they arrive as text with every digit.

import { endOfJsonString } from './json-string.ts'

/** 2^53 has 16 digits: shorter integers are safe as doubles. */
const UNSAFE_DIGITS = 16

const QUOTE = 0x22

/**
 * `text` with every integer beyond 2^53 in quotes; `text` itself if it has none. Null if brackets are nested deeper than
 * `maxDepth`. Wrong JSON stays wrong: it is left for JSON.parse to refuse.
 */
export function quoteLongIntegers(text: string, maxDepth: number): string | null {
  // Most texts need no more than these two: the loop below costs about as much as half a JSON.parse.
  const hasLongDigits = hasDigitsInRow(text, UNSAFE_DIGITS) && LONG_DIGITS.test(text)
  if (!hasLongDigits && (text.length <= maxDepth || !hasMoreBrackets(text, maxDepth))) return text
  const parts: string[] = []
  let from = 0
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfJsonString(text, i)
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxDepth) return null
    } else if (code === 0x5d || code === 0x7d) depth--
    else if (code === 0x2d || isDigit(code)) {
      const end = endOfNumber(text, i)
      if (end - i >= UNSAFE_DIGITS && isUnsafeInteger(text, i, end)) {
        parts.push(text.slice(from, i), `"${text.slice(i, end)}"`)
        from = end
      }
      i = end - 1
    }
  }
  if (parts.length === 0) return text
  parts.push(text.slice(from))
  return parts.join('')
}

/** Sixteen digits where a number can stand; a text that holds them looks the same, and is told apart by the loop. */
const LONG_DIGITS = /(?:^|[\s:,[-])\d{16}/

/** Whether `text` holds `count` digits one after another: one of them is at a place whose number `count` divides. */
function hasDigitsInRow(text: string, count: number): boolean {
  for (let i = count; i <= text.length; i += count) {
    if (!isDigit(text.charCodeAt(i - 1))) continue
    let start = i - 1
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--
    let end = i
    while (end < text.length && isDigit(text.charCodeAt(end))) end++
    if (end - start >= count) return true
  }
  return false
}

/** Whether `text` opens more than `count` brackets, strings included. */
function hasMoreBrackets(text: string, count: number): boolean {
  let left = count
  for (const bracket of ['[', '{']) {
    for (let i = text.indexOf(bracket); i >= 0; i = text.indexOf(bracket, i + 1)) if (--left < 0) return true
  }
  return false
}

/** First index after the run of characters that a number can hold. */
function endOfNumber(text: string, start: number): number {
  let i = start
  while (i < text.length) {
    const code = text.charCodeAt(i)
    // - + . e E
    if (!isDigit(code) && code !== 0x2d && code !== 0x2b && code !== 0x2e && code !== 0x65 && code !== 0x45) break
    i++
  }
  return i
}

/** A JSON integer (no leading zero, no fraction, no exponent) that a double cannot hold. */
function isUnsafeInteger(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start) === 0x2d ? start + 1 : start
  if (text.charCodeAt(first) === 0x30) return false
  for (let i = first; i < end; i++) if (!isDigit(text.charCodeAt(i))) return false
  if (Number.isSafeInteger(Number(text.slice(start, end)))) return false
  // In the place of a key it is a syntax error, which quotes would hide.
  let next = end
  while (next < text.length && text.charCodeAt(next) <= 0x20) next++
  return text.charCodeAt(next) !== 0x3a
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
