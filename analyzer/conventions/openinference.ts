// OpenInference (Arize Phoenix): flattened attributes, one span kind each.
// https://github.com/Arize-ai/openinference/tree/main/spec. LangChain's own shapes are in langchain.ts.

import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ChatMessage, SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, mentions, numberOf, textOf } from './attributes.ts'
import { readMessages, textMessage } from './chat-messages.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import { frameworkOf } from './framework.ts'
import type { HistoryMemory } from './history-memory.ts'
import { langchainInput, langchainOutput, toolMessage, withMissing } from './langchain.ts'
import { flattenedMessages } from './openinference-messages.ts'
import { parseJson } from './parse-json.ts'
import { asAgent, asGroup, asModel, asTool, withError } from './records.ts'

export const openinference: Convention = {
  id: 'openinference',
  recognises: (span) => textOf(span.attributes, 'openinference.span.kind') !== null,
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const { attributes } = span
  const isLangchains =
    mentions(attributes, 'metadata', 'langgraph_step') || mentions(attributes, 'metadata', 'ls_integration')
  const metadata = isLangchains ? contentOf(attributes, 'metadata') : undefined
  const step = isObject(metadata) && typeof metadata.langgraph_step === 'number' ? metadata.langgraph_step : null
  const isGraph = isGraphRoot(span, metadata)
  const base = {
    span,
    convention: openinference.id,
    framework: step !== null || isGraph ? 'LangGraph' : frameworkOf(span.scope.name, 'OpenInference'),
    error: errorOf(span),
  }
  switch (textOf(attributes, 'openinference.span.kind')?.toUpperCase()) {
    case 'TOOL': {
      const output = contentOf(attributes, 'output.value')
      const message = toolMessage(output)
      return asTool(withError(base, base.error ?? message?.error ?? null), {
        tool: textOf(attributes, 'tool.name') ?? span.name,
        callId: textOf(attributes, 'tool.id', 'tool_call.id') ?? message?.id ?? null,
        arguments: argumentsOf(span),
        result: message ? message.result : output,
        step,
      })
    }
    case 'LLM': {
      const input = inputOf(span, memory)
      const output = outputOf(span)
      return asModel(base, {
        model: textOf(attributes, 'llm.response.model_name', 'llm.model_name', 'llm.request.model_name'),
        inputTokens: numberOf(attributes, 'llm.token_count.prompt'),
        outputTokens: numberOf(attributes, 'llm.token_count.completion'),
        input,
        output,
        step,
      })
    }
    case 'AGENT':
      return asAgent(base, textOf(attributes, 'agent.name') ?? span.name, () => given(span))
    default:
      return isGraph ? asAgent(base, span.name, () => given(span)) : asGroup(base)
  }
}

/**
 * What the tool was called with, out of its envelope: smolagents' `{args, kwargs, sanitize_inputs_outputs}`, LlamaIndex's
 * `{kwargs}`, CrewAI's `{tool_string, calling}`. Where there is no input, `tool.parameters`, unless it is a schema.
 */
function argumentsOf(span: Span): Json | undefined {
  const input = contentOf(span.attributes, 'input.value')
  if (input === undefined) {
    const parameters = contentOf(span.attributes, 'tool.parameters')
    return isSchema(parameters) ? undefined : parameters
  }
  if (!isObject(input)) return input
  if ('tool_string' in input && 'calling' in input) return crewArguments(input)
  if (isObject(input.kwargs) && Object.keys(input).every((key) => ENVELOPE.has(key))) {
    const positional = Array.isArray(input.args) ? input.args : []
    if (positional.length === 0) return input.kwargs
    return Object.keys(input.kwargs).length > 0 ? input : positional.length === 1 ? positional[0] : positional
  }
  return input
}

const ENVELOPE: ReadonlySet<string> = new Set(['args', 'kwargs', 'sanitize_inputs_outputs'])

/** A JSON schema, or smolagents' `{city: {type, description}}`: some instrumentations put the schema here, others the arguments. */
const isSchema = (value: Json | undefined): boolean =>
  isObject(value) &&
  (isObject(value.properties) || Object.values(value).every((item) => isObject(item) && typeof item.type === 'string'))

/** The parsed call if it was recorded as such, else the JSON after the model's words `Action Input:`. */
function crewArguments(input: JsonObject): Json {
  if (isObject(input.calling) && input.calling.arguments !== undefined) return input.calling.arguments
  const written = /Action Input:\s*(\{[\s\S]*\})/.exec(
    typeof input.tool_string === 'string' ? input.tool_string : '',
  )?.[1]
  return (written === undefined ? undefined : parseJson(written)) ?? input
}

/**
 * LangGraph calls its agents CHAIN. The root is `LangGraph`, or whatever the user named it: then it carries the mark of
 * createAgent without the step number that every node inside has.
 */
function isGraphRoot(span: Span, metadata: Json | undefined): boolean {
  if (!/langchain/i.test(span.scope.name)) return false
  if (span.name === 'LangGraph') return true
  return (
    isObject(metadata) && metadata.ls_integration === 'langchain_create_agent' && metadata.langgraph_step === undefined
  )
}

/** What an agent was given: a list of messages, `{messages}`, or plain words. */
function given(span: Span): ChatMessage[] {
  const value = contentOf(span.attributes, 'input.value')
  if (!isObject(value)) return readMessages(value, 'user')
  return langchainInput(value) ?? [textMessage('user', JSON.stringify(value))]
}

function inputOf(span: Span, memory: HistoryMemory): ChatMessage[] {
  const flat = flattenedMessages(span.attributes, 'llm.input_messages', 'user')
  if (!mentions(span.attributes, 'input.value', 'messages')) return flat
  const raw = langchainInput(memory.contentOf(span.attributes, 'input.value'), memory)
  return raw ? withMissing(flat, raw) : flat
}

function outputOf(span: Span): ChatMessage[] {
  const flat = flattenedMessages(span.attributes, 'llm.output_messages', 'assistant')
  if (!mentions(span.attributes, 'output.value', 'generations')) return flat
  const raw = langchainOutput(contentOf(span.attributes, 'output.value'))
  return raw ? withMissing(flat, raw) : flat
}
