// What stands in the place of a secret: `[redacted:openai-key:3f9a1c2b]`. Inside JSON it needs no escape at any depth.

import { createHmac } from 'node:crypto'
import { BACKSLASH, COLON, hasWord } from './characters.ts'

/** Digits of the digest: 32 bits. Two of a thousand secrets share one with a probability of 1 in 8,600. */
const DIGEST_DIGITS = 8

/** One secret comes back on every request of an agent: its digest is computed once. */
const REMEMBERED = 256

const MARKER = /^\[redacted:[a-z0-9-]+:[0-9a-f]{8}\]$/

/** Whether the whole text is one of our markers, such as in a trace that is imported from another Tailrace. */
export const isMarker = (text: string): boolean => MARKER.test(text)

/** How every marker begins. */
export const MARKER_START = Buffer.from('[redacted:')

/** Where the marker begins whose bracket closes at `last`; -1 if there is none, or it begins before `low`. */
export function startOfMarker(bytes: Uint8Array, low: number, last: number): number {
  const digest = last - DIGEST_DIGITS
  if (bytes[last] !== 0x5d || bytes[digest - 1] !== COLON) return -1
  let from = digest - 2
  while (from > low && bytes[from] !== COLON && last - from < MAX_MARKER_LENGTH) from--
  from -= MARKER_START.length - 1
  return from >= low && hasWord(bytes, from, last, MARKER_START) ? from : -1
}

/** The longest marker has 25 letters of kind. */
export const MAX_MARKER_LENGTH = 45

/**
 * Makes markers with digests under `key`: the first 32 bits of HMAC-SHA-256. One secret has one digest, so that two
 * places that held it still match; without the key nobody can tell by trying which secret it was.
 */
export function createMarker(key: Uint8Array): (kind: string, bytes: Uint8Array, start: number, end: number) => string {
  const digests = new Map<string, string>()
  return (kind, bytes, start, end) => {
    const secret = withoutEscapes(bytes, start, end)
    let digest = digests.get(secret)
    if (digest === undefined) {
      digest = createHmac('sha256', key).update(secret, 'latin1').digest('hex').slice(0, DIGEST_DIGITS)
      if (digests.size === REMEMBERED) digests.clear()
      if (secret.length < 1024) digests.set(secret, digest)
    }
    return `[redacted:${kind}:${digest}]`
  }
}

/** A quote in a secret has more backslashes the deeper in JSON strings it stands; it is the same secret. */
function withoutEscapes(bytes: Uint8Array, start: number, end: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
  return text.includes(String.fromCharCode(BACKSLASH)) ? text.replaceAll('\\', '') : text
}
