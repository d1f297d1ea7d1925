// OpenInference's attributes in the flat form in which spans carry them.

import type { AttributeValue } from '../../analyzer/model/span.ts'
import { attributeOf } from './attributes-of-json.ts'
import { type JsonRecord, recordOf } from './parse-item.ts'

/** What OpenInference keeps as JSON text, whatever is in it. */
const WHOLE =
  /^(metadata|llm\.invocation_parameters|tool\.parameters|input\.value|output\.value)$|\.(json_schema|arguments|arguments_json)$/

/** Of messages inside messages; real ones have under 10. */
const MAX_DEPTH = 32

/**
 * `{"llm": {"input_messages": [{"message": {"role": "user"}}]}}` and `{"llm.input_messages": [{"message.role": "user"}]}`
 * both give `llm.input_messages.0.message.role`. A list of plain values stays a list.
 */
export function flatAttributes(nested: JsonRecord): Map<string, AttributeValue> {
  const flat = new Map<string, AttributeValue>()
  const waiting: { key: string; value: unknown; depth: number }[] = [{ key: '', value: nested, depth: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { key, value, depth } = next
    const inner = innerOf(key, value, depth)
    if (inner === null) {
      const attribute = attributeOf(value)
      if (attribute !== undefined) flat.set(key, attribute)
      continue
    }
    // Backwards, so that they come off the stack in their order.
    for (const [name, item] of inner.reverse()) {
      waiting.push({ key: key === '' ? name : `${key}.${name}`, value: item, depth: depth + 1 })
    }
  }
  return flat
}

/** What is to be flattened further; null for what is a value. */
function innerOf(key: string, value: unknown, depth: number): [string, unknown][] | null {
  if (WHOLE.test(key) || depth > MAX_DEPTH) return null
  if (Array.isArray(value)) {
    return value.some((item) => recordOf(item) !== null) ? value.map((item, i) => [String(i), item]) : null
  }
  const record = recordOf(value)
  return record === null ? null : Object.entries(record)
}
