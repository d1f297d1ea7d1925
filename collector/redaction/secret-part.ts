// The value of a name such as `authorization`: where the secret begins in it, and whether it is one at all.

import { isMarker, MAX_MARKER_LENGTH } from './marker.ts'

const SCHEME = /^\s*(?:bearer|basic|token|apikey|api-key|digest|negotiate)\s+(?=\S)/i

/** Longest scheme with its blanks that is looked for. */
const SCHEME_LENGTH = 24

/** What people write where a secret would be: `$1.output`, `${API_KEY}`, `{{token}}`, `<your key>`, `YOUR_API_KEY`, `[REDACTED]`, `****`, `...`. */
const PLACEHOLDER =
  /^(?:\$\d[\w.[\]]*|\$\{[^}]*\}|\$[A-Z_]+|\{\{[^}]*\}\}|<[^<>]*>|\[[a-z ]+\]|%[A-Z_]+%|your[-_][a-z_-]+|[*.x]{3,}|null|none|undefined)$/i

/** Longest text that is taken for a placeholder. */
const PLACEHOLDER_LENGTH = 64

/**
 * Where the secret begins: after the scheme in `Bearer abc`, so that the token has the digest it has elsewhere. The
 * scheme itself is no secret.
 */
export function secretPart(bytes: Uint8Array, start: number, end: number): number {
  const text = latin1(bytes, start, Math.min(end, start + SCHEME_LENGTH))
  const scheme = SCHEME.exec(text)
  return scheme ? start + scheme[0].length : start
}

/** Whether there is nothing to hide: no text, a placeholder, or a marker of ours. */
export function isPlaceholder(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start
  if (length > PLACEHOLDER_LENGTH) return false
  const text = latin1(bytes, start, end).trim()
  return text === '' || PLACEHOLDER.test(text) || (length <= MAX_MARKER_LENGTH && isMarker(text))
}

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
