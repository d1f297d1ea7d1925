// Readers for the fields of OTLP/JSON, lenient where proto3 JSON is: null is the default, 64-bit integers are text or
// numbers, enums are integers or names. Each throws BadData with the field's name.

import { BadData } from './bad-data.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** The object, or an empty one for null and undefined. */
export function objectOf(value: unknown, what: string): JsonObject {
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw new BadData(`${what} is ${kindOf(value)}, expected an object`)
  return value as JsonObject
}

/** A field by its camelCase name or by its snake_case one, which some exporters write. Both at once are refused. */
export function field(object: JsonObject, camel: string, snake: string): unknown {
  const value = object[camel]
  if (value === undefined) return object[snake]
  if (object[snake] !== undefined) throw new BadData(`${camel} is there in two spellings, one of them ${snake}`)
  return value
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) throw new BadData(`${what} is ${kindOf(value)}, expected an array`)
  return value
}

/** Text with lone surrogates replaced by U+FFFD: they have no UTF-8, so nothing could store them. */
export function stringOf(value: unknown, what: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') throw new BadData(`${what} is ${kindOf(value)}, expected a string`)
  return (value as string & { toWellFormed(): string }).toWellFormed()
}

const INTEGER = /^-?\d{1,20}$/

function integerOf(value: unknown, what: string, min: bigint, max: bigint): bigint {
  if (value === null || value === undefined) return 0n
  const isInteger =
    typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && INTEGER.test(value)
  if (!isInteger) throw new BadData(`${what} is ${show(value)}, expected an integer as text or number`)
  const integer = BigInt(value as string | number)
  if (integer < min || integer > max) throw new BadData(`${what} is ${show(value)}, out of range`)
  return integer
}

/** A fixed64 such as a time in nanoseconds, exact. */
export const uint64Of = (value: unknown, what: string): bigint => integerOf(value, what, 0n, 2n ** 64n - 1n)

export const uint32Of = (value: unknown, what: string): number => Number(integerOf(value, what, 0n, 2n ** 32n - 1n))

/** A number where it holds every digit, else a bigint. */
export function int64Of(value: unknown, what: string): number | bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value
  const integer = integerOf(value, what, -(2n ** 63n), 2n ** 63n - 1n)
  const near = Number(integer)
  return Number.isSafeInteger(near) ? near : integer
}

const NUMBER = /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/

/** A double: a number, `NaN`, `Infinity`, `-Infinity`, or a number as text. */
export function doubleOf(value: unknown, what: string): number {
  if (value === null || value === undefined) return 0
  if (typeof value === 'number') return value
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  if (typeof value === 'string' && NUMBER.test(value)) return Number(value)
  throw new BadData(`${what} is ${show(value)}, expected a number`)
}

export function booleanOf(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') throw new BadData(`${what} is ${kindOf(value)}, expected true or false`)
  return value
}

/** Base64 in the standard or the URL-safe alphabet, padded or not; given back padded, in the standard one. */
export function base64Of(value: unknown, what: string): string {
  const text = stringOf(value, what)
  const bare = text.replace(/={1,2}$/, '')
  if (!/^[A-Za-z0-9+/_-]*$/.test(bare) || bare.length % 4 === 1) throw new BadData(`${what} is not base64`)
  return Buffer.from(bare, 'base64').toString('base64')
}

/** An open enum: any 32-bit integer, or one of `names`, whose place in the list is its number. */
export function enumOf(value: unknown, what: string, names: readonly string[]): number {
  if (typeof value === 'string' && !INTEGER.test(value)) {
    const number = names.indexOf(value)
    if (number < 0) throw new BadData(`${what} is ${show(value)}, expected an integer or one of ${names.join(', ')}`)
    return number
  }
  return Number(integerOf(value, what, -(2n ** 31n), 2n ** 31n - 1n))
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'missing'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** The value for a message, cut short: it comes from outside and may be megabytes. */
function show(value: unknown): string {
  const text = typeof value === 'object' ? kindOf(value) : JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
