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
    if (of === 'message_content') at(draft.contents, Number(inner), blank)[nested ?? ''] = String(value)
    else if (of === 'tool_call') at(draft.calls, Number(inner), blank)[nested ?? ''] = String(value)
    else if (outer === undefined) draft.fields[field] = String(value)
  }
  return inOrder(drafts).flatMap((draft) => readMessages(assemble(draft), role))
}

/** `.N.message.FIELD`, `.N.message.contents.M.message_content.FIELD`, `.N.message.tool_calls.M.tool_call.FIELD`. */
const KEY = /^\.(\d+)\.message\.((contents|tool_calls)\.(\d+)\.(message_content|tool_call)\.(.+)|.+)$/

interface Draft {
  readonly fields: Record<string, string>
  readonly contents: Map<number, Record<string, string>>
  readonly calls: Map<number, Record<string, string>>
}

const newDraft = (): Draft => ({ fields: blank(), contents: new Map(), calls: new Map() })

/** Without a prototype: the field names come from outside. */
const blank = (): Record<string, string> => Object.create(null)

function assemble({ fields, contents, calls }: Draft): Json {
  const parts = inOrder(contents).flatMap((part) =>
    part.text !== undefined && (part.type ?? 'text') === 'text' ? [{ type: 'text', text: part.text }] : [],
  )
  const content = fields.content ?? (parts.length > 0 ? parts : null)
  const toolCalls: Json[] = inOrder(calls).map((call) => ({
    id: call.id ?? null,
    name: call['function.name'] ?? null,
    arguments: call['function.arguments'] ?? '__REDACTED__',
  }))
  // The form from before tool calls had a list of their own.
  if (fields.function_call_name !== undefined) {
    toolCalls.push({
      name: fields.function_call_name,
      arguments: fields.function_call_arguments_json ?? '__REDACTED__',
    })
  }
  const role = fields.role
  return {
    ...(role !== undefined && !isRedacted(role) ? { role } : {}),
    content,
    tool_calls: toolCalls,
    ...(fields.tool_call_id !== undefined ? { tool_call_id: fields.tool_call_id } : {}),
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
