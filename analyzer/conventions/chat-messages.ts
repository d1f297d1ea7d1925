// Chat messages in JSON. Every SDK spells the same few things differently (`tool_call`, `tool-call`, `function_call`;
// `arguments`, `input`, `args`; `response`, `result`, `content`, `output`); this reads all spellings, so that a
// convention only has to say where its messages are.

import type { Json } from '../model/json.ts'
import type { ChatMessage, GivenResult, RequestedCall } from '../model/record.ts'
import { jsonOrText } from './parse-json.ts'
import { isRedacted } from './redaction.ts'

export type JsonObject = { readonly [key: string]: Json }

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The messages in `value`: a list of them, or plain text, which is one message by `role`. Text that looks like JSON but
 * could not be parsed was cut off, and counts as not captured: it may hold results, and taken for a prompt it would
 * clear values that came from tools.
 */
export function readMessages(value: Json | undefined, role: ChatMessage['role']): ChatMessage[] {
  if (typeof value === 'string') {
    return value === '' || isRedacted(value) || /^\s*[[{]/.test(value) ? [] : [textMessage(role, value)]
  }
  if (isObject(value)) return [readMessage(value, role)]
  if (!Array.isArray(value)) return []
  return value.filter(isObject).map((message) => readMessage(message, role))
}

export const textMessage = (role: ChatMessage['role'], text: string): ChatMessage => ({
  role,
  text,
  calls: [],
  results: [],
})

/** A tool call in any of the spellings, or null if it names no tool. */
export function readRequestedCall(value: Json): RequestedCall | null {
  if (!isObject(value)) return null
  const of = isObject(value.function) ? value.function : value
  const tool = string(of.name) ?? string(of.toolName)
  if (tool === null) return null
  const id = string(value.call_id) ?? string(value.callId) ?? string(value.toolCallId) ?? string(value.id)
  return { id, tool, arguments: content(of.arguments ?? of.input ?? of.args) }
}

/** What was captured of a value inside a message: JSON in a string is parsed, a redaction mark is undefined. */
function content(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value
  return isRedacted(value) ? undefined : jsonOrText(value)
}

function readMessage(message: JsonObject, fallback: ChatMessage['role']): ChatMessage {
  const texts: string[] = []
  const calls: RequestedCall[] = []
  const results: GivenResult[] = []
  // A message without a role may be a part itself (the items of OpenAI's Responses API).
  const parts = Array.isArray(message.parts)
    ? message.parts
    : Array.isArray(message.content)
      ? message.content
      : [typeof message.type === 'string' && message.role === undefined ? message : (message.content ?? null)]

  for (const part of parts) {
    if (typeof part === 'string') texts.push(part)
    if (!isObject(part)) continue
    const type = string(part.type) ?? ''
    if (/^(tool[_-](call|use)|function_call)$/.test(type)) {
      const call = readRequestedCall(part)
      if (call) calls.push(call)
    } else if (/^(tool[_-](call_response|result)|function_call_(result|output))$/.test(type)) {
      results.push(readResult(part))
    } else if (/^((input_|output_)?text|message)$/.test(type)) {
      texts.push(string(part.text) ?? string(part.content) ?? '')
    }
  }
  for (const item of Array.isArray(message.tool_calls) ? message.tool_calls : []) {
    const call = readRequestedCall(item)
    if (call) calls.push(call)
  }

  const text = texts.filter((line) => line !== '' && !isRedacted(line)).join('\n')
  const role = roleOf(message.role, calls.length > 0 ? 'assistant' : results.length > 0 ? 'tool' : fallback)
  if (role !== 'tool') return { role, text, calls, results }

  if (results.length === 0 && parts.some((part) => part !== null)) {
    const redacted = text === '' && texts.some(isRedacted)
    const whole = texts.length > 0 ? jsonOrText(text) : content(message.content)
    results.push({ id: string(message.tool_call_id), result: redacted ? undefined : whole })
  }
  return { role, text: '', calls, results }
}

/** Semconv's `response`; `result` in Pydantic AI, `content` in Copilot, `output` in the AI SDK and OpenAI. */
function readResult(part: JsonObject): GivenResult {
  const id =
    string(part.call_id) ??
    string(part.callId) ??
    string(part.toolCallId) ??
    string(part.tool_use_id) ??
    string(part.id)
  return { id, result: unwrap(part.response ?? part.result ?? part.output ?? part.content) }
}

/** A result out of its typed envelope: `{type: 'json', value}` (AI SDK), `{type: 'text', text}`, or a list of such texts. */
function unwrap(value: Json | undefined): Json | undefined {
  if (isObject(value) && typeof value.type === 'string') {
    if (value.value !== undefined) return content(value.value)
    if (value.type === 'text' && typeof value.text === 'string') return content(value.text)
  }
  if (Array.isArray(value) && value.length > 0) {
    const texts = value.map((item) =>
      isObject(item) && /text$/.test(string(item.type) ?? '') ? string(item.text) : null,
    )
    if (texts.every((text) => text !== null)) return content(texts.join('\n'))
  }
  return content(value)
}

/** A role that nobody knows may be a tool's name (some tracers do that): never take its words for the user's. */
function roleOf(value: Json | undefined, otherwise: ChatMessage['role']): ChatMessage['role'] {
  if (typeof value !== 'string') return otherwise
  const role = value.toLowerCase()
  if (role === 'system' || role === 'developer') return 'system'
  if (role === 'user' || role === 'human') return 'user'
  if (role === 'assistant' || role === 'ai' || role === 'model') return 'assistant'
  return 'tool'
}

const string = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)
