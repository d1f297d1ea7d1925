// Reading attributes by name. Several keys may hold the same thing; the first that has a value wins.

import type { Json } from '../model/json.ts'
import type { Attributes, AttributeValue } from '../model/span.ts'
import { jsonOrText, MAX_JSON_DEPTH } from './parse-json.ts'
import { isRedacted } from './redaction.ts'

/**
 * The first non-empty text among the attributes of these names; numbers and booleans are spelled out. Null if there is none.
 * Asked dozens of times a span, so it takes names one by one: a list of them would be made for each question.
 */
export function textOf(
  attributes: Attributes,
  first: string,
  second?: string,
  third?: string,
  fourth?: string,
): string | null {
  let text = textIn(attributes.get(first))
  if (text === null && second !== undefined) text = textIn(attributes.get(second))
  if (text === null && third !== undefined) text = textIn(attributes.get(third))
  if (text === null && fourth !== undefined) text = textIn(attributes.get(fourth))
  return text
}

/** `textOf` for a list of names. */
export function textAmong(attributes: Attributes, keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = textIn(attributes.get(key))
    if (text !== null) return text
  }
  return null
}

function textIn(value: AttributeValue | undefined): string | null {
  if (typeof value === 'string') return value === '' || isRedacted(value) ? null : value
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : null
}

/** The first finite number among the attributes of these names; a number in a string counts. Null if there is none. */
export function numberOf(attributes: Attributes, first: string, second?: string, third?: string): number | null {
  let number = numberIn(attributes.get(first))
  if (number === null && second !== undefined) number = numberIn(attributes.get(second))
  if (number === null && third !== undefined) number = numberIn(attributes.get(third))
  return number
}

function numberIn(value: AttributeValue | undefined): number | null {
  if (value === undefined || value === null || value === '' || typeof value === 'object') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/**
 * Captured content: JSON in a string, or a structured value; both are allowed for the same attribute. Undefined if none of
 * these names holds any. Empty text counts as not captured: SDKs write it where content is off, and taking it for
 * an empty result would say that the result revealed nothing.
 */
export function contentOf(
  attributes: Attributes,
  first: string,
  second?: string,
  third?: string,
  fourth?: string,
): Json | undefined {
  let content = contentIn(attributes.get(first))
  if (content === undefined && second !== undefined) content = contentIn(attributes.get(second))
  if (content === undefined && third !== undefined) content = contentIn(attributes.get(third))
  if (content === undefined && fourth !== undefined) content = contentIn(attributes.get(fourth))
  return content
}

function contentIn(value: AttributeValue | undefined): Json | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') return toJson(value, 0)
  return isRedacted(value) ? undefined : jsonOrText(value)
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
