// Trace and span ids: lower-case hex in our types, bytes or hex of either case on the wire.

import type { SpanId, TraceId } from '../../analyzer/model/span.ts'
import { BadData } from './bad-data.ts'

export const TRACE_ID_DIGITS = 32
export const SPAN_ID_DIGITS = 16

const HEX = /^[0-9a-f]*$/

/**
 * Checks hex text of either case; `what` names the field.
 * '' for an id that is absent or all zeros, which the specification calls invalid but well-formed.
 */
export function checkId(hex: string, digits: number, what: string): string {
  if (hex === '') return ''
  const lower = hex.toLowerCase()
  if (lower.length !== digits) throw new BadData(`${what} has ${hex.length} characters, expected ${digits} hex digits`)
  if (!HEX.test(lower)) throw new BadData(`${what} is not hex, expected ${digits} hex digits`)
  return /^0+$/.test(lower) ? '' : lower
}

export const traceIdOf = (hex: string): TraceId | '' => checkId(hex, TRACE_ID_DIGITS, 'traceId') as TraceId | ''
export const spanIdOf = (hex: string, what: string): SpanId | '' => checkId(hex, SPAN_ID_DIGITS, what) as SpanId | ''
