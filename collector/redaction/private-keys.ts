// Private keys in PEM and of PGP: from -----BEGIN ... PRIVATE KEY----- to the end of the END line, or as far as it was captured.

import { BACKSLASH, DASH, hasWord, isAlphanumeric, isUpper, isWhite, SPACE } from './characters.ts'

const BEGIN = Buffer.from('-----begin ')
const FENCE = Buffer.from('-----')
/** PGP's word after PRIVATE KEY. */
const BLOCK = Buffer.from(' block')
const END = Buffer.from('-----end ')

/** Letters before PRIVATE KEY: `RSA `, `EC `, `ENCRYPTED `, `OPENSSH `. */
const MAX_KIND_LENGTH = 24

/** Where the BEGIN line starts whose words PRIVATE KEY are `bytes[from, to)`, or -1. */
export function startOfPrivateKey(bytes: Uint8Array, start: number, from: number, to: number, end: number): number {
  if (!hasWord(bytes, fenceAfter(bytes, to, end), end, FENCE)) return -1
  let at = from
  while (at > start && from - at < MAX_KIND_LENGTH && (isUpper(bytes[at - 1]) || bytes[at - 1] === SPACE)) at--
  for (const first of [at, at + 6]) {
    const begin = first - BEGIN.length + 6
    if (begin >= start && hasWord(bytes, begin, end, BEGIN)) return begin
  }
  return -1
}

/** The end of the key whose PRIVATE KEY----- stands at `from`. */
export function endOfPrivateKey(bytes: Uint8Array, from: number, end: number): number {
  const fence = fenceAfter(bytes, from, end)
  let at = fence + FENCE.length
  while (at < end && (isKeyText(bytes[at]!) || (fence > from && isHeaderText(bytes[at]!)))) {
    if (bytes[at] === DASH && hasWord(bytes, at, end, END)) {
      at += END.length
      while (at < end && (isUpper(bytes[at]) || bytes[at] === SPACE)) at++
      return hasWord(bytes, at, end, FENCE) ? at + FENCE.length : at
    }
    at++
  }
  // The quote that stopped us may have backslashes of its own.
  while (at > from && bytes[at - 1] === BACKSLASH) at--
  return at
}

const fenceAfter = (bytes: Uint8Array, at: number, end: number): number =>
  hasWord(bytes, at, end, BLOCK) ? at + BLOCK.length : at

/** What PGP's headers have besides: `Version: GnuPG v2.0.22 (GNU/Linux)`, `Comment: Ann <ann@example.org>`. */
const isHeaderText = (byte: number): boolean =>
  byte === 0x2e || byte === 0x28 || byte === 0x29 || byte === 0x3c || byte === 0x3e || byte === 0x40

/** Base64, line breaks (also as \n), and the header lines of an encrypted key. */
const isKeyText = (byte: number): boolean =>
  isAlphanumeric(byte) ||
  isWhite(byte) ||
  byte === BACKSLASH ||
  byte === DASH ||
  byte === 0x2b ||
  byte === 0x2f ||
  byte === 0x3d ||
  byte === 0x3a ||
  byte === 0x2c
