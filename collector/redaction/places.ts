// Which places of a request are worth a look. Requests are scanned ahead of their reader, a window at a time, so that
// memory stays at one window whatever arrives, and a value without such a place costs one comparison.

import { createScanner, WINDOW } from './scanner.ts'
import type { Sieve } from './sieve.ts'

export interface Places {
  /** Forgets what was scanned: the bytes are others, or were written to. */
  begin(bytes: Uint8Array): void
  /** Calls `visit` for each place in `bytes[start, end)`, in rising order. */
  each(bytes: Uint8Array, start: number, end: number, visit: (place: number) => void): void
}

export function createPlaces(sieve: Sieve): Places {
  const scanner = createScanner(sieve)
  const { places } = scanner
  let scanned: Uint8Array | undefined
  let low = 0
  let high = 0
  let count = 0
  /** Index of the first place that the reader has not passed. */
  let next = 0

  function begin(bytes: Uint8Array): void {
    scanned = bytes
    low = 0
    high = 0
    count = 0
    next = 0
  }

  function scanFrom(bytes: Uint8Array, from: number): void {
    low = from
    high = Math.min(bytes.length, from + WINDOW)
    count = scanner.scan(bytes, low, high)
    next = 0
  }

  function each(bytes: Uint8Array, start: number, end: number, visit: (place: number) => void): void {
    if (bytes !== scanned) begin(bytes)
    let from = start
    while (from < end) {
      if (from < low || from >= high) scanFrom(bytes, from)
      // Readers go forward, with a step back where a key follows its value.
      while (next > 0 && places[next - 1]! + low >= from) next--
      while (next < count && places[next]! + low < from) next++
      const to = Math.min(end, high)
      while (next < count && places[next]! + low < to) visit(places[next++]! + low)
      from = to
    }
  }

  return { begin, each }
}
