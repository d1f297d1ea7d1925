// Codex CLI's log events: all that it tells unless a trace exporter is set, too. A model call is told of twice, when the
// stream opens (`api_request`, `websocket_request`) and when the answer is complete (`sse_event`). Prompts are off unless
// `log_user_prompt` is set.

import type { LogRecord } from '../model/log.ts'
import type { LogFact } from '../model/log-fact.ts'
import type { Span, SpanEvent } from '../model/span.ts'
import { contentOf, numberOf, textOf } from './attributes.ts'
import { CODEX, codex } from './codex.ts'
import { durationOf, factBase, failureOf } from './fact-fields.ts'
import type { LogConvention } from './log-convention.ts'

export const codexLogs: LogConvention = {
  id: codex.id,
  recognises: (_, name) => name.startsWith('codex.'),
  read,
}

/** Its log events that are events of a span. Their names are in an attribute. */
export const codexEvents = (span: Span): LogRecord[] =>
  span.events.filter(isCodexEvent).map(({ timeUnixNano, attributes }) => ({
    traceId: span.traceId,
    spanId: span.spanId,
    timeUnixNano,
    observedTimeUnixNano: timeUnixNano,
    severityNumber: 0,
    severityText: '',
    eventName: '',
    body: null,
    attributes,
    droppedAttributesCount: 0,
    scope: span.scope,
    resource: span.resource,
  }))

const isCodexEvent = ({ attributes }: SpanEvent): boolean => {
  const name = attributes.get('event.name')
  return typeof name === 'string' && name.startsWith('codex.')
}

/** At the end of an output of which only the beginning was logged. */
const PREVIEW = /\[[^\]\n]*truncated[^\]\n]*\]\s*$/

function read(log: LogRecord, name: string): LogFact | null {
  const { attributes } = log
  const base = factBase(log, codex.id, CODEX)
  const error = textOf(attributes, 'error.message')
  const model = {
    ...base,
    kind: 'model' as const,
    requestId: null,
    model: textOf(attributes, 'model'),
    inputTokens: numberOf(attributes, 'input_token_count'),
    outputTokens: numberOf(attributes, 'output_token_count'),
    error,
  }
  switch (name) {
    case 'codex.user_prompt':
      return { ...base, kind: 'prompt', text: textOf(attributes, 'prompt') ?? '' }
    case 'codex.api_request':
    case 'codex.websocket_request':
      return { ...model, phase: 'begin', durationNs: durationOf(log) }
    case 'codex.sse_event':
      // One per piece of the stream; `duration_ms` is the time since the piece before.
      return /^response\.(?:completed|failed)$/.test(textOf(attributes, 'event.kind', 'kind') ?? '')
        ? { ...model, phase: 'end', durationNs: null }
        : null
    case 'codex.tool_result': {
      const output = textOf(attributes, 'output')
      return {
        ...base,
        kind: 'tool',
        callId: textOf(attributes, 'call_id'),
        tool: textOf(attributes, 'tool_name') ?? 'unknown tool',
        durationNs: durationOf(log),
        arguments: contentOf(attributes, 'arguments'),
        result: contentOf(attributes, 'output'),
        isPartial: output !== null && PREVIEW.test(output),
        error: failureOf(log, 'error.message', 'output'),
      }
    }
    case 'codex.tool_decision':
      return {
        ...base,
        kind: 'decision',
        callId: textOf(attributes, 'call_id'),
        tool: textOf(attributes, 'tool_name') ?? 'unknown tool',
        isDenied: /^(?:denied|abort)/.test(textOf(attributes, 'decision') ?? ''),
        isPersons: textOf(attributes, 'source') === 'user',
      }
    default:
      return null
  }
}
