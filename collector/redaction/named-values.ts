// Values in a text that a name before them calls secret. The text may be JSON, at any depth inside strings of JSON, the
// repr of a Python dict, source code, an .env file, a URL's query, a command line or HTTP headers:
//
//   {"password": "hunter2"}   {\"api_key\":\"abc\"}   {'secret': 'x'}   password="x"   ?api_key=abc&
//   OPENAI_API_KEY=abc        --password hunter2      X-Api-Key: abc    Authorization: Basic dXNlcjpwYXNz
//
// JSON stays JSON: a string is replaced between its quotes, a number by a string. What hangs on a name without quotes is
// taken only where nothing else can be meant, since prose says "password: required" too.

import {
  BACKSLASH,
  COLON,
  DASH,
  EQUALS,
  hasWord,
  isAlphanumeric,
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
import type { Edits } from './edits.ts'
import { MAX_MARKER_LENGTH } from './marker.ts'
import { endOfPrivateKey, startOfPrivateKey } from './private-keys.ts'
import { endOfString, quoteAfter } from './quoted-string.ts'
import type { NameWord } from './secret-names.ts'
import { isPlaceholder, secretPart } from './secret-part.ts'

/** Blanks between name, colon and value; more is layout that means something else. */
const MAX_BLANKS = 32

/** A session token has no fewer characters and no blanks; `{"token": "Hello"}` is a word of a language model. */
const MIN_TOKEN_LENGTH = 8

/** How far a name is followed back to see what stands before it. */
const MAX_NAME_LENGTH = 64

const OPENING_BRACKET = 0x5b
const COMMA = 0x2c
const MARKER_START = Buffer.from('[redacted:')

interface Text {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly edits: Edits
}

/**
 * Adds an edit for the value of a secret's name, if there is one, in the text `bytes[start, end)`. The name's telling words
 * begin at `from`, it ends at `to`. Gives the index from which on names are of interest again.
 */
export function addNamedValue(
  bytes: Uint8Array,
  start: number,
  end: number,
  from: number,
  to: number,
  word: NameWord,
  edits: Edits,
): number {
  const text: Text = { bytes, start, end, edits }
  if (word === 'private-key') {
    const done = addPrivateKey(text, from, to)
    if (done > to) return done
  }
  if (isInMarker(bytes, start, from)) return to
  const quote = quoteAfter(bytes, to, end)
  if (quote >= 0) {
    const done = addQuotedName(text, from, quote + 1, quote - to, bytes[quote]!, word)
    if (done > 0) return done
  }
  return addPlainName(text, from, to, word)
}

/** `slack-token` of `[redacted:slack-token:403cf8c1]` names no value. */
function isInMarker(bytes: Uint8Array, start: number, from: number): boolean {
  for (let i = from - 1; i >= start && from - i <= MAX_MARKER_LENGTH; i--) {
    if (bytes[i] === OPENING_BRACKET) return hasWord(bytes, i, from, MARKER_START)
    if (!isToken(bytes[i]) && bytes[i] !== COLON) return false
  }
  return false
}

function addPrivateKey({ bytes, start, end, edits }: Text, from: number, to: number): number {
  const begin = startOfPrivateKey(bytes, start, from, to, end)
  if (begin < 0) return to
  const done = endOfPrivateKey(bytes, to, end)
  edits.add(begin, done, 'private-key', '')
  return done
}

/** After `"password"`, at `at`. Gives the index to go on from, or 0 if no value follows. */
function addQuotedName(text: Text, from: number, at: number, slashes: number, quote: number, word: NameWord): number {
  const { bytes, end } = text
  let colon = skipBlanks(bytes, at, end)
  if (bytes[colon] === COMMA) {
    colon = colonOfPair(text, from, colon, slashes, quote)
    if (colon < 0) return 0
  }
  if (bytes[colon] === EQUALS && bytes[colon + 1] === 0x3e)
    colon++ // Ruby's =>
  else if (bytes[colon] !== COLON) return 0
  const value = skipBlanks(bytes, colon + 1, end)
  const opener = quoteAfter(bytes, value, end)
  if (opener >= 0)
    return addString(text, opener, opener - value, word, opener - value === slashes && bytes[opener] === quote)
  if (bytes[value] === OPENING_BRACKET) return addItems(text, value + 1, slashes, quote, word)
  const number = endOfNumber(bytes, value, end)
  if (number === value) return 0
  text.edits.add(value, number, 'secret', '\\'.repeat(slashes) + String.fromCharCode(quote))
  return number
}

/**
 * The colon before the value in `{"name": "Authorization", "value": "x"}`, as lists of headers and of environment variables
 * are written; -1 if it is none. The telling words of the name begin at `from`, `comma` stands after it.
 */
function colonOfPair({ bytes, start, end }: Text, from: number, comma: number, slashes: number, quote: number): number {
  const opener = startOfQuoted(bytes, start, startOfName(bytes, start, from), slashes, quote)
  const before = opener < 0 ? -1 : skipBlanksBack(bytes, start, opener)
  if (before < 0 || bytes[before - 1] !== COLON) return -1
  const closer = skipBlanksBack(bytes, start, before - 1)
  const keyEnd = startOfQuoted(bytes, start, closer, slashes, quote)
  if (keyEnd < 0 || !PAIR_NAMES.some((name) => isQuotedBefore(bytes, start, keyEnd, name, quote))) return -1
  const value = skipBlanks(bytes, comma + 1, end)
  const valueEnd = value + slashes + 1 + PAIR_VALUE.length
  if (quoteAfter(bytes, value, end) !== value + slashes || bytes[value + slashes] !== quote) return -1
  if (!hasWord(bytes, value + slashes + 1, end, PAIR_VALUE)) return -1
  if (quoteAfter(bytes, valueEnd, end) !== valueEnd + slashes || bytes[valueEnd + slashes] !== quote) return -1
  const colon = skipBlanks(bytes, valueEnd + slashes + 1, end)
  return bytes[colon] === COLON ? colon : -1
}

const PAIR_NAMES = ['name', 'key', 'header'].map((name) => Buffer.from(name))
const PAIR_VALUE = Buffer.from('value')

/** Where the quote and its backslashes begin that end before `at`; -1 if others stand there, or none. */
function startOfQuoted(bytes: Uint8Array, start: number, at: number, slashes: number, quote: number): number {
  const first = at - 1 - slashes
  if (first < start || bytes[at - 1] !== quote) return -1
  for (let i = first; i < at - 1; i++) if (bytes[i] !== BACKSLASH) return -1
  return first
}

/** Whether `name` and a quote before it end at `at`. */
function isQuotedBefore(bytes: Uint8Array, start: number, at: number, name: Uint8Array, quote: number): boolean {
  const first = at - name.length
  return first > start && bytes[first - 1] === quote && hasWord(bytes, first, at, name)
}

function skipBlanksBack(bytes: Uint8Array, start: number, from: number): number {
  let at = from
  while (at > start && from - at < MAX_BLANKS) {
    if (isWhite(bytes[at - 1])) at--
    else if (at - 2 >= start && isEscapeLetter(bytes[at - 1]!) && bytes[at - 2] === BACKSLASH) {
      at -= 2
      while (at > start && bytes[at - 1] === BACKSLASH) at--
    } else break
  }
  return at
}

/** The string that the quote at `opener` opens. `sure`: it cannot close one. Gives the index to go on from, or 0. */
function addString(text: Text, opener: number, slashes: number, word: NameWord, sure: boolean): number {
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

function isSecretText(bytes: Uint8Array, start: number, end: number, word: NameWord): boolean {
  if (isPlaceholder(bytes, start, end)) return false
  if (word !== 'token') return true
  if (end - start < MIN_TOKEN_LENGTH) return false
  for (let i = start; i < end; i++) if (isWhite(bytes[i])) return false
  return true
}

/** `["a=b", "c=d"]` after its bracket: the strings in it, up to the first thing that is none. */
function addItems(text: Text, from: number, slashes: number, quote: number, word: NameWord): number {
  const { bytes, end } = text
  let at = skipBlanks(bytes, from, end)
  for (;;) {
    const opener = quoteAfter(bytes, at, end)
    if (opener - at !== slashes || bytes[opener] !== quote) return at
    at = skipBlanks(bytes, addString(text, opener, slashes, word, true) + slashes + 1, end)
    if (at >= end || bytes[at] !== 0x2c) return Math.min(at, end)
    at = skipBlanks(bytes, at + 1, end)
  }
}

/** The end of a JSON number, or `from` if there is none or it runs into a word. */
function endOfNumber(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  if (bytes[at] === DASH) at++
  if (at >= end || !isDigit(bytes[at])) return from
  while (at < end && (isDigit(bytes[at]) || /[.eE+-]/.test(String.fromCharCode(bytes[at]!)))) at++
  return at < end && isLetter(bytes[at]) ? from : at
}

/** After a name without quotes that ends at `to`. Gives the index to go on from. */
function addPlainName(text: Text, from: number, to: number, word: NameWord): number {
  const { bytes, start, end } = text
  const first = startOfName(bytes, start, from)
  const isFlag = bytes[first] === DASH && bytes[first + 1] === DASH
  if (isFlag && bytes[to] === SPACE) return addBare(text, to + 1, word)
  const colon = skipSpaces(bytes, to, end)
  const separator = bytes[colon]
  if (colon >= end || (separator !== COLON && separator !== EQUALS)) return to
  const value = skipSpaces(bytes, colon + 1, end)
  const opener = quoteAfter(bytes, value, end)
  if (opener >= 0) return addString(text, opener, opener - value, word, false) || to
  if (separator === EQUALS) {
    const joined = value === to + 1
    return joined && (isFlag || isParameter(bytes, start, first, to)) ? addBare(text, value, word) : to
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

/** A value without quotes, up to a delimiter. */
function addBare({ bytes, end, edits }: Text, from: number, word: NameWord): number {
  let to = from
  while (to < end && !isDelimiter(bytes[to])) to++
  if (to - from >= 3 && isSecretText(bytes, from, to, word) && !isReference(bytes, from)) {
    edits.add(from, to, 'secret', '')
  }
  return to
}

/** `$TOKEN`, `$(cat key)`, `%TOKEN%`, `-flag`: the secret is elsewhere. */
const isReference = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x24 || bytes[at] === 0x25 || bytes[at] === DASH

/** `Authorization: Basic abc`, `Cookie: a=b; c=d`, `X-Api-Key: abc`, and `password: hunter2` alone on its line. */
function addHeader(text: Text, first: number, to: number, value: number, word: NameWord): number {
  const { bytes, start, end, edits } = text
  if (word === 'cookie') {
    const line = endOfLine(bytes, value, end)
    let name = value
    while (name < line && isToken(bytes[name])) name++
    if (name > value && name < line && bytes[name] === EQUALS) edits.add(value, line, 'secret', '')
    return line
  }
  const secret = Math.min(secretPart(bytes, value, end), end)
  let done = secret
  while (done < end && !isDelimiter(bytes[done])) done++
  const schemed = secret > value && word === 'authorization'
  const hyphened = bytes.subarray(first, to).includes(DASH) && done - secret >= MIN_TOKEN_LENGTH
  const alone =
    startsLine(bytes, start, first) && endOfLine(bytes, done, end) === done && hasDigitAndLetter(bytes, secret, done)
  if ((schemed || hyphened || alone) && done - secret >= 6 && isSecretText(bytes, secret, done, word)) {
    if (!isReference(bytes, secret)) edits.add(secret, done, 'secret', '')
  }
  return done
}

/** The end of the line at `from`: a line break, its escape, or a quote. */
function endOfLine(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && bytes[at]! >= SPACE && bytes[at] !== 0x5c && !isQuote(bytes[at])) at++
  return at
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

/** `OPENAI_API_KEY` from `API_KEY`: back over what names are made of. */
function startOfName(bytes: Uint8Array, start: number, from: number): number {
  let at = from
  while (at > start && from - at < MAX_NAME_LENGTH && (isToken(bytes[at - 1]) || bytes[at - 1] === 0x2e)) at--
  // The n of \n is no part of it.
  if (at - 1 >= start && bytes[at - 1] === 0x5c && isAlphanumeric(bytes[at]) && at < from) at++
  return at
}

function skipSpaces(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && at - from < MAX_BLANKS && bytes[at] === SPACE) at++
  return at
}

/** A line break inside of a string in JSON is an escape, `\n` or with more backslashes. */
function skipBlanks(bytes: Uint8Array, from: number, end: number): number {
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
const isEscapeLetter = (byte: number): boolean => byte === 0x6e || byte === 0x72 || byte === 0x74
