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
    if (!key.startsWith(prefix)) continue
    const match = KEY.exec(key.slice(prefix.length))
    if (!match || typeof value === 'object') continue
    const [, index, field = '', outer, inner, of, nested] = match
    const draft = at(drafts, Number(index), newDraft)
    if (of === 'message_content') at(draft.contents, Number(inner), newFields).set(nested ?? '', String(value))
    else if (of === 'tool_call') at(draft.calls, Number(inner), newFields).set(nested ?? '', String(value))
    else if (outer === undefined) draft.fields.set(field, String(value))
  }
  return inOrder(drafts).flatMap((draft) => readMessages(assemble(draft), role))
}

/** `.N.message.FIELD`, `.N.message.contents.M.message_content.FIELD`, `.N.message.tool_calls.M.tool_call.FIELD`. */
const KEY = /^\.(\d+)\.message\.((contents|tool_calls)\.(\d+)\.(message_content|tool_call)\.(.+)|.+)$/

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
  const parts = inOrder(contents).flatMap((part) =>
    part.get('text') !== undefined && (part.get('type') ?? 'text') === 'text'
      ? [{ type: 'text', text: part.get('text')! }]
      : [],
  )
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
  return {
    ...(role !== undefined && !isRedacted(role) ? { role } : {}),
    content,
    tool_calls: toolCalls,
    ...(callId === undefined ? {} : { tool_call_id: callId }),
  }
}

function at<T>(map: Map<number, T>, index: number, make: () => T): T {
  const held = map.get(index)
  if (held !== undefined) return held
  const made = make()
  map.set(index, made)
  return made
}

const inOrder = <T>(map: ReadonlyMap<number, T>): T[] => [...map].sort((a, b) => a[0] - b[0]).map(([, item]) => item)
