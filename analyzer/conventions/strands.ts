// AWS Strands Agents: GenAI conventions with all content in span events, and results in Bedrock's content blocks.

import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import type { HistoryMemory } from './history-memory.ts'
import { unwrapResult } from './message-parts.ts'
import { readGenai } from './otel-genai.ts'

const SCOPES: ReadonlySet<string> = new Set(['strands-agents', 'strands.telemetry.tracer'])

export const strands: Convention = {
  id: 'strands',
  recognises: (span) =>
    SCOPES.has(span.scope.name) ||
    textOf(span.attributes, 'gen_ai.provider.name', 'gen_ai.system') === 'strands-agents' ||
    span.attributes.has('agent_loop.cycle_id') ||
    span.attributes.has('event_loop.cycle_id'),
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const record = readGenai(span, strands.id, 'Strands Agents', memory)
  if (record.kind !== 'tool') return record
  const result = unwrapResult(record.result)
  const failed = textOf(span.attributes, 'gen_ai.tool.status', 'tool.status') === 'error'
  const said = typeof result === 'string' ? result : 'the tool reported an error'
  return { ...record, result, error: record.error ?? (failed ? said : null) }
}
