// Values after a name in quotes: `"password": "x"`, at any depth of escapes, and the pairs that lists of headers are made of.

import { BACKSLASH, COLON, DASH, EQUALS, hasWord, isDigit, isLetter, isWhite } from './characters.ts'
import { addString, isEscapeLetter, MAX_BLANKS, type NamedText, skipBlanks, startOfName } from './named-text.ts'
import { quoteAfter } from './quoted-string.ts'
import type { NameWord } from './secret-names.ts'

const OPENING_BRACKET = 0x5b
const CLOSING_BRACKET = 0x5d
const COMMA = 0x2c

/** After `"password"`, at `at`. Gives the index to go on from, or 0 if no value follows. */
export function addQuotedName(
  text: NamedText,
  from: number,
  at: number,
  slashes: number,
  quote: number,
  word: NameWord,
): number {
  const { bytes, end } = text
  let colon = skipBlanks(bytes, at, end)
  if (bytes[colon] === CLOSING_BRACKET) return addItem(text, colon + 1, word)
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

/** `os.environ["API_KEY"] = "x"`, behind its bracket. */
function addItem(text: NamedText, from: number, word: NameWord): number {
  const { bytes, end } = text
  const equals = skipBlanks(bytes, from, end)
  if (bytes[equals] !== EQUALS || bytes[equals + 1] === EQUALS) return 0
  const value = skipBlanks(bytes, equals + 1, end)
  const opener = quoteAfter(bytes, value, end)
  return opener < 0 ? 0 : addString(text, opener, opener - value, word, false)
}

/**
 * The colon before the value in `{"name": "Authorization", "value": "x"}`, as lists of headers and of environment variables
 * are written; -1 if it is none. The telling words of the name begin at `from`, `comma` stands after it.
 */
function colonOfPair(
  { bytes, start, end }: NamedText,
  from: number,
  comma: number,
  slashes: number,
  quote: number,
): number {
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

/** `["a=b", "c=d"]` after its bracket: the strings in it, up to the first thing that is none. */
function addItems(text: NamedText, from: number, slashes: number, quote: number, word: NameWord): number {
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
