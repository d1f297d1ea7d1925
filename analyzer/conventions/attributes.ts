// Reading attributes by name. Several keys may hold the same thing; the first that has a value wins.

import type { Json } from '../model/json.ts'
import type { Attributes, AttributeValue } from '../model/span.ts'
import { jsonOrText, MAX_JSON_DEPTH } from './parse-json.ts'
import { isRedacted } from './redaction.ts'

/** The first non-empty text among `keys`; numbers and booleans are spelled out. Null if there is none. */
export function textOf(attributes: Attributes, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = attributes.get(key)
    if (typeof value === 'string' && value !== '' && !isRedacted(value)) return value
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  }
  return null
}

/** The first finite number among `keys`; a number in a string counts. Null if there is none. */
export function numberOf(attributes: Attributes, ...keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = attributes.get(key)
    if (value === undefined || value === null || value === '' || typeof value === 'object') continue
    const number = Number(value)
    if (Number.isFinite(number)) return number
  }
  return null
}

/**
 * Captured content: JSON in a string, or a structured value; both are allowed for the same attribute. Undefined if none
 * of `keys` was captured. Empty text counts as not captured: SDKs write it where content is off, and taking it for
 * an empty result would say that the result revealed nothing.
 */
export function contentOf(attributes: Attributes, ...keys: readonly string[]): Json | undefined {
  for (const key of keys) {
    const value = attributes.get(key)
    if (value === undefined || value === null || value === '') continue
    if (typeof value !== 'string') return toJson(value, 0)
    if (!isRedacted(value)) return jsonOrText(value)
  }
  return undefined
}

/**
 * Whether `word` stands anywhere in the captured text, or what was captured is no text. Before content is parsed that is of
 * use only if it holds a certain key.
 */
export function mentions(attributes: Attributes, key: string, word: string): boolean {
  const value = attributes.get(key)
  return typeof value === 'string' ? value.includes(word) : value !== undefined
}

/** OTLP's AnyValue as JSON. Depth is capped like that of JSON text; what is deeper is left out. */
function toJson(value: AttributeValue, depth: number): Json {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return isRedacted(value) ? '' : value
  if (value === null || typeof value !== 'object') return value
  if (depth >= MAX_JSON_DEPTH) return null
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [key, toJson(item, depth + 1)]))
  }
  if (Array.isArray(value)) return value.map((item) => toJson(item, depth + 1))
  return (value as { base64: string }).base64
}
