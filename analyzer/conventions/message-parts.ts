// The parts of a chat message, in every spelling. With a type: `tool_call`, `tool-call`, `tool_use`, `function_call`;
// `tool_call_response`, `tool-result`, `function_call_output`. Without one, by the key that holds the part: Bedrock's
// `toolUse`, Gemini's `functionCall`, Genkit's `toolRequest`, Haystack's `tool_call`, and their answers.

import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { GivenResult, RequestedCall } from '../model/record.ts'
import { contentIn, nonEmpty } from './json-values.ts'

/** What the parts of one message held, in order. Most messages hold one thing, so lists are made when first needed. */
export interface Parts {
  texts: readonly string[]
  calls: readonly RequestedCall[]
  results: readonly GivenResult[]
}

/** The list of everything that has none of something. */
export const NONE: readonly never[] = []

/** `list` with `item` at its end: the same list, unless it is `NONE`. */
export function append<T>(list: readonly T[], item: T): readonly T[] {
  if (list === NONE) return [item]
  ;(list as T[]).push(item)
  return list
}

export function readPart(part: Json, into: Parts): void {
  if (typeof part === 'string') into.texts = append(into.texts, part)
  if (!isObject(part)) return
  if (typeof part.type !== 'string') {
    readKeyedPart(part, into)
    return
  }
  switch (part.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'message':
      into.texts = append(into.texts, nonEmpty(part.text) ?? nonEmpty(part.content) ?? '')
      break
    case 'tool_call':
    case 'tool-call':
    case 'tool_use':
    case 'tool-use':
    case 'function_call':
      readCall(part, into)
      break
    case 'tool_call_response':
    case 'tool-call_response':
    case 'tool_result':
    case 'tool-result':
    case 'function_call_result':
    case 'function_call_output':
      into.results = append(into.results, readResult(part))
      break
    default:
      if (isFunctionCall(part)) readCall(part, into)
  }
}

function readCall(value: Json, into: Parts): void {
  const call = readRequestedCall(value)
  if (call) into.calls = append(into.calls, call)
}

/** OpenAI's `{type: 'function', function: {name, arguments}}` among the parts (Koog). A definition has no arguments. */
const isFunctionCall = ({ type, function: called }: JsonObject): boolean =>
  type === 'function' && isObject(called) && called.arguments !== undefined

const CALL_KEYS = ['toolUse', 'functionCall', 'function_call', 'toolRequest', 'tool_call'] as const
const RESULT_KEYS = ['toolResult', 'functionResponse', 'function_response', 'toolResponse', 'tool_call_result'] as const

function readKeyedPart(part: JsonObject, into: Parts): void {
  if (typeof part.text === 'string') into.texts = append(into.texts, part.text)
  for (const key of CALL_KEYS) {
    if (part[key] !== undefined) readCall(part[key], into)
  }
  for (const key of RESULT_KEYS) {
    const held = part[key]
    if (isObject(held)) into.results = append(into.results, readResult(held))
  }
}

/** A tool call in any of the spellings, or null if it names no tool. */
export function readRequestedCall(value: Json): RequestedCall | null {
  if (!isObject(value)) return null
  const of = isObject(value.function) ? value.function : value
  const tool = nonEmpty(of.name) ?? nonEmpty(of.toolName) ?? nonEmpty(of.tool_name)
  if (tool === null) return null
  return { id: idIn(value), tool, arguments: contentIn(of.arguments ?? of.input ?? of.args) }
}

/** Semconv's `response`; `result` in Pydantic AI, `content` in Copilot and Bedrock, `output` in the AI SDK and OpenAI. */
function readResult(part: JsonObject): GivenResult {
  const id = idIn(part) ?? (isObject(part.origin) ? nonEmpty(part.origin.id) : null)
  return { id, result: unwrapResult(part.response ?? part.result ?? part.output ?? part.content) }
}

/** OpenAI's items have an `id` of their own beside the call's, so the specific names go first. */
const idIn = (value: JsonObject): string | null =>
  nonEmpty(value.call_id) ??
  nonEmpty(value.callId) ??
  nonEmpty(value.toolCallId) ??
  nonEmpty(value.tool_call_id) ??
  nonEmpty(value.tool_use_id) ??
  nonEmpty(value.toolUseId) ??
  nonEmpty(value.id) ??
  nonEmpty(value.ref)

/**
 * A result out of its envelope: `{type: 'json', value}` (AI SDK), `{type: 'text', text}`, Bedrock's `{json}` and
 * `{text}`, alone or in a list.
 */
export function unwrapResult(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return isObject(value) ? unwrapBlock(value) : contentIn(value)
  if (value.length === 0) return value
  const texts = value.map(textOfBlock)
  if (texts.every((text) => text !== null)) return contentIn(texts.join('\n'))
  if (!value.every((item) => textOfBlock(item) !== null || isJsonBlock(item))) return value
  const blocks = value.map((item) => (isObject(item) ? (unwrapBlock(item) ?? null) : item))
  return blocks.length === 1 ? blocks[0] : blocks
}

function unwrapBlock(value: JsonObject): Json | undefined {
  if (typeof value.type === 'string' && value.value !== undefined) return contentIn(value.value)
  if (isJsonBlock(value)) return value.json
  const text = textOfBlock(value)
  return text === null ? value : contentIn(text)
}

/** The text of `{type: 'text', text}`, or of `{text}` with nothing else in it; else null. */
function textOfBlock(value: Json): string | null {
  if (!isObject(value) || typeof value.text !== 'string') return null
  const isText = typeof value.type === 'string' ? /text$/.test(value.type) : Object.keys(value).length === 1
  return isText ? value.text : null
}

const isJsonBlock = (value: Json): value is JsonObject =>
  isObject(value) && value.json !== undefined && Object.keys(value).length === 1
