// JSON -> attributes of a span.

import type { AttributeValue } from '../../analyzer/model/span.ts'

/** A value as an attribute: what is structured becomes JSON text, as SDKs write it. Undefined for null. */
export function attributeOf(value: unknown): AttributeValue | undefined {
  if (value === null || value === undefined) return undefined
  return typeof value === 'object' ? jsonText(value) : (value as string | number | boolean | bigint)
}

/** JSON text of any value out of a file. Whole numbers beyond 2^53 keep their digits, as text. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner))

/** Attributes from pairs; those without a value are left out. */
export function attributes(pairs: Readonly<Record<string, unknown>>): Map<string, AttributeValue> {
  const found = new Map<string, AttributeValue>()
  for (const [key, value] of Object.entries(pairs)) {
    const attribute = attributeOf(value)
    if (attribute !== undefined) found.set(key, attribute)
  }
  return found
}
