// Microsoft Agent Framework, Semantic Kernel and AutoGen: GenAI conventions. What differs is what surrounds the calls, and
// that AutoGen's own telemetry has neither arguments nor results.

import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import type { HistoryMemory } from './history-memory.ts'
import { readGenai } from './otel-genai.ts'
import { asAgent } from './records.ts'

/** Scope name, or how it begins -> framework. .NET names its sources after its namespaces. */
const BY_SCOPE: readonly (readonly [RegExp, string])[] = [
  [/^agent_framework\b|^(?:Experimental\.)?Microsoft\.(?:Agents\.AI|Extensions\.AI)\b/, 'Microsoft Agent Framework'],
  [/^semantic_kernel\b|^Microsoft\.SemanticKernel\b/, 'Semantic Kernel'],
  [/^autogen[-_.]/, 'AutoGen'],
]

const frameworkOf = (span: Span): string | undefined =>
  BY_SCOPE.find(([scope]) => scope.test(span.scope.name))?.[1] ??
  (textOf(span.attributes, 'gen_ai.provider.name') === 'microsoft.agent_framework'
    ? 'Microsoft Agent Framework'
    : undefined)

export const microsoft: Convention = {
  id: 'microsoft',
  recognises: (span) => frameworkOf(span) !== undefined,
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const record = readGenai(span, microsoft.id, frameworkOf(span) ?? '', memory)
  // A workflow holds agents; its executors and messages only group.
  if (record.kind === 'group' && /^workflow\.run\b/.test(span.name)) {
    const name = textOf(span.attributes, 'workflow.name', 'workflow.id') ?? span.name
    return asAgent(record, name, () => [])
  }
  return record
}
