// OpenLLMetry (Traceloop): decorators with `traceloop.entity.*`; model calls with indexed attributes up to 2026 and with
// GenAI's JSON after; wrappers of LangChain's callbacks.

import { isObject, type Json } from '../model/json.ts'
import type { ChatMessage, SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, numberOf, textOf } from './attributes.ts'
import { readMessages } from './chat-messages.ts'
import type { Convention } from './convention.ts'
import { traceloopFramework } from './framework.ts'
import type { HistoryMemory } from './history-memory.ts'
import { indexedMessages } from './indexed-messages.ts'
import { toolMessage } from './langchain.ts'
import { readGenai } from './otel-genai.ts'
import { messagesGiven } from './payload-messages.ts'
import { asAgent, asGroup, asModel, asTool, withError } from './records.ts'

export const traceloop: Convention = {
  id: 'traceloop',
  recognises: (span) => span.scope.name.startsWith('@traceloop/') || MARKS.some((key) => span.attributes.has(key)),
  read,
}

const MARKS = [
  'traceloop.span.kind',
  'traceloop.entity.name',
  'traceloop.workflow.name',
  'llm.request.type',
  'gen_ai.prompt.0.role',
  'gen_ai.prompt.0.content',
  'gen_ai.completion.0.role',
  'gen_ai.completion.0.content',
  'gen_ai.completion.0.tool_calls.0.name',
]

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const { attributes } = span
  const framework = traceloopFramework(span.scope.name)
  const record = readGenai(span, traceloop.id, framework, memory)
  const base = { span, convention: traceloop.id, framework, error: record.error }
  const kind = textOf(attributes, 'traceloop.span.kind')
  const name = textOf(attributes, 'traceloop.entity.name') ?? span.name.replace(/\.(?:tool|agent|workflow|task)$/, '')

  if (kind === 'tool' || record.kind === 'tool' || (kind === null && /^.+\.tool$/.test(span.name))) {
    const own = record.kind === 'tool' ? record : undefined
    const result = returned(own?.result ?? contentOf(attributes, 'traceloop.entity.output'))
    const message = toolMessage(result)
    return asTool(withError(base, base.error ?? message?.error ?? null), {
      tool: textOf(attributes, 'gen_ai.tool.name') ?? (own ? own.tool : name),
      callId: own?.callId ?? message?.id ?? null,
      arguments: passed(own?.arguments ?? contentOf(attributes, 'traceloop.entity.input')),
      result: message ? message.result : result,
    })
  }
  if (record.kind === 'model' || isModelRequest(span)) return model(span, record, base)
  // LangChain's callbacks in JavaScript know no parents: a chain that holds nothing is not an agent.
  const isFlat = span.scope.name === '@traceloop/instrumentation-langchain'
  if (!isFlat && (kind === 'workflow' || kind === 'agent' || record.kind === 'agent')) {
    const agent = textOf(attributes, 'traceloop.entity.name', 'gen_ai.agent.name') ?? name
    return asAgent(base, agent, () => said(contentOf(attributes, 'traceloop.entity.input')))
  }
  return asGroup(base)
}

const isModelRequest = (span: Span): boolean => {
  const type = textOf(span.attributes, 'llm.request.type')
  return type === 'chat' || type === 'completion'
}

type Base = Pick<SpanRecord, 'span' | 'convention' | 'framework' | 'error'>

function model(span: Span, record: SpanRecord, base: Base): SpanRecord {
  const { attributes } = span
  const own = record.kind === 'model' ? record : undefined
  const input = own && own.input.length > 0 ? own.input : indexedMessages(attributes, 'gen_ai.prompt', 'user')
  const output =
    own && own.output.length > 0 ? own.output : indexedMessages(attributes, 'gen_ai.completion', 'assistant')
  return asModel(base, {
    model: textOf(attributes, 'gen_ai.response.model', 'gen_ai.request.model'),
    inputTokens: numberOf(attributes, 'gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'),
    outputTokens: numberOf(attributes, 'gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'),
    input,
    output,
  })
}

/**
 * The arguments out of what wraps them: a decorator's `{args: [], kwargs: {city}}`, or all that LangChain's callback was
 * called with, `{input_str, tags, metadata, inputs, kwargs}`. One positional argument stands for itself.
 */
function passed(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value
  if (Array.isArray(value.args) && isObject(value.kwargs) && Object.keys(value).length === 2) {
    if (value.args.length === 0) return value.kwargs
    if (Object.keys(value.kwargs).length > 0) return value
    return value.args.length === 1 ? value.args[0] : value.args
  }
  if ('input_str' in value && 'kwargs' in value) {
    if (isObject(value.inputs) && Object.keys(value.inputs).length > 0) return value.inputs
    return typeof value.input_str === 'string' ? contentOf(new Map([['input', value.input_str]]), 'input') : value
  }
  return value
}

/** LangChain's callback again: `{output, kwargs}`. */
const returned = (value: Json | undefined): Json | undefined =>
  isObject(value) && 'output' in value && 'kwargs' in value && Object.keys(value).length === 2 ? value.output : value

/** What a decorated agent was called with, as the user's words: its only argument, or all of them as JSON. */
function said(value: Json | undefined): ChatMessage[] {
  const args = passed(value)
  if (typeof args === 'string') return readMessages(args, 'user')
  const messages = messagesGiven(args)
  if (messages.length > 0 || args === undefined) return messages
  return isObject(args) && Object.keys(args).length === 0
    ? []
    : [{ role: 'user', text: JSON.stringify(args), calls: [], results: [] }]
}
