// Strings inside strings. A quote that stands n levels deep in JSON strings has 2^n - 1 backslashes before it:
//
//   level 0   {"a":"b"}
//   level 1   "{\"a\":\"b\"}"
//   level 2   "\"{\\\"a\\\":\\\"b\\\"}\""

import { APOSTROPHE, BACKSLASH, QUOTE } from './characters.ts'

/** Backslashes that are counted: six levels. */
const MAX_SLASHES = 63

/** Where the quote stands that the backslashes at `at`, or none, belong to; -1 if there is no such quote. */
export function quoteAfter(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && i - at < MAX_SLASHES && bytes[i] === BACKSLASH) i++
  const slashes = i - at
  // Only 0, 1, 3, 7 ...: in "a\\" the backslashes are the string's own, and the quote ends it.
  const isLevel = (slashes & (slashes + 1)) === 0
  return isLevel && i < end && (bytes[i] === QUOTE || bytes[i] === APOSTROPHE) ? i : -1
}

/**
 * The end (before its closing quote and that quote's backslashes) of the string whose text begins at `from`, opened by
 * `quote` with `slashes` backslashes. A string that is cut off ends where an outer string ends, or the text does.
 */
export function endOfString(bytes: Uint8Array, from: number, end: number, quote: number, slashes: number): number {
  // Of a quote's backslashes the last 2^n - 1 are those of a quote n levels deep, and pairs of as many and one more are text:
  // in binary, as many ones at the end as the quote has levels.
  const own = 2 * slashes + 1
  let run = 0
  for (let i = from; i < end; i++) {
    const byte = bytes[i]!
    if (byte === BACKSLASH) {
      run++
      continue
    }
    if (byte === QUOTE || byte === APOSTROPHE) {
      if (byte === quote && (run & own) === slashes) return i - slashes
      // A double quote of fewer levels closes an outer string, and one in a '...' may: JSON is not to be broken.
      if (byte === QUOTE && ((run & slashes) !== slashes || quote === APOSTROPHE)) return i - run
    }
    run = 0
  }
  // A cut between a backslash and what it escapes leaves the backslash outside.
  return end - run
}
