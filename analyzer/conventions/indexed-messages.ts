// `gen_ai.prompt.2.tool_calls.0.arguments = {"city":"Paris"}` and its kin, back into messages: OpenLLMetry up to 2026.

import type { Json } from '../model/json.ts'
import type { ChatMessage } from '../model/record.ts'
import type { Attributes } from '../model/span.ts'
import { readMessages } from './chat-messages.ts'
import { parseJson } from './parse-json.ts'

/** The messages under `prefix` in order of their index; holes do not matter. */
export function indexedMessages(attributes: Attributes, prefix: string, role: ChatMessage['role']): ChatMessage[] {
  const drafts = new Map<number, { fields: Map<string, Json>; calls: Map<number, Record<string, Json>> }>()
  for (const [key, value] of attributes) {
    if (!key.startsWith(prefix) || typeof value !== 'string') continue
    const match = KEY.exec(key.slice(prefix.length))
    if (!match) continue
    const [, index, field = '', call, part = ''] = match
    const draft = drafts.get(Number(index)) ?? { fields: new Map(), calls: new Map() }
    drafts.set(Number(index), draft)
    if (call === undefined) draft.fields.set(field, value)
    else draft.calls.set(Number(call), { ...draft.calls.get(Number(call)), [part]: value })
  }
  return inOrder(drafts).flatMap(({ fields, calls }) => {
    const message = { ...Object.fromEntries(fields), content: contentOf(fields.get('content')) }
    return readMessages({ ...message, tool_calls: inOrder(calls) }, role)
  })
}

/** `.N.FIELD` and `.N.tool_calls.M.(id|name|arguments)`. */
const KEY = /^\.(\d+)\.(?:(role|content|tool_call_id|finish_reason)|tool_calls\.(\d+)\.(id|name|arguments))$/

/** A list of typed parts is content in parts; any other JSON is the text that somebody wrote. */
function contentOf(value: Json | undefined): Json {
  if (typeof value !== 'string' || !/^\s*\[\s*\{/.test(value)) return value ?? null
  const parts = parseJson(value)
  const isParts =
    Array.isArray(parts) && parts.every((part) => typeof part === 'object' && part !== null && 'type' in part)
  return isParts ? parts : value
}

const inOrder = <T>(map: ReadonlyMap<number, T>): T[] => [...map].sort((a, b) => a[0] - b[0]).map(([, item]) => item)
