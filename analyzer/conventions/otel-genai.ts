// OpenTelemetry's GenAI semantic conventions: https://github.com/open-telemetry/semantic-conventions-genai, and before
// 1.42 the main repository. Messages are JSON attributes of the span since 1.37 and events before; MCP spans since 1.39.
// Dialects that build on them start from `readGenai`.

import type { ChatMessage, SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, numberOf, textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import { frameworkOf } from './framework.ts'
import { HistoryMemory } from './history-memory.ts'
import { inputFromEvents, inputIn, outputFromEvents, outputIn } from './message-events.ts'
import { asAgent, asGroup, asModel, asTool } from './records.ts'
import { contentOfEvents, NO_CONTENT } from './tool-events.ts'

export const otelGenai: Convention = {
  id: 'otel-genai',
  recognises: (span) =>
    MARKS.some((key) => span.attributes.has(key)) || span.scope.name === 'gen_ai' || TOOL_NAME.test(span.name),
  read: (span, memory) => readGenai(span, otelGenai.id, frameworkOf(span.scope.name, 'OpenTelemetry GenAI'), memory),
}

const MARKS = [
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.request.model',
  'gen_ai.tool.name',
  'mcp.method.name',
]

/** The last resort: some SDKs export a failed tool with no attribute at all, and only its name tells. */
const TOOL_NAME = /^(?:execute_tool|tools\/call) (.+)$/

/** Standard names first, then those seen in the wild. */
const MODEL_OPERATIONS: ReadonlySet<string> = new Set([
  'chat',
  'generate_content',
  'text_completion',
  'completion',
  'generate',
  'response',
  'llm_call',
  'message_creation',
])

/** What `span` is by the GenAI conventions alone, as a record of `convention`. */
export function readGenai(span: Span, convention: string, framework: string, memory: HistoryMemory): SpanRecord {
  const { attributes } = span
  const base = { span, convention, framework, error: errorOf(span) }
  switch (kindOf(span)) {
    case 'tool': {
      const events = span.events.length === 0 ? NO_CONTENT : contentOfEvents(span.events)
      return asTool(base, {
        tool: toolName(span),
        callId: textOf(attributes, 'gen_ai.tool.call.id', 'gen_ai.tool.call_id') ?? events.callId,
        arguments: contentOf(attributes, 'gen_ai.tool.call.arguments', 'input.value') ?? events.arguments,
        result: contentOf(attributes, 'gen_ai.tool.call.result', 'output.value') ?? events.result,
      })
    }
    case 'model': {
      const input = inputOf(span, memory)
      const said = outputIn(attributes)
      const output = said.length === 0 && span.events.length > 0 ? outputFromEvents(span) : said
      return asModel(base, {
        model: textOf(attributes, 'gen_ai.response.model', 'gen_ai.request.model'),
        inputTokens: numberOf(attributes, 'gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'),
        outputTokens: numberOf(attributes, 'gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'),
        input,
        output,
      })
    }
    case 'agent':
      return asAgent(base, agentName(span), () => inputOf(span, new HistoryMemory()))
    default:
      return asGroup(base)
  }
}

function kindOf(span: Span): SpanRecord['kind'] {
  const operation = textOf(span.attributes, 'gen_ai.operation.name')
  if (operation === 'execute_tool' || operation === 'tool_call') return 'tool'
  if (span.attributes.get('mcp.method.name') === 'tools/call') return 'tool'
  if (operation === 'invoke_agent' || operation === 'invoke_workflow') return 'agent'
  if (operation !== null) return MODEL_OPERATIONS.has(operation) ? 'model' : 'group'
  if (span.attributes.has('gen_ai.tool.name') || TOOL_NAME.test(span.name)) return 'tool'
  // Without an operation, what names a model is a model call.
  return span.attributes.has('gen_ai.request.model') ? 'model' : 'group'
}

const toolName = (span: Span): string =>
  textOf(span.attributes, 'gen_ai.tool.name') ?? TOOL_NAME.exec(span.name)?.[1] ?? span.name

const agentName = (span: Span): string =>
  textOf(span.attributes, 'gen_ai.agent.name', 'gen_ai.workflow.name') ??
  span.name.replace(/^invoke_(?:agent|workflow) (?=.)/, '')

function inputOf(span: Span, memory: HistoryMemory): ChatMessage[] {
  const given = inputIn(span.attributes, memory)
  return given.length === 0 && span.events.length > 0 ? inputFromEvents(span, memory) : given
}
