// Codex CLI: spans of its own code, hundreds per run, of which two say what an agent does. Arguments and results are in log
// records only (codex-logs.ts).

import type { SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { numberOf, textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'

export const CODEX = 'Codex CLI'

export const codex: Convention = {
  id: 'codex',
  recognises: (span) => span.name === 'session_task.turn' || (span.name === 'handle_responses' && isCodex(span)),
  read,
}

const isCodex = (span: Span): boolean =>
  span.scope.name.startsWith('codex') ||
  (textOf(span.resource, 'service.name') ?? '').startsWith('codex') ||
  span.attributes.has('gen_ai.usage.input_tokens')

function read(span: Span): SpanRecord {
  const base = { span, convention: codex.id, framework: CODEX, error: errorOf(span) }
  if (span.name === 'session_task.turn') return { ...base, kind: 'agent', name: CODEX, input: [] }
  return {
    ...base,
    kind: 'model',
    model: textOf(span.attributes, 'gen_ai.response.model', 'gen_ai.request.model', 'model'),
    inputTokens: numberOf(span.attributes, 'gen_ai.usage.input_tokens'),
    outputTokens: numberOf(span.attributes, 'gen_ai.usage.output_tokens'),
    input: [],
    output: [],
    hasContent: false,
    step: null,
  }
}
