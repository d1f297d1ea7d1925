// JSON Web Tokens: `eyJ....eyJ....signature`. Header and claims begin with the base64 of `{"`.

import { DOT, isToken } from './characters.ts'

export const JWT_PREFIX = Buffer.from('eyJ')

/** Characters that a header or claims have at least; the second part of an encrypted one, which is random, twice that. */
const MIN_PART = 10

/** An encrypted token has five parts. */
const MAX_PARTS = 5

/**
 * The end of the token that begins at `at`. If none does, the negative of where the run of letters at `at` ends: no token
 * begins in that run, so that the next `eyJ` in it need not be looked at, and all of them together cost linear time.
 */
export function endOfJwt(bytes: Uint8Array, at: number, end: number): number {
  const header = endOfRun(bytes, at, end)
  if (!hasPrefix(bytes, at, end) || header - at < MIN_PART || header >= end || bytes[header] !== DOT) return -header
  const claims = endOfRun(bytes, header + 1, end)
  const needed = hasPrefix(bytes, header + 1, end) ? MIN_PART : 2 * MIN_PART
  if (claims - header - 1 < needed || claims >= end || bytes[claims] !== DOT) return -header
  let to = claims
  for (let part = 3; part <= MAX_PARTS && to < end && bytes[to] === DOT; part++) {
    const next = endOfRun(bytes, to + 1, end)
    // A token without a signature ends in its dot; after a signature the dot ends a sentence.
    if (next === to + 1 && part > 3) break
    to = next
  }
  return to
}

function hasPrefix(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    at + 3 <= end && bytes[at] === JWT_PREFIX[0] && bytes[at + 1] === JWT_PREFIX[1] && bytes[at + 2] === JWT_PREFIX[2]
  )
}

function endOfRun(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isToken(bytes[at])) at++
  return at
}
