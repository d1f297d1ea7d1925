// Gemini CLI's spans: named by an operation of its own, content as JSON in the attributes for messages. Without
// GEMINI_TELEMETRY_TRACES_ENABLED there are log records only (gemini-cli-logs.ts).

import { isObject, type Json } from '../model/json.ts'
import type { SpanRecord, ToolRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, numberOf, textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import type { HistoryMemory } from './history-memory.ts'
import { inputIn, outputIn } from './message-events.ts'

export const GEMINI_CLI = 'Gemini CLI'

export const geminiCli: Convention = {
  id: 'gemini-cli',
  recognises: (span) => span.scope.name === 'gemini-cli',
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const { attributes } = span
  const base = { span, convention: geminiCli.id, framework: GEMINI_CLI, error: errorOf(span) }
  switch (textOf(attributes, 'gen_ai.operation.name') ?? span.name) {
    case 'user_prompt':
    case 'agent_call':
    case 'invoke_agent': {
      const name = textOf(attributes, 'gen_ai.agent.name') ?? GEMINI_CLI
      return { ...base, kind: 'agent', name, input: inputIn(attributes, memory) }
    }
    case 'llm_call': {
      const [input, output] = [inputIn(attributes, memory), outputIn(attributes)]
      return {
        ...base,
        kind: 'model',
        model: textOf(attributes, 'gen_ai.response.model', 'gen_ai.request.model'),
        inputTokens: numberOf(attributes, 'gen_ai.usage.input_tokens'),
        outputTokens: numberOf(attributes, 'gen_ai.usage.output_tokens'),
        input,
        output,
        hasContent: input.length + output.length > 0,
        step: null,
      }
    }
    case 'tool_call':
      return {
        ...base,
        ...answered(contentOf(attributes, 'gen_ai.output.messages'), base.error),
        kind: 'tool',
        tool: textOf(attributes, 'gen_ai.tool.name') ?? span.name,
        callId: textOf(attributes, 'gen_ai.tool.call_id', 'gen_ai.tool.call.id'),
        arguments: argumentsIn(contentOf(attributes, 'gen_ai.input.messages')),
        step: null,
      }
    default:
      return { ...base, kind: 'group' }
  }
}

/** A request is `{callId, name, args, prompt_id, ...}`; what is cut off is text and stays it. */
const argumentsIn = (request: Json | undefined): Json | undefined =>
  isObject(request) && request.args !== undefined ? request.args : request

/** A completed call is `{status, request, response: {responseParts, resultDisplay, error}, ...}`. */
function answered(call: Json | undefined, error: string | null): Pick<ToolRecord, 'result' | 'error'> {
  if (!isObject(call)) return { result: call, error }
  const response = isObject(call.response) ? call.response : undefined
  const failed = call.status === 'error' || call.status === 'cancelled' ? String(call.status) : null
  const reason = isObject(response?.error) ? response.error.message : response?.error
  return {
    result: functionResponse(response?.responseParts) ?? response?.resultDisplay ?? response ?? call,
    error: error ?? (failed === null ? null : typeof reason === 'string' ? reason : failed),
  }
}

/** `[{functionResponse: {id, name, response}}]`. */
function functionResponse(parts: Json | undefined): Json | undefined {
  const first = Array.isArray(parts) ? parts.find(isObject) : parts
  const given = isObject(first) && isObject(first.functionResponse) ? first.functionResponse.response : undefined
  return isObject(given) && Object.keys(given).length === 1 && given.output !== undefined ? given.output : given
}
