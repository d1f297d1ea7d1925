// Ids for spans that a file has none for: made of what the file says, so that reading it twice gives the same ones.

import { createHash } from 'node:crypto'
import type { SpanId, TraceId } from '../../analyzer/model/span.ts'

export const traceIdOf = (...parts: readonly string[]): TraceId => digest(parts).slice(0, 32) as TraceId

export const spanIdOf = (...parts: readonly string[]): SpanId => digest(parts).slice(0, 16) as SpanId

/** Parts are told apart by their lengths: `ab`, `c` is not `a`, `bc`. */
const digest = (parts: readonly string[]): string =>
  createHash('sha256')
    .update(parts.map((part) => `${part.length}:${part}`).join(''))
    .digest('hex')

/** An id in hex digits of either case, leading zeros left out or not; a dashed UUID too. Null for anything else. */
export function hexId(text: unknown, digits: 16 | 32): string | null {
  if (typeof text !== 'string') return null
  const hex = text.replaceAll('-', '').toLowerCase()
  return /^[0-9a-f]+$/.test(hex) && hex.length <= digits && !/^0+$/.test(hex) ? hex.padStart(digits, '0') : null
}
