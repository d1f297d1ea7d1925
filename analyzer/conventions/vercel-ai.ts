// The Vercel AI SDK 4 to 6 (scope `ai`, `experimental_telemetry`). Version 7 writes GenAI conventions instead.
// Read in the SDK: `ai.toolCall.args` follows recordOutputs, `ai.prompt*` follows recordInputs.

import { isObject } from '../model/json.ts'
import type { ChatMessage, RequestedCall, SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, numberOf, textOf } from './attributes.ts'
import { readHistory, readMessages, textMessage } from './chat-messages.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import type { HistoryMemory } from './history-memory.ts'
import { readRequestedCall } from './message-parts.ts'
import { asAgent, asGroup, asModel, asTool } from './records.ts'

export const vercelAi: Convention = {
  id: 'vercel-ai',
  recognises: (span) => textOf(span.attributes, 'ai.operationId') !== null,
  read,
}

const AGENT = /^ai\.(?:generateText|streamText|generateObject|streamObject)$/
const MODEL = /^ai\.(?:generateText|streamText|generateObject|streamObject)\.do(?:Generate|Stream)$/

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const { attributes } = span
  const base = { span, convention: vercelAi.id, framework: 'Vercel AI SDK', error: errorOf(span) }
  const operation = textOf(attributes, 'ai.operationId') ?? ''

  if (operation === 'ai.toolCall') {
    return asTool(base, {
      tool: textOf(attributes, 'ai.toolCall.name') ?? span.name,
      callId: textOf(attributes, 'ai.toolCall.id'),
      arguments: contentOf(attributes, 'ai.toolCall.args', 'ai.toolCall.input'),
      result: contentOf(attributes, 'ai.toolCall.result', 'ai.toolCall.output'),
    })
  }
  if (MODEL.test(operation)) {
    const input = readHistory(memory.contentOf(attributes, 'ai.prompt.messages'), memory)
    const output = outputOf(span)
    return asModel(base, {
      model: textOf(attributes, 'ai.response.model', 'gen_ai.response.model', 'ai.model.id', 'gen_ai.request.model'),
      inputTokens: numberOf(attributes, 'ai.usage.inputTokens', 'ai.usage.promptTokens', 'gen_ai.usage.input_tokens'),
      outputTokens: numberOf(
        attributes,
        'ai.usage.outputTokens',
        'ai.usage.completionTokens',
        'gen_ai.usage.output_tokens',
      ),
      input,
      output,
    })
  }
  if (AGENT.test(operation)) {
    const name = textOf(attributes, 'ai.telemetry.functionId') ?? operation
    return asAgent(base, name, () => promptOf(span))
  }
  return asGroup(base)
}

/** One message: `ai.response.text` (or the object) and `ai.response.toolCalls`, a JSON list. */
function outputOf(span: Span): ChatMessage[] {
  const text = textOf(span.attributes, 'ai.response.text', 'ai.response.object') ?? ''
  const listed = contentOf(span.attributes, 'ai.response.toolCalls')
  const calls = Array.isArray(listed)
    ? listed.map(readRequestedCall).filter((call): call is RequestedCall => !!call)
    : []
  return text === '' && calls.length === 0 ? [] : [{ ...textMessage('assistant', text), calls }]
}

/** The root's `ai.prompt`: `{system?, prompt}` or `{system?, messages}`. */
function promptOf(span: Span): ChatMessage[] {
  const prompt = contentOf(span.attributes, 'ai.prompt')
  if (!isObject(prompt)) return []
  return [
    ...readMessages(prompt.system, 'system'),
    ...readMessages(prompt.prompt, 'user'),
    ...readMessages(prompt.messages, 'user'),
  ]
}
