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

/** What all of those begin with. Every span is asked about, and most are done with after this. */
const BEGINNINGS = ['agent_framework', 'Experimental.Microsoft.', 'Microsoft.', 'semantic_kernel', 'autogen']

const frameworkOfScope = (name: string): string | undefined =>
  BEGINNINGS.some((beginning) => name.startsWith(beginning))
    ? BY_SCOPE.find(([scope]) => scope.test(name))?.[1]
    : undefined

const frameworkOf = (span: Span): string | undefined =>
  frameworkOfScope(span.scope.name) ??
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
