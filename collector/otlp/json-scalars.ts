// The scalar fields of OTLP/JSON, read and checked in place. They take and refuse what the readers of `json-fields.ts` do.

import { BadData } from './bad-data.ts'
import { base64Of, doubleOf, enumOf, uint64Of } from './json-fields.ts'
import { article, type JsonReader } from './json-reader.ts'

/** The low half of the last 64-bit integer, and the high one; both signed. */
export interface Int64 {
  low: number
  high: number
}

const TEN_THOUSAND = [1, 10, 100, 1000, 10_000]
const TWO_32 = 2 ** 32

/** Reads a string and leaves its place in the reader; false for null. */
export function readString(json: JsonReader, what: string): boolean {
  const kind = json.peek()
  if (kind === 'string') {
    json.string()
    return true
  }
  json.skip()
  if (kind === 'null') return false
  throw new BadData(`${what} is ${article(kind)}, expected a string`)
}

/** Reads an unsigned 64-bit integer, text or number, into `out`. */
export function readUint64(json: JsonReader, what: string, out: Int64): void {
  if (readDigits(json, out)) return
  const value = uint64Of(scalar(json, what), what)
  out.low = Number(BigInt.asIntN(32, value))
  out.high = Number(BigInt.asIntN(32, value >> 32n))
}

/** Reads a value that `check` takes as JSON.parse would give it, a long integer as text. */
export function checkScalar(json: JsonReader, what: string, check: (value: unknown, what: string) => unknown): void {
  check(scalar(json, what), what)
}

const DIGITS: Int64 = { low: 0, high: 0 }

/** Checks an integer of 32 bits or more. Up to nine digits are in every range, and need no JavaScript string. */
export function checkInteger(json: JsonReader, what: string, check: (value: unknown, what: string) => unknown): void {
  if (!readDigits(json, DIGITS, 9)) checkScalar(json, what, check)
}

export function readEnum(json: JsonReader, what: string, names: readonly string[]): number {
  return enumOf(scalar(json, what), what, names)
}

export const checkDouble = (json: JsonReader, what: string): void => {
  if (json.peek() === 'number') json.number()
  else checkScalar(json, what, doubleOf)
}

export const checkBase64 = (json: JsonReader, what: string): void => checkScalar(json, what, base64Of)

/** Plain digits, in quotes or not. False with the reader where it was if it is anything else. */
function readDigits(json: JsonReader, out: Int64, most = 20): boolean {
  const kind = json.peek()
  if (kind !== 'string' && kind !== 'number') return false
  const { pos } = json
  if (kind === 'string') json.string()
  else json.number()
  if (parseDigits(json.bytes, json.start, json.end, out, most)) return true
  json.pos = pos
  return false
}

/** Four digits at a time: a half of 32 bits times ten thousand is exact in a double. */
function parseDigits(bytes: Uint8Array, start: number, end: number, out: Int64, most: number): boolean {
  if (end === start || end - start > most) return false
  let low = 0
  let high = 0
  for (let at = start; at < end; at += 4) {
    const count = Math.min(4, end - at)
    let four = 0
    for (let i = at; i < at + count; i++) {
      const digit = bytes[i]! - 0x30
      if (digit < 0 || digit > 9) return false
      four = four * 10 + digit
    }
    const product = low * TEN_THOUSAND[count]! + four
    const carry = Math.floor(product / TWO_32)
    low = product - carry * TWO_32
    high = high * TEN_THOUSAND[count]! + carry
    if (high >= TWO_32) return false
  }
  out.low = low | 0
  out.high = high | 0
  return true
}

/** A scalar as `parseExactJson` gives it: an integer that a double may not hold is text. */
function scalar(json: JsonReader, what: string): unknown {
  const kind = json.peek()
  switch (kind) {
    case 'string':
      json.string()
      return json.decoded()
    case 'number': {
      json.number()
      const text = json.text.toString('latin1', json.start, json.end)
      return text.length >= 16 && /^-?\d+$/.test(text) ? text : Number(text)
    }
    case 'boolean':
      return json.boolean()
    case 'null':
      json.null()
      return null
    default:
      throw new BadData(`${what} is an ${kind}`)
  }
}
