// `curl -u user:password`: the password goes, the user stays.

import { BACKSLASH, COLON, DASH, hasWord, isDelimiter, isQuote, isToken, isWhite, NEWLINE } from './characters.ts'
import type { Edits } from './edits.ts'
import { MARKER_START } from './marker.ts'
import { isPlaceholder } from './secret-part.ts'

export const CURL = Buffer.from('curl ')

const FLAGS = ['-u', '--user', '--proxy-user'].map((flag) => Buffer.from(flag))

/** How far a command is read: those that agents write send a body along, which comes after the credentials as a rule. */
const MAX_COMMAND = 2048

/** Of a user, with a blank or quotes before it. */
const MAX_USER = 128

/**
 * Adds an edit for each password after `-u` or `--user` on the line of the curl command whose arguments begin at `from`. Gives
 * the index up to which it has looked: a later `curl` before that adds nothing.
 */
export function addCurlPassword(bytes: Uint8Array, from: number, end: number, edits: Edits): number {
  const last = Math.min(end, from + MAX_COMMAND)
  let at = from
  for (; at < last && !isCommandEnd(bytes, at); at++) {
    if (bytes[at] !== DASH || !isWhite(bytes[at - 1])) continue
    const flag = FLAGS.find((word) => isFlag(bytes, at, end, word))
    if (flag !== undefined) addPassword(bytes, at + flag.length, end, edits)
  }
  return at
}

/** A line break, `; `, ` | ` or ` && `. */
function isCommandEnd(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  if (byte === 0x3b) return isWhite(bytes[at + 1])
  return byte === NEWLINE || ((byte === 0x7c || byte === 0x26) && isWhite(bytes[at - 1]))
}

/** In these cases of letters: `-U` is another flag. `-u` may have its value at once. */
function isFlag(bytes: Uint8Array, at: number, end: number, flag: Uint8Array): boolean {
  for (let i = 0; i < flag.length; i++) if (bytes[at + i] !== flag[i]) return false
  const after = bytes[at + flag.length]
  return at + flag.length < end && (flag.length === 2 || isWhite(after) || after === 0x3d)
}

/** The colons of a marker, whose bracket comes first, part no password from a user. */
const isUser = (byte: number): boolean => byte !== COLON && byte !== 0x5b && !isDelimiter(byte)

function addPassword(bytes: Uint8Array, from: number, end: number, edits: Edits): void {
  let user = from
  if (isWhite(bytes[user]) || bytes[user] === 0x3d) user++
  while (user < end && bytes[user] === BACKSLASH) user++
  const quote = isQuote(bytes[user]) ? bytes[user++] : undefined
  // The quote may close a JSON string that ends in "curl -u "; then no letter follows.
  if (quote !== undefined && !isToken(bytes[user])) return
  let colon = user
  while (colon < end && colon - user < MAX_USER && isUser(bytes[colon]!)) colon++
  if (bytes[colon] !== COLON || colon >= end) return
  const password = colon + 1
  let to = password
  const ends = (byte: number) =>
    quote === undefined ? isDelimiter(byte) : byte === quote || byte === BACKSLASH || byte === NEWLINE || byte === 0x22
  while (to < end && to - password < MAX_USER && !ends(bytes[to]!) && !hasWord(bytes, to, end, MARKER_START)) to++
  // `$PASSWORD`, `%PASSWORD%`: the secret is elsewhere.
  const isReference = bytes[password] === 0x24 || bytes[password] === 0x25
  const isCut = to < end && !ends(bytes[to]!)
  if (!isReference && !isCut && !isPlaceholder(bytes, password, to)) edits.add(password, to, 'secret', '')
}
