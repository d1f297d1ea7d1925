// Mastra (`@mastra/otel-exporter`): GenAI conventions, but what a model asked for is not on its `chat` span: the step
// around it has the calls and the messages. So the step is the model's record, and the chat inside gives it its tokens.

import { isObject, type Json } from '../model/json.ts'
import type { ChatMessage, SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, textOf } from './attributes.ts'
import { readMessages, textMessage } from './chat-messages.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import type { HistoryMemory } from './history-memory.ts'
import { readRequestedCall } from './message-parts.ts'
import { readGenai } from './otel-genai.ts'
import { messagesGiven } from './payload-messages.ts'
import { asAgent, asModel, asTool } from './records.ts'

export const mastra: Convention = {
  id: 'mastra',
  recognises: (span) => span.attributes.has('mastra.span.type'),
  read,
}

const TOOLS: ReadonlySet<string> = new Set(['tool_call', 'mcp_tool_call', 'provider_tool_call'])

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const type = textOf(span.attributes, 'mastra.span.type') ?? ''
  const base = { span, convention: mastra.id, framework: 'Mastra', error: errorOf(span) }
  if (type === 'model_step' || type === 'model_generation') {
    const input = given(memory.contentOf(span.attributes, `mastra.${type}.input`), memory)
    const output = answered(contentOf(span.attributes, `mastra.${type}.output`))
    const model = textOf(span.attributes, 'gen_ai.response.model', 'gen_ai.request.model')
    return asModel(base, { model, inputTokens: null, outputTokens: null, input, output })
  }
  const record = readGenai(span, mastra.id, 'Mastra', memory)
  if (type === 'agent_run' || type === 'workflow_run') {
    const name = record.kind === 'agent' ? record.name : span.name
    const input = () => [
      ...(record.kind === 'agent' ? record.input : []),
      ...messagesGiven(contentOf(span.attributes, `mastra.${type}.input`)),
    ]
    return asAgent(base, name, input)
  }
  if (TOOLS.has(type) && record.kind !== 'tool') {
    const tool = textOf(span.attributes, 'gen_ai.tool.name') ?? span.name
    return asTool(base, { tool, callId: null, arguments: undefined, result: undefined })
  }
  return record
}

/** Earlier calls and results are abbreviated to `[tool: NAME]` and `[tool-result: NAME]`: nothing was captured of them. */
const ABBREVIATED = /^(?:\[tool(?:-result)?: [^\]]*\])+$/

function given(value: Json | undefined, memory: HistoryMemory): ChatMessage[] {
  return messagesGiven(value, memory).filter(({ text, results }) => {
    const result = results[0]?.result
    return !ABBREVIATED.test(text) && !(typeof result === 'string' && ABBREVIATED.test(result))
  })
}

function answered(value: Json | undefined): ChatMessage[] {
  if (!isObject(value)) return readMessages(value, 'assistant')
  const text = typeof value.text === 'string' ? value.text : ''
  const calls = (Array.isArray(value.toolCalls) ? value.toolCalls : []).flatMap((call) => readRequestedCall(call) ?? [])
  return text === '' && calls.length === 0 ? [] : [{ ...textMessage('assistant', text), calls }]
}
