// JSON.parse reads 9007199254740993 as 9007199254740992. OTLP allows 64-bit integers as JSON numbers, so numbers that a
// double cannot hold are put in quotes first: the decoder takes an integer as text or as number alike.

import { BadData } from './bad-data.ts'

/** Brackets inside brackets. V8 parses deeper, but 64 MiB of `[` would cost it gigabytes. */
export const MAX_JSON_DEPTH = 1000

/** 2^53 has 16 digits: shorter integers are safe as doubles. */
const UNSAFE_DIGITS = 16

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Parses UTF-8 JSON with no digit of an integer lost. Throws BadData: not UTF-8, not JSON, or nested too deep. */
export function parseExactJson(bytes: Uint8Array): unknown {
  const text = textOf(bytes)
  const long = scan(bytes)
  try {
    return JSON.parse(long.length === 0 ? text : quote(bytes, long))
  } catch {
    // Parsed again only for the message: positions have to be those of the original text.
    try {
      JSON.parse(text)
    } catch (error) {
      throw new BadData(`not JSON: ${(error as Error).message}`)
    }
    throw new BadData('not JSON')
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new BadData('not JSON: the bytes are not UTF-8')
  }
}

interface Slice {
  readonly start: number
  readonly end: number
}

/** Finds the long integers outside of strings, and checks the depth. Wrong JSON is left for JSON.parse to refuse. */
function scan(bytes: Uint8Array): Slice[] {
  const long: Slice[] = []
  let depth = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === QUOTE) i = endOfString(bytes, i)
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > MAX_JSON_DEPTH) throw new BadData(`JSON nests deeper than ${MAX_JSON_DEPTH} levels`)
    } else if (byte === 0x5d || byte === 0x7d) depth--
    else if (byte === 0x2d || isDigit(byte)) {
      const end = endOfNumber(bytes, i)
      if (end - i >= UNSAFE_DIGITS && isInteger(bytes, i, end)) long.push({ start: i, end })
      i = end - 1
    }
  }
  return long
}

/** Index of the closing quote of the string that opens at `start`, or the last index if it never closes. */
function endOfString(bytes: Uint8Array, start: number): number {
  let i = start + 1
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1
  return i
}

/** First index after the run of characters that a number can hold. */
function endOfNumber(bytes: Uint8Array, start: number): number {
  let i = start
  while (i < bytes.length) {
    const byte = bytes[i]!
    // - + . e E
    if (!isDigit(byte) && byte !== 0x2d && byte !== 0x2b && byte !== 0x2e && byte !== 0x65 && byte !== 0x45) break
    i++
  }
  return i
}

/** A JSON integer: no leading zero, no fraction, no exponent. */
function isInteger(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] === 0x2d ? start + 1 : start
  if (bytes[first] === 0x30) return false
  for (let i = first; i < end; i++) if (!isDigit(bytes[i]!)) return false
  // In the place of a key it is a syntax error, which quotes would hide.
  let next = end
  while (next < bytes.length && bytes[next]! <= 0x20) next++
  return bytes[next] !== 0x3a
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

function quote(bytes: Uint8Array, slices: readonly Slice[]): string {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  let from = 0
  for (const { start, end } of slices) {
    parts.push(source.toString('utf8', from, start), `"${source.toString('latin1', start, end)}"`)
    from = end
  }
  parts.push(source.toString('utf8', from))
  return parts.join('')
}
