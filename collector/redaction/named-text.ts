// What the readers of named values share: the text, the blanks and names around a value, and the value in quotes.

import { BACKSLASH, isAlphanumeric, isQuote, isToken, isWhite } from './characters.ts'
import type { Edits } from './edits.ts'
import { endOfString } from './quoted-string.ts'
import type { NameWord } from './secret-names.ts'
import { isPlaceholder, secretPart } from './secret-part.ts'

/** Blanks between name, colon and value; more is layout that means something else. */
export const MAX_BLANKS = 32

/** A session token has no fewer characters and no blanks; `{"token": "Hello"}` is a word of a language model. */
export const MIN_TOKEN_LENGTH = 8

/** How far a name is followed back to see what stands before it. */
const MAX_NAME_LENGTH = 64

/** The text `bytes[start, end)` that is looked through. */
export interface NamedText {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly edits: Edits
}

/** The string that the quote at `opener` opens. `sure`: it cannot close one. Gives the index to go on from, or 0. */
export function addString(text: NamedText, opener: number, slashes: number, word: NameWord, sure: boolean): number {
  const { bytes, end, edits } = text
  const from = opener + 1
  // The quote may close a JSON string that ends in "password: "; then a comma, a colon, a bracket or a blank follows.
  if (!sure && (from >= end || isWhite(bytes[from]) || !isValueStart(bytes[from]!))) return 0
  const to = endOfString(bytes, from, end, bytes[opener]!, slashes)
  const secret = secretPart(bytes, from, to)
  if (isSecretText(bytes, secret, to, word)) edits.add(secret, to, 'secret', '')
  return to
}

/** Not , : ] or }, nor a quote or backslash. */
const isValueStart = (byte: number): boolean =>
  byte !== 0x2c && byte !== 0x3a && byte !== 0x5d && byte !== 0x7d && byte !== 0x5c && !isQuote(byte)

/** Whether `bytes[start, end)`, the value of a name, is one to hide. */
export function isSecretText(bytes: Uint8Array, start: number, end: number, word: NameWord): boolean {
  if (isPlaceholder(bytes, start, end)) return false
  if (word !== 'token') return true
  if (end - start < MIN_TOKEN_LENGTH) return false
  for (let i = start; i < end; i++) if (isWhite(bytes[i])) return false
  return true
}

/** `OPENAI_API_KEY` from `API_KEY`: back over what names are made of. */
export function startOfName(bytes: Uint8Array, start: number, from: number): number {
  let at = from
  while (at > start && from - at < MAX_NAME_LENGTH && (isToken(bytes[at - 1]) || bytes[at - 1] === 0x2e)) at--
  // The n of \n is no part of it.
  if (at - 1 >= start && bytes[at - 1] === 0x5c && isAlphanumeric(bytes[at]) && at < from) at++
  return at
}

/** A line break inside of a string in JSON is an escape, `\n` or with more backslashes. */
export function skipBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = Math.min(from, end)
  while (at < end && at - from < MAX_BLANKS) {
    let letter = at
    while (letter < end && letter - from < MAX_BLANKS && bytes[letter] === BACKSLASH) letter++
    if (letter > at && letter < end && isEscapeLetter(bytes[letter]!)) at = letter + 1
    else if (isWhite(bytes[at])) at++
    else break
  }
  return at
}

/** Of `\n`, `\r` and `\t`. */
export const isEscapeLetter = (byte: number): boolean => byte === 0x6e || byte === 0x72 || byte === 0x74
