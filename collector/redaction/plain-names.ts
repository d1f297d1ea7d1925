// Values after a name without quotes: `api_key=x`, `--password x`, `X-Api-Key: x`. Prose says "password: required" too, so
// that only what cannot be meant otherwise is taken.

import {
  BACKSLASH,
  COLON,
  DASH,
  EQUALS,
  hasWord,
  isDelimiter,
  isDigit,
  isLetter,
  isLower,
  isQuote,
  isToken,
  isWhite,
  NEWLINE,
  QUOTE,
  SPACE,
} from './characters.ts'
import { MARKER_START } from './marker.ts'
import { addString, isSecretText, MAX_BLANKS, MIN_TOKEN_LENGTH, type NamedText, startOfName } from './named-text.ts'
import { quoteAfter } from './quoted-string.ts'
import type { NameWord } from './secret-names.ts'
import { secretPart } from './secret-part.ts'

/** After a name without quotes that ends at `to`. Gives the index to go on from. */
export function addPlainName(text: NamedText, from: number, to: number, word: NameWord): number {
  const { bytes, start, end } = text
  const first = startOfName(bytes, start, from)
  const isFlag = bytes[first] === DASH && bytes[first + 1] === DASH
  if (isFlag && bytes[to] === SPACE) return addBare(text, to + 1, word)
  const colon = skipSpaces(bytes, to, end)
  const separator = bytes[colon]
  if (colon >= end || (separator !== COLON && separator !== EQUALS)) return to
  // Ruby and PHP write =>, Go and make :=.
  const isArrow = bytes[colon + 1] === (separator === EQUALS ? 0x3e : EQUALS)
  const value = skipSpaces(bytes, colon + (isArrow ? 2 : 1), end)
  const opener = quoteAfter(bytes, value, end)
  if (opener >= 0) return addString(text, opener, opener - value, word, false) || to
  if (isArrow) return to
  if (separator === EQUALS) {
    const joined = value === to + 1
    if (joined && (isFlag || isParameter(bytes, start, first, to))) return addBare(text, value, word)
    return addSetting(text, first, value, word, joined)
  }
  return addHeader(text, first, to, value, word)
}

/** `?api_key=`, `&token=`, `;Password=`, `password=` at the front of a form, and `OPENAI_API_KEY=`. */
function isParameter(bytes: Uint8Array, start: number, first: number, to: number): boolean {
  if (first === start) return true
  const before = bytes[first - 1]
  if (before === 0x3f || before === 0x26 || before === 0x3b) return true
  for (let i = first; i < to; i++) if (isLower(bytes[i])) return false
  return true
}

/**
 * `password=hunter2` after a blank or a colon, and `aws_secret_access_key = abc123` alone on its line. In code a variable, a
 * field or a call stands there: what has no digit, goes on with a comma or a bracket, or is a field of an object is none.
 */
function addSetting(text: NamedText, first: number, value: number, word: NameWord, joined: boolean): number {
  const { bytes, start, end, edits } = text
  const to = endOfBare(bytes, value, end)
  const after = bytes[to]
  const ends = to >= end || isWhite(after) || after === 0x3b || after === BACKSLASH || isQuote(after)
  const isLine = startsLine(bytes, start, first) && endsLine(bytes, to, end)
  const stands = joined ? isLine || isWhite(bytes[first - 1]) || bytes[first - 1] === COLON : isLine
  // `token = next_token1` is code more often than a setting.
  const least = word === 'token' && !joined ? 2 * MIN_TOKEN_LENGTH : 6
  if (ends && stands && to - value >= least && hasDigitAndLetter(bytes, value, to) && !isField(bytes, value, to)) {
    if (isSecretText(bytes, value, to, word) && !isReference(bytes, value)) edits.add(value, to, 'secret', '')
  }
  return to
}

/** Of an object, or of a list: `process.env.TOKEN1`, `hashlib.sha256`, `tokens[i1]`. */
const FIELD = /^[a-z_]\w{0,24}(?:\.[A-Za-z_]\w{0,24}){1,4}$|\[/

const MAX_FIELD_LENGTH = 64

const isField = (bytes: Uint8Array, from: number, to: number): boolean =>
  to - from <= MAX_FIELD_LENGTH && FIELD.test(String.fromCharCode(...bytes.subarray(from, to)))

/** A value without quotes, up to a delimiter. */
function addBare({ bytes, end, edits }: NamedText, from: number, word: NameWord): number {
  const to = endOfBare(bytes, from, end)
  if (to - from >= 3 && isSecretText(bytes, from, to, word) && !isReference(bytes, from)) {
    edits.add(from, to, 'secret', '')
  }
  return to
}

/**
 * The end of a value without quotes: a delimiter, or a marker. What stands before a marker was looked at when the marker was
 * set; its digits are no sign of a secret.
 */
function endOfBare(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && !isDelimiter(bytes[at]) && !hasWord(bytes, at, end, MARKER_START)) at++
  return at
}

/** `$TOKEN`, `$(cat key)`, `%TOKEN%`, `-flag`: the secret is elsewhere. */
const isReference = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x24 || bytes[at] === 0x25 || bytes[at] === DASH

/** `Authorization: Basic abc`, `Cookie: a=b; c=d`, `X-Api-Key: abc`, and `password: hunter2` alone on its line. */
function addHeader(text: NamedText, first: number, to: number, value: number, word: NameWord): number {
  const { bytes, start, end, edits } = text
  if (word === 'cookie') {
    const line = endOfLine(bytes, value, end)
    let name = value
    while (name < line && isToken(bytes[name])) name++
    if (name > value && name < line && bytes[name] === EQUALS) edits.add(value, line, 'secret', '')
    return line
  }
  const secret = Math.min(secretPart(bytes, value, end), end)
  const done = endOfBare(bytes, secret, end)
  const schemed = secret > value && word === 'authorization'
  const hyphened = bytes.subarray(first, to).includes(DASH) && done - secret >= MIN_TOKEN_LENGTH
  const alone =
    startsLine(bytes, start, first) &&
    endsLine(bytes, done, end) &&
    hasDigitAndLetter(bytes, secret, done) &&
    !isField(bytes, secret, done)
  if ((schemed || hyphened || alone) && done - secret >= 6 && isSecretText(bytes, secret, done, word)) {
    if (!isReference(bytes, secret)) edits.add(secret, done, 'secret', '')
  }
  return done
}

/** The end of the line at `from`: a line break, its escape, or a quote. */
function endOfLine(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && !isLineEnd(bytes[at]!)) at++
  return at
}

const isLineEnd = (byte: number): boolean => byte < SPACE || byte === BACKSLASH || isQuote(byte)

/** Whether nothing follows on the line but blanks and a comment. */
function endsLine(bytes: Uint8Array, at: number, end: number): boolean {
  const next = skipSpaces(bytes, at, end)
  return next >= end || isLineEnd(bytes[next]!) || (next > at && bytes[next] === 0x23)
}

/** Whether only blanks and dashes of a list stand between the line's start and `at`. */
function startsLine(bytes: Uint8Array, start: number, at: number): boolean {
  let i = at
  while (i > start && at - i < MAX_BLANKS && (bytes[i - 1] === SPACE || bytes[i - 1] === DASH)) i--
  if (i === start || bytes[i - 1] === NEWLINE || bytes[i - 1] === QUOTE) return true
  return bytes[i - 1] === 0x6e && bytes[i - 2] === 0x5c
}

function hasDigitAndLetter(bytes: Uint8Array, start: number, end: number): boolean {
  let digit = false
  let letter = false
  for (let i = start; i < end; i++) {
    if (isDigit(bytes[i])) digit = true
    else if (isLetter(bytes[i])) letter = true
  }
  return digit && letter
}

function skipSpaces(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && at - from < MAX_BLANKS && bytes[at] === SPACE) at++
  return at
}
