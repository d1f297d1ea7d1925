// CrewAI's own telemetry (scope `crewai.telemetry`): that a tool was used, and nothing of what it was given or answered.
// OpenInference and OpenLLMetry instrument CrewAI too, and are read as what they are.

import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'

export const crewai: Convention = {
  id: 'crewai',
  recognises: (span) => span.scope.name === 'crewai.telemetry',
  read,
}

function read(span: Span): SpanRecord {
  const base = { span, convention: crewai.id, framework: 'CrewAI', error: errorOf(span) }
  const tool = textOf(span.attributes, 'tool_name') ?? ''
  const call = {
    ...base,
    kind: 'tool',
    tool,
    callId: null,
    arguments: undefined,
    result: undefined,
    step: null,
  } as const
  switch (span.name) {
    case 'Tool Usage':
    case 'Tool Repeated Usage':
      return { ...call, tool: tool || 'tool' }
    case 'Tool Usage Error':
      return { ...call, tool: tool || 'tool', error: base.error ?? 'the tool reported an error' }
    default:
      return { ...base, kind: 'group' }
  }
}
