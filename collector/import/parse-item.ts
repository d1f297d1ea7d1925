import { BadData } from '../otlp/bad-data.ts'
import { parseExactJson } from '../otlp/parse-exact-json.ts'
import { type JsonItem, UnreadableFile } from './format.ts'

export type JsonRecord = Readonly<Record<string, unknown>>

/** The item's value. Throws UnreadableFile if it is no JSON. */
export function parseValue(item: JsonItem): unknown {
  try {
    return parseExactJson(item.bytes)
  } catch (error) {
    if (error instanceof BadData) throw new UnreadableFile(`line ${item.line}: ${error.message}`)
    throw error
  }
}

/** The item's value. Throws UnreadableFile if it is no JSON, or no object. */
export function parseObject(item: JsonItem): JsonRecord {
  const record = recordOf(parseValue(item))
  if (record === null) throw new UnreadableFile(`line ${item.line}: expected an object at ${item.path}`)
  return record
}

/** The value if it is an object, else null. */
export const recordOf = (value: unknown): JsonRecord | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The text if it is one and not empty, else null. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
