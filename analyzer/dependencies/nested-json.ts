import type { Json } from '../model/json.ts'

/** The object or array that a text holds, undefined where it is just text. */
export function parseNested(text: string): Json | undefined {
  let at = 0
  let first = text.charCodeAt(0)
  while (first <= 32) first = text.charCodeAt(++at)
  // { or [
  if (first !== 123 && first !== 91) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    // Text that only looks like JSON is text.
    return undefined
  }
}
