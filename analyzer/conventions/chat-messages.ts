// Chat messages in JSON. Every SDK spells the same few things differently; this reads all spellings (those of a message's
// parts are in message-parts.ts), so that a convention only has to say where its messages are.

import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ChatMessage } from '../model/record.ts'
import type { HistoryMemory } from './history-memory.ts'
import { contentIn, nonEmpty } from './json-values.ts'
import { append, NONE, type Parts, readPart, readRequestedCall } from './message-parts.ts'
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
  // One is the rule, and a list that is pushed to takes room for seventeen.
  if (value.length === 1 && isObject(value[0])) return [readMessage(value[0], role)]
  const messages: ChatMessage[] = []
  for (const message of value) if (isObject(message)) messages.push(readMessage(message, role))
  return messages
}

/** `readMessages` of what a model was given, in an attribute that `memory` has read; by the user where nothing else is said. */
export function readHistory(value: Json | undefined, memory: HistoryMemory): ChatMessage[] {
  if (!Array.isArray(value)) return readMessages(value, 'user')
  const messages: ChatMessage[] = []
  for (const message of value) if (isObject(message)) messages.push(memory.messageOf(message, readGivenMessage))
  return messages
}

const readGivenMessage = (message: JsonObject): ChatMessage => readMessage(message, 'user')

export const textMessage = (role: ChatMessage['role'], text: string): ChatMessage => ({
  role,
  text,
  calls: NONE,
  results: NONE,
})

function readMessage(message: JsonObject, fallback: ChatMessage['role']): ChatMessage {
  const into: Parts = { texts: NONE, calls: NONE, results: NONE }
  const parts = partsOf(message)
  if (Array.isArray(parts)) for (const part of parts) readPart(part, into)
  else readPart(parts as Json, into)
  if (Array.isArray(message.tool_calls)) {
    for (const item of message.tool_calls) {
      const call = readRequestedCall(item)
      if (call) into.calls = append(into.calls, call)
    }
  }

  const { texts, calls, results } = into
  const text = texts.length === 0 ? '' : joined(texts)
  const role = roleOf(message.role, calls.length > 0 ? 'assistant' : results.length > 0 ? 'tool' : fallback)
  if (role !== 'tool') return { role, text, calls, results }
  if (results.length > 0 || (Array.isArray(parts) ? parts.every((part) => part === null) : parts === null)) {
    return { role, text: '', calls, results }
  }
  const redacted = text === '' && texts.some(isRedacted)
  const whole = texts.length > 0 ? jsonOrText(text) : contentIn(message.content)
  const result = { id: nonEmpty(message.tool_call_id), result: redacted ? undefined : whole }
  return { role, text: '', calls, results: [result] }
}

/** A list of parts, or the only one. A message without a role may be a part itself (the items of OpenAI's Responses API). */
function partsOf(message: JsonObject): Json {
  if (Array.isArray(message.parts)) return message.parts
  if (Array.isArray(message.content)) return message.content
  // Gemini's messages may be wrapped once more: `{content: {role, parts}}`.
  if (isObject(message.content) && Array.isArray(message.content.parts)) return message.content.parts
  if (typeof message.type === 'string' && message.role === undefined) return message
  return message.content ?? null
}

function joined(texts: readonly string[]): string {
  if (texts.length === 1) return isRedacted(texts[0]!) ? '' : texts[0]!
  return texts.filter((line) => line !== '' && !isRedacted(line)).join('\n')
}

/** A role that nobody knows may be a tool's name (some tracers do that): never take its words for the user's. */
function roleOf(value: Json | undefined, otherwise: ChatMessage['role']): ChatMessage['role'] {
  if (typeof value !== 'string') return otherwise
  if (value === 'user' || value === 'assistant' || value === 'tool') return value
  const role = value.toLowerCase()
  if (role === 'system' || role === 'developer') return 'system'
  if (role === 'user' || role === 'human') return 'user'
  if (role === 'assistant' || role === 'ai' || role === 'model') return 'assistant'
  return 'tool'
}
