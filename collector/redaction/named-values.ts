// Values in a text that a name before them calls secret. The text may be JSON, at any depth inside strings of JSON, the
// repr of a Python dict, source code, an .env file, a URL's query, a command line or HTTP headers:
//
//   {"password": "hunter2"}   {\"api_key\":\"abc\"}   {'secret': 'x'}   password="x"   ?api_key=abc&
//   OPENAI_API_KEY=abc        --password hunter2      X-Api-Key: abc    Authorization: Basic dXNlcjpwYXNz
//
// JSON stays JSON: a string is replaced between its quotes, a number by a string. What hangs on a name without quotes is
// taken only where nothing else can be meant, since prose says "password: required" too.

import { COLON, hasWord, isToken } from './characters.ts'
import type { Edits } from './edits.ts'
import { MARKER_START, MAX_MARKER_LENGTH } from './marker.ts'
import type { NamedText } from './named-text.ts'
import { addPlainName } from './plain-names.ts'
import { endOfPrivateKey, startOfPrivateKey } from './private-keys.ts'
import { addQuotedName } from './quoted-names.ts'
import { quoteAfter } from './quoted-string.ts'
import type { NameWord } from './secret-names.ts'

const OPENING_BRACKET = 0x5b

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
  const text: NamedText = { bytes, start, end, edits }
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

function addPrivateKey({ bytes, start, end, edits }: NamedText, from: number, to: number): number {
  const begin = startOfPrivateKey(bytes, start, from, to, end)
  if (begin < 0) return to
  const done = endOfPrivateKey(bytes, to, end)
  edits.add(begin, done, 'private-key', '')
  return done
}
