// `Bearer abc...`: the token goes, the scheme stays.

import { isDigit, isToken68, SPACE } from './characters.ts'

/** In prose a word follows: a token is no shorter than this, and has a digit. */
const MIN_LENGTH = 20

/** Blanks between scheme and token. */
const MAX_SPACES = 4

export const BEARER = Buffer.from('bearer ')

/** The token after `Bearer `, which ends at `from`; null if a word follows. */
export function bearerToken(
  bytes: Uint8Array,
  from: number,
  end: number,
): { readonly start: number; readonly end: number } | null {
  let start = from
  while (start < end && start - from < MAX_SPACES && bytes[start] === SPACE) start++
  let digit = false
  let to = start
  for (; to < end && isToken68(bytes[to]); to++) if (isDigit(bytes[to])) digit = true
  return digit && to - start >= MIN_LENGTH ? { start, end: to } : null
}
