// A model's whole input or output as one JSON value: what an SDK was called with and what it answered. LangSmith, Langfuse,
// MLflow, Haystack and Google ADK record these instead of messages.

import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ChatMessage } from '../model/record.ts'
import { readMessages } from './chat-messages.ts'
import type { HistoryMemory } from './history-memory.ts'
import { langchainOutput, readLangchainHistory, readLangchainMessages } from './langchain.ts'

/**
 * The messages that a model or an agent was given, in an attribute that `memory` has read, if it was given: a list; `{messages}`, once more in a list with LangChain; Gemini's
 * `{contents, config: {systemInstruction}}`; OpenAI's `{instructions, input}`; `{system, prompt}`; or plain words.
 */
export function messagesGiven(value: Json | undefined, memory?: HistoryMemory): ChatMessage[] {
  if (Array.isArray(value)) return readLangchainHistory(messagesIn(value), memory)
  if (typeof value === 'string') return readMessages(openingWords(value), 'user')
  if (!isObject(value)) return []
  const config = isObject(value.config) ? value.config : {}
  const system = firstOf(value, 'system', 'instructions', 'systemInstruction') ?? config.systemInstruction
  const history = firstOf(value, 'messages', 'contents', 'input', 'prompt')
  const said = Array.isArray(history)
    ? readLangchainHistory(messagesIn(history), memory)
    : readMessages(history, 'user')
  return [...asSystem(system), ...said]
}

/**
 * The messages that a model answered with: a message; a list; OpenAI's `{choices}` or `{output}`; LangChain's
 * `{generations}`; Gemini's `{candidates}` or `{content: {parts}}`; Genkit's `{message}`; Haystack's `{replies}`.
 */
export function messagesAnswered(value: Json | undefined): ChatMessage[] {
  if (Array.isArray(value)) return readLangchainMessages(messagesIn(value), 'assistant')
  if (!isObject(value)) return readMessages(value, 'assistant')
  const generated = langchainOutput(value)
  if (generated) return generated
  const several = firstOf(value, 'choices', 'candidates', 'replies', 'messages', 'output')
  if (Array.isArray(several)) return readLangchainMessages(messagesIn(several.map(messageOfChoice)), 'assistant')
  if (several !== undefined) return readMessages(several, 'assistant')
  return readLangchainMessages(messagesIn([isObject(value.message) ? value.message : value]), 'assistant')
}

const messageOfChoice = (choice: Json): Json => (isObject(choice) && isObject(choice.message) ? choice.message : choice)

/** Of a list of messages, or of one in another. */
function messagesIn(values: readonly Json[]): JsonObject[] {
  const first = values[0]
  const messages: readonly Json[] = Array.isArray(first) ? first : values
  return messages.filter((message): message is JsonObject => isObject(message) && !isDefinition(message))
}

/** Langfuse's handler in Python lists the definitions of the tools among the messages, as the tools' words. */
const isDefinition = ({ content }: JsonObject): boolean =>
  isObject(content) &&
  content.type === 'function' &&
  isObject(content.function) &&
  content.function.arguments === undefined

/**
 * A conversation printed as `system: ...\nuser: ...\ntool: ...` up to the first answer: what follows may be results, and
 * taken for words they would be the user's. Any other text as it is.
 */
function openingWords(text: string): string {
  if (!/^(?:system|developer|user): /.test(text)) return text
  const answer = text.search(/\n(?:assistant|tool|function): /)
  return answer < 0 ? text : text.slice(0, answer)
}

function asSystem(value: Json | undefined): ChatMessage[] {
  const parts = isObject(value) && Array.isArray(value.parts) ? value.parts : value
  if (Array.isArray(parts)) return readMessages({ role: 'system', parts }, 'system')
  return typeof value === 'string' ? readMessages(value, 'system') : []
}

function firstOf(value: JsonObject, ...keys: readonly string[]): Json | undefined {
  for (const key of keys) if (value[key] !== undefined && value[key] !== null) return value[key]
  return undefined
}
