import type { Json } from '../model/json.ts'

/**
 * One spelling per value: keys sorted, no spaces. `{"b":1,"a":2}` and `{ "a": 2, "b": 1 }` come out the same.
 * Recursion is safe: conventions let nothing through that is nested more than 200 levels deep.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const element of value) text += text === '' ? canonicalJson(element) : `,${canonicalJson(element)}`
    return `[${text}]`
  }
  const object = value as { readonly [key: string]: Json }
  const keys = Object.keys(object)
  if (!ascend(keys)) keys.sort()
  for (const key of keys) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(object[key]!)}`
  return `{${text}}`
}

function ascend(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at++) if (keys[at - 1]! > keys[at]!) return false
  return true
}
