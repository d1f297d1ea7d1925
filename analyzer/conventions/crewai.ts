// CrewAI's own telemetry (scope `crewai.telemetry`): that a tool was used, and nothing of what it was given or answered.
// OpenInference and OpenLLMetry instrument CrewAI too, and are read as what they are.

import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import { asGroup, asTool, withError } from './records.ts'

export const crewai: Convention = {
  id: 'crewai',
  recognises: (span) => span.scope.name === 'crewai.telemetry',
  read,
}

function read(span: Span): SpanRecord {
  const base = { span, convention: crewai.id, framework: 'CrewAI', error: errorOf(span) }
  if (!/^Tool (?:Repeated )?Usage(?: Error)?$/.test(span.name)) return asGroup(base)
  const failed = span.name.endsWith('Error')
  const tool = textOf(span.attributes, 'tool_name') ?? 'tool'
  return asTool(withError(base, base.error ?? (failed ? 'the tool reported an error' : null)), {
    tool,
    callId: null,
    arguments: undefined,
    result: undefined,
  })
}
