// OTLP allows 64-bit integers as JSON numbers. Those that a double cannot hold arrive as text: the decoder takes an
// integer as text or as number alike.

import { quoteLongIntegers } from '../../analyzer/base/exact-json.ts'
import { BadData } from './bad-data.ts'

/** Brackets inside brackets. V8 parses deeper, but 64 MiB of `[` would cost it gigabytes. */
export const MAX_JSON_DEPTH = 1000

/** Parses UTF-8 JSON with no digit of an integer lost. Throws BadData: not UTF-8, not JSON, or nested too deep. */
export function parseExactJson(bytes: Uint8Array): unknown {
  const text = textOf(bytes)
  const quoted = quoteLongIntegers(text, MAX_JSON_DEPTH)
  if (quoted === null) throw new BadData(`JSON nests deeper than ${MAX_JSON_DEPTH} levels`)
  try {
    return JSON.parse(quoted)
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
