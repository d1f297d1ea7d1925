// LangChain's serialised messages, `{lc: 1, id: [..., 'ToolMessage'], kwargs: {...}}`, as OpenInference records them in
// `input.value` and `output.value`. They hold what its flattened attributes leave out: call ids, and the text of a
// system prompt that is a list of parts.

import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ChatMessage, GivenResult } from '../model/record.ts'
import { readMessages } from './chat-messages.ts'
import type { HistoryMemory } from './history-memory.ts'

/** The messages of a model's or an agent's `{messages: [...]}` or `{messages: [[...]]}`, or null if it is not that. */
export function langchainInput(value: Json | undefined, memory?: HistoryMemory): ChatMessage[] | null {
  if (!isObject(value) || !Array.isArray(value.messages)) return null
  const first: Json | undefined = value.messages[0]
  const messages = Array.isArray(first) ? first : value.messages
  // Messages that were only printed (`role='tool' content=...`) hold results, and taken for words they would be the user's.
  return messages.every(isObject) ? readLangchainHistory(messages, memory) : null
}

/** The message of `{generations: [[{message}]]}`, or null if it is not that. */
export function langchainOutput(value: Json | undefined): ChatMessage[] | null {
  if (!isObject(value) || !Array.isArray(value.generations)) return null
  const batch: Json | undefined = value.generations[0]
  const generation = Array.isArray(batch) ? batch[0] : batch
  return isObject(generation) && generation.message !== undefined
    ? readLangchainMessages([generation.message], 'assistant')
    : null
}

/** The tool message that a tool's output is, alone or under `output`: its call's id, its content, its failure. Else null. */
export function toolMessage(output: Json | undefined): (GivenResult & { readonly error: string | null }) | null {
  if (!isObject(output)) return null
  const message = output.output ?? output
  const plain = plainMessage(message)
  if (!isObject(plain) || plain.role !== 'tool' || typeof plain.tool_call_id !== 'string') return null
  const given = readMessages(plain, 'tool')[0]?.results[0]
  const kwargs = isObject(message) && isObject(message.kwargs) ? message.kwargs : message
  const failed = isObject(kwargs) && kwargs.status === 'error'
  const error = failed ? (typeof plain.content === 'string' ? plain.content : 'the tool reported an error') : null
  return { id: plain.tool_call_id, result: given?.result, error }
}

/**
 * `flat` with its gaps filled from `raw`, the same messages in full. Only if both tell of the same messages; if an
 * SDK dropped flattened attributes, `raw` is the longer one and is taken instead.
 */
export function withMissing(flat: readonly ChatMessage[], raw: readonly ChatMessage[]): ChatMessage[] {
  if (raw.length !== flat.length) return [...(raw.length > flat.length ? raw : flat)]
  return flat.map((message, i) => {
    const full = raw[i]
    if (!full || full.role !== message.role) return message
    return {
      role: message.role,
      text: message.text || full.text,
      calls: full.calls.length === message.calls.length ? full.calls : message.calls,
      results: full.results.length === message.results.length ? full.results : message.results,
    }
  })
}

/** Messages of which some or all are serialised by LangChain; the others are read as any. */
export const readLangchainMessages = (messages: readonly Json[], role: ChatMessage['role']): ChatMessage[] =>
  messages.flatMap((message) => readMessages(plainMessage(message), role))

/** `readLangchainMessages` of what a model was given, in an attribute that `memory` has read, if it was given. */
export const readLangchainHistory = (messages: readonly JsonObject[], memory?: HistoryMemory): ChatMessage[] =>
  messages.map((message) => (memory ? memory.messageOf(message, readGivenMessage) : readGivenMessage(message)))

/** An object is one message. */
const readGivenMessage = (message: JsonObject): ChatMessage => readMessages(plainMessage(message), 'user')[0]!

const ROLE_BY_CLASS: Readonly<Record<string, string>> = {
  SystemMessage: 'system',
  HumanMessage: 'user',
  AIMessage: 'assistant',
  AIMessageChunk: 'assistant',
  ToolMessage: 'tool',
}
const ROLE_BY_TYPE: Readonly<Record<string, string>> = {
  system: 'system',
  human: 'user',
  ai: 'assistant',
  tool: 'tool',
}

/** A serialised message as `{role, content, tool_calls, tool_call_id}`; anything else as it is. */
function plainMessage(value: Json): Json {
  if (!isObject(value)) return value
  const kwargs: JsonObject = isObject(value.kwargs) ? value.kwargs : value
  const className = Array.isArray(value.id) ? value.id.at(-1) : undefined
  const role = lookUp(ROLE_BY_CLASS, className) ?? lookUp(ROLE_BY_TYPE, kwargs.type)
  if (role === undefined) return withHiddenCalls(value)
  const more = isObject(kwargs.additional_kwargs) ? kwargs.additional_kwargs : {}
  const listed = Array.isArray(kwargs.tool_calls) && kwargs.tool_calls.length > 0 ? kwargs.tool_calls : more.tool_calls
  return {
    role,
    content: kwargs.content ?? null,
    ...(Array.isArray(listed) ? { tool_calls: listed } : {}),
    ...(typeof kwargs.tool_call_id === 'string' ? { tool_call_id: kwargs.tool_call_id } : {}),
  }
}

/** Langfuse's handler in Python keeps a model's calls where LangChain does, and the role where OpenAI does. */
function withHiddenCalls(message: JsonObject): Json {
  const more = message.additional_kwargs
  if (!isObject(more) || !Array.isArray(more.tool_calls) || Array.isArray(message.tool_calls)) return message
  return { ...message, tool_calls: more.tool_calls }
}

const lookUp = (table: Readonly<Record<string, string>>, key: Json | undefined): string | undefined =>
  typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined
