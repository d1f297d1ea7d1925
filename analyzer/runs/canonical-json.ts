import type { Json } from '../model/json.ts'

/**
 * One spelling per value: keys sorted, no spaces. `{"b":1,"a":2}` and `{ "a": 2, "b": 1 }` come out the same.
 * Recursion is safe: conventions let nothing through that is nested more than 200 levels deep.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const object = value as { readonly [key: string]: Json }
  return `{${Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key]!)}`)
    .join()}}`
}
