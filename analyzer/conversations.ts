// Conversations of coding agents, for whoever stores telemetry: their log records name no trace, and belong to those of their
// conversation, or are one of their own.

import { sessionOf } from './conventions/fact-fields.ts'
import { recordOf } from './conventions/index.ts'
import { factOf, logConventions } from './conventions/log-table.ts'
import type { LogRecord } from './model/log.ts'
import type { Span, TraceId } from './model/span.ts'
import { traceIdOfSession } from './runs/synthetic-spans.ts'

/** The id that a conversation has as a trace; null for a record that is of none. */
export function conversationOfLog(log: LogRecord): TraceId | null {
  const fact = factOf(log)
  return fact === null ? null : traceIdOfSession(fact.convention, fact.session)
}

/**
 * The conversation that a span of a coding agent names; null for any other span. The store asks only about spans whose name,
 * resource or scope holds a word of an agent (`collector/conversation-reader.ts`): an agent that is told by anything else
 * has to be made known there.
 */
export function conversationOfSpan(span: Span): TraceId | null {
  const { convention } = recordOf(span)
  const session = sessionOf(span)
  if (session === '' || !logConventions.some(({ id }) => id === convention)) return null
  return traceIdOfSession(convention, session)
}
