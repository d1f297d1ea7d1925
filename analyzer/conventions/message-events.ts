// Messages in events, where GenAI conventions up to 1.36 put them, and some later ones still do: one event per message
// (`gen_ai.user.message`, ..., `gen_ai.choice`), a whole prompt in one (`gen_ai.content.prompt`, 1.27), or all of an
// inference (`gen_ai.client.inference.operation.details`). They come as span events or as log records, which
// `eventOfLog` made events of the span.

import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ChatMessage } from '../model/record.ts'
import type { Attributes, Span, SpanEvent } from '../model/span.ts'
import { contentOf, textOf } from './attributes.ts'
import { readHistory, readMessages } from './chat-messages.ts'
import { HistoryMemory } from './history-memory.ts'
import { isRedacted } from './redaction.ts'

export const DETAILS = 'gen_ai.client.inference.operation.details'

/** Instructions go before the history that they govern. */
export function inputIn(attributes: Attributes, memory = new HistoryMemory()): ChatMessage[] {
  const history = readHistory(memory.contentOf(attributes, 'gen_ai.input.messages'), memory)
  const system = contentOf(attributes, 'gen_ai.system_instructions')
  return system === undefined ? history : [...readMessages(instructions(system), 'system'), ...history]
}

export const outputIn = (attributes: Attributes): ChatMessage[] =>
  readMessages(contentOf(attributes, 'gen_ai.output.messages'), 'assistant')

/** What the model was given, by the events of its span, oldest first. */
export function inputFromEvents(span: Span, memory: HistoryMemory): ChatMessage[] {
  return span.events.flatMap((event) => {
    if (event.name === DETAILS) return inputIn(event.attributes, memory)
    if (event.name === 'gen_ai.content.prompt')
      return readMessages(contentOf(event.attributes, 'gen_ai.prompt'), 'user')
    const role = /^gen_ai\.(system|user|assistant|tool)\.message$/.exec(event.name)?.[1]
    return role === undefined ? [] : historyMessage(event, role as ChatMessage['role'])
  })
}

/** What the model answered, by the events of its span. Several choices follow one another. */
export function outputFromEvents(span: Span): ChatMessage[] {
  return span.events.flatMap((event) => {
    if (event.name === DETAILS) return outputIn(event.attributes)
    if (event.name === 'gen_ai.content.completion')
      return readMessages(contentOf(event.attributes, 'gen_ai.completion'), 'assistant')
    return event.name === 'gen_ai.choice' ? choice(event) : []
  })
}

/** A list of parts and not of messages, so it is wrapped in one; some SDKs write plain text. */
const instructions = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) && value.length > 0 ? { role: 'system', parts: value } : value

function historyMessage({ attributes }: SpanEvent, role: ChatMessage['role']): ChatMessage[] {
  const body = bodyIn(attributes)
  if (body) return readMessages({ role, ...body, ...(body.id === undefined ? {} : { tool_call_id: body.id }) }, role)
  const content = wordsOrParts(attributes, role)
  const calls = contentOf(attributes, 'tool_calls')
  const id = textOf(attributes, 'id', 'tool_call_id')
  return readMessages(
    {
      role,
      ...(content === undefined ? {} : { content }),
      ...(Array.isArray(calls) ? { tool_calls: calls } : {}),
      ...(role === 'tool' && id !== null ? { tool_call_id: id } : {}),
    },
    role,
  )
}

/** `message` is an object, its JSON, a list of content blocks or text; or its fields are the event's own. */
function choice(event: SpanEvent): ChatMessage[] {
  const message = bodyIn(event.attributes)?.message ?? contentOf(event.attributes, 'message')
  if (message === undefined) {
    const own = historyMessage(event, 'assistant')
    return own.filter(({ text, calls }) => text !== '' || calls.length > 0)
  }
  return readMessages(
    isObject(message) ? { ...message, role: 'assistant' } : { role: 'assistant', content: message },
    'assistant',
  )
}

/** All fields of the event in one attribute, as Semantic Kernel writes them. */
function bodyIn(attributes: Attributes): JsonObject | undefined {
  const body = contentOf(attributes, 'gen_ai.event.content')
  const isBody = isObject(body) && ('content' in body || 'message' in body || 'tool_calls' in body)
  return isBody ? body : undefined
}

/** A person's words may look like JSON; a list of objects is content blocks. A tool's result is whatever it is. */
function wordsOrParts(attributes: Attributes, role: ChatMessage['role']): Json | undefined {
  const content = contentOf(attributes, 'content', 'parts', 'gen_ai.event.content', 'body')
  if (role === 'tool' || (Array.isArray(content) && content.every(isObject))) return content
  const text = textOf(attributes, 'content', 'gen_ai.event.content', 'body')
  return text === null || isRedacted(text) ? (isObject(content) ? [content] : undefined) : text
}
