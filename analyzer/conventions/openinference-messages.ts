// `llm.input_messages.2.message.tool_calls.0.tool_call.function.name = get_weather` and its kin, back into messages.

import type { Json } from '../model/json.ts'
import type { ChatMessage } from '../model/record.ts'
import type { Attributes } from '../model/span.ts'
import { readMessages } from './chat-messages.ts'
import { isRedacted } from './redaction.ts'

/**
 * The messages under `prefix` in order of their index. Indices may have holes and come in any order (an SDK that drops
 * attributes leaves them so); each part is put where its own index says.
 */
export function flattenedMessages(attributes: Attributes, prefix: string, role: ChatMessage['role']): ChatMessage[] {
  const drafts = new Map<number, Draft>()
  for (const [key, value] of attributes) {
    if (typeof value === 'object' || !key.startsWith(prefix)) continue
    const message = indexedAt(key, prefix.length, '.message.')
    if (message === null) continue
    const draft = at(drafts, message.index, newDraft)
    const part = indexedAt(key, message.end + CONTENTS.length, '.message_content.')
    const call = indexedAt(key, message.end + CALLS.length, '.tool_call.')
    if (part !== null && key.startsWith(CONTENTS, message.end)) {
      at(draft.contents, part.index, newFields).set(key.slice(part.end), String(value))
    } else if (call !== null && key.startsWith(CALLS, message.end)) {
      at(draft.calls, call.index, newFields).set(key.slice(call.end), String(value))
    } else draft.fields.set(key.slice(message.end), String(value))
  }
  return inOrder(drafts).flatMap((draft) => readMessages(assemble(draft), role))
}

/** `.N.message.FIELD`, `.N.message.contents.M.message_content.FIELD`, `.N.message.tool_calls.M.tool_call.FIELD`. */
const CONTENTS = 'contents'
const CALLS = 'tool_calls'

/** The number in `.N` at `start`, and where that ends which follows it: `name`. Null if it is not written so. */
function indexedAt(key: string, start: number, name: string): { index: number; end: number } | null {
  if (key.charCodeAt(start) !== DOT) return null
  const end = key.indexOf('.', start + 1)
  if (end <= start + 1 || !key.startsWith(name, end) || key.length === end + name.length) return null
  let index = 0
  for (let i = start + 1; i < end; i++) {
    const digit = key.charCodeAt(i) - ZERO
    if (digit < 0 || digit > 9) return null
    index = index * 10 + digit
  }
  return { index, end: end + name.length }
}

const DOT = 0x2e
const ZERO = 0x30

interface Draft {
  readonly fields: Fields
  readonly contents: Map<number, Fields>
  readonly calls: Map<number, Fields>
}

const newDraft = (): Draft => ({ fields: newFields(), contents: new Map(), calls: new Map() })

/** A Map: the field names come from outside. */
type Fields = Map<string, string>
const newFields = (): Fields => new Map()

function assemble({ fields, contents, calls }: Draft): Json {
  const parts: Json[] = []
  for (const part of inOrder(contents)) {
    const text = part.get('text')
    if (text !== undefined && (part.get('type') ?? 'text') === 'text') parts.push({ type: 'text', text })
  }
  const content = fields.get('content') ?? (parts.length > 0 ? parts : null)
  const toolCalls: Json[] = inOrder(calls).map((call) => ({
    id: call.get('id') ?? null,
    name: call.get('function.name') ?? null,
    arguments: call.get('function.arguments') ?? '__REDACTED__',
  }))
  // The form from before tool calls had a list of their own.
  const called = fields.get('function_call_name')
  if (called !== undefined) {
    toolCalls.push({ name: called, arguments: fields.get('function_call_arguments_json') ?? '__REDACTED__' })
  }
  const role = fields.get('role')
  const callId = fields.get('tool_call_id')
  const message: Record<string, Json> = { content, tool_calls: toolCalls }
  if (role !== undefined && !isRedacted(role)) message.role = role
  if (callId !== undefined) message.tool_call_id = callId
  return message
}

function at<T>(map: Map<number, T>, index: number, make: () => T): T {
  const held = map.get(index)
  if (held !== undefined) return held
  const made = make()
  map.set(index, made)
  return made
}

function inOrder<T>(map: ReadonlyMap<number, T>): T[] {
  let last = -1
  for (const index of map.keys()) {
    if (index < last) return [...map].sort((a, b) => a[0] - b[0]).map(([, item]) => item)
    last = index
  }
  return [...map.values()]
}
