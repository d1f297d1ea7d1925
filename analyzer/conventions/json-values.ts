import type { Json } from '../model/json.ts'
import { jsonOrText } from './parse-json.ts'
import { isRedacted } from './redaction.ts'

/** The value if it is text with something in it, else null. */
export const nonEmpty = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** What was captured of a value inside a message: JSON in a string is parsed, a redaction mark is undefined. */
export function contentIn(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value
  return isRedacted(value) ? undefined : jsonOrText(value)
}
