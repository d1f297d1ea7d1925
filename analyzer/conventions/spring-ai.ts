// Spring AI: GenAI conventions, with the content of tool calls under its own names. Prompts only ever go to the log.

import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import type { HistoryMemory } from './history-memory.ts'
import { readGenai } from './otel-genai.ts'
import { asAgent, asGroup, asTool } from './records.ts'

export const springAi: Convention = {
  id: 'spring-ai',
  recognises: (span) =>
    span.attributes.has('spring.ai.kind') ||
    span.attributes.has('spring.ai.tool.definition.name') ||
    textOf(span.attributes, 'gen_ai.system') === 'spring_ai',
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const record = readGenai(span, springAi.id, 'Spring AI', memory)
  const { attributes } = span
  const kind = textOf(attributes, 'spring.ai.kind')
  if (kind === 'tool_call') {
    const tool = textOf(attributes, 'spring.ai.tool.definition.name', 'gen_ai.tool.name')
    return asTool(record, {
      tool: tool ?? span.name.replace(/^(?:tool_call|execute_tool) /, ''),
      callId: textOf(attributes, 'spring.ai.tool.call.id', 'gen_ai.tool.call.id'),
      arguments: contentOf(attributes, 'spring.ai.tool.call.arguments', 'gen_ai.tool.call.arguments'),
      result: contentOf(attributes, 'spring.ai.tool.call.result', 'gen_ai.tool.call.result'),
    })
  }
  // The chat client runs the loop of model and tools; advisors stand between the two.
  if (kind === 'chat_client') return asAgent(record, span.name, () => [])
  return kind === null ? record : asGroup(record)
}
