// Chat messages in JSON. Every SDK spells the same few things differently; this reads all spellings (those of a message's
// parts are in message-parts.ts), so that a convention only has to say where its messages are.

import type { Json } from '../model/json.ts'
import type { ChatMessage } from '../model/record.ts'
import { contentIn, isObject, type JsonObject, nonEmpty } from './json-values.ts'
import { type Parts, readPart, readRequestedCall } from './message-parts.ts'
import { jsonOrText } from './parse-json.ts'
import { isRedacted } from './redaction.ts'

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

function readMessage(message: JsonObject, fallback: ChatMessage['role']): ChatMessage {
  const into: Parts = { texts: [], calls: [], results: [] }
  const parts = partsOf(message)
  for (const part of parts) readPart(part, into)
  for (const item of Array.isArray(message.tool_calls) ? message.tool_calls : []) {
    const call = readRequestedCall(item)
    if (call) into.calls.push(call)
  }

  const { texts, calls, results } = into
  const text = texts.length === 1 && !isRedacted(texts[0]!) ? texts[0]! : joined(texts)
  const role = roleOf(message.role, calls.length > 0 ? 'assistant' : results.length > 0 ? 'tool' : fallback)
  if (role !== 'tool') return { role, text, calls, results }

  if (results.length === 0 && parts.some((part) => part !== null)) {
    const redacted = text === '' && texts.some(isRedacted)
    const whole = texts.length > 0 ? jsonOrText(text) : contentIn(message.content)
    results.push({ id: nonEmpty(message.tool_call_id), result: redacted ? undefined : whole })
  }
  return { role, text: '', calls, results }
}

/** A message without a role may be a part itself (the items of OpenAI's Responses API). */
function partsOf(message: JsonObject): readonly Json[] {
  if (Array.isArray(message.parts)) return message.parts
  if (Array.isArray(message.content)) return message.content
  // Gemini's messages may be wrapped once more: `{content: {role, parts}}`.
  if (isObject(message.content) && Array.isArray(message.content.parts)) return message.content.parts
  if (typeof message.type === 'string' && message.role === undefined) return [message]
  return [message.content ?? null]
}

const joined = (texts: readonly string[]): string => texts.filter((line) => line !== '' && !isRedacted(line)).join('\n')

/** A role that nobody knows may be a tool's name (some tracers do that): never take its words for the user's. */
function roleOf(value: Json | undefined, otherwise: ChatMessage['role']): ChatMessage['role'] {
  if (typeof value !== 'string') return otherwise
  const role = value.toLowerCase()
  if (role === 'system' || role === 'developer') return 'system'
  if (role === 'user' || role === 'human') return 'user'
  if (role === 'assistant' || role === 'ai' || role === 'model') return 'assistant'
  return 'tool'
}
