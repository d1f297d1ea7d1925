// What is told by an @: passwords in URLs (https://user:password@host) and, if asked for, e-mail addresses.

import {
  AT,
  BACKSLASH,
  COLON,
  DASH,
  DOT,
  isAlphanumeric,
  isDelimiter,
  isLetter,
  isQuote,
  isToken,
  isWhite,
  SLASH,
} from './characters.ts'
import type { Edits } from './edits.ts'
import { startOfMarker } from './marker.ts'
import { isPlaceholder } from './secret-part.ts'

const CLOSING_BRACKET = 0x5d

/** Longest user and password together. */
const MAX_CREDENTIALS = 512

/** Longest part of an address before or after its @ (RFC 5321 allows 64 and 255). */
const MAX_LOCAL_PART = 64
const MAX_DOMAIN = 255

/**
 * Adds an edit if the @ at `at` stands after a password in a URL; the user name stays. Nothing before `start` is looked at.
 * Gives the index up to which @s are done with.
 */
export function addUrlPassword(bytes: Uint8Array, start: number, at: number, end: number, edits: Edits): number {
  if (at < start) return start
  const from = startOfPassword(bytes, start, at)
  if (from < 0) return at + 1
  const to = lastAtOfUrl(bytes, at, end)
  if (!isPlaceholder(bytes, from, to)) edits.add(from, to, 'secret', '')
  return to + 1
}

/** Adds an edit if the @ at `at` stands in an e-mail address. */
export function addEmail(bytes: Uint8Array, start: number, at: number, end: number, edits: Edits): void {
  const from = startOfLocalPart(bytes, start, at)
  const to = endOfDomain(bytes, at + 1, end)
  if (from < at && to > at + 1) edits.add(from, to, 'email', '')
}

/** Where the password before the @ at `at` begins: after the first colon that follows `://`; -1 if none does. */
function startOfPassword(bytes: Uint8Array, start: number, at: number): number {
  const low = Math.max(start, at - MAX_CREDENTIALS)
  let colon = -1
  for (let i = at - 1; i > low; i--) {
    const byte = bytes[i]
    if (isWhite(byte) || isQuote(byte) || byte === BACKSLASH) return -1
    // The colons of a marker part no password from a user.
    const marker = byte === CLOSING_BRACKET ? startOfMarker(bytes, low, i) : -1
    if (marker >= 0) i = marker
    else if (byte === COLON) colon = i + 1
    else if (byte === SLASH) {
      const isScheme = i - 3 >= low && bytes[i - 1] === SLASH && bytes[i - 2] === COLON && isAlphanumeric(bytes[i - 3])
      return isScheme ? colon : -1
    }
  }
  return -1
}

/** A password may hold an @ itself: the last one before the path belongs to the host. */
function lastAtOfUrl(bytes: Uint8Array, at: number, end: number): number {
  let last = at
  for (let i = at + 1; i < end && i - last < MAX_DOMAIN && !isDelimiter(bytes[i]) && bytes[i] !== SLASH; i++) {
    if (bytes[i] === AT) last = i
  }
  return last
}

/** Letters, digits and the marks that people use of those that RFC 5322 allows. */
function startOfLocalPart(bytes: Uint8Array, start: number, at: number): number {
  let from = at
  while (from > start && at - from < MAX_LOCAL_PART && isLocal(bytes[from - 1]!)) from--
  // \n before an address, and dots that end the sentence before it.
  if (from > start && bytes[from - 1] === BACKSLASH && from < at) from++
  while (from < at && !isAlphanumeric(bytes[from])) from++
  return from
}

const isLocal = (byte: number): boolean =>
  isToken(byte) || byte === DOT || byte === 0x2b || byte === 0x25 || byte === 0x27

/** After labels with a dot between them, the last of two letters or more; `from` if there is no such thing. */
function endOfDomain(bytes: Uint8Array, from: number, end: number): number {
  let to = from
  while (to < end && to - from < MAX_DOMAIN && (isAlphanumeric(bytes[to]) || bytes[to] === DASH || bytes[to] === DOT))
    to++
  while (to > from && !isAlphanumeric(bytes[to - 1])) to--
  let last = to
  while (last > from && isLetter(bytes[last - 1])) last--
  return to - last >= 2 && last - 1 > from && bytes[last - 1] === DOT ? to : from
}
