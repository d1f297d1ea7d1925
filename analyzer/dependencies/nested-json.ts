import type { Json } from '../model/json.ts'
import { parsePythonLiteral } from './python-literal.ts'

/** False for most texts that hold no object and no array, by their first character. */
export function mayBeJson(text: string): boolean {
  const first = text.charCodeAt(0)
  return first <= 32 || first === 123 || first === 91
}

/** The object or array that a text holds, as JSON or as Python prints it; undefined where it is just text. */
export function parseNested(text: string): Json | undefined {
  let at = 0
  let first = text.charCodeAt(0)
  while (first <= 32) first = text.charCodeAt(++at)
  // { or [
  if (first !== 123 && first !== 91) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    // Text that only looks like either is text.
    return parsePythonLiteral(text)
  }
}
