import type { Span } from '../model/span.ts'
import { textAmong } from './attributes.ts'

/** Where dialects put the conversation or session that a span belongs to; the more specific first. */
const KEYS = [
  'gen_ai.conversation.id',
  'session.id',
  'langfuse.session.id',
  'ai.telemetry.metadata.sessionId',
  'traceloop.association.properties.session_id',
  'traceloop.association.properties.sessionId',
  'traceloop.association.properties.thread_id',
  'gcp.vertex.agent.session_id',
  'langsmith.metadata.session_id',
  'langsmith.metadata.thread_id',
  'mastra.metadata.sessionId',
  'mastra.metadata.threadId',
  'copilot_chat.chat_session_id',
  'conversation.id',
] as const

/** The session that the span says it is of, or null. */
export const sessionOf = (span: Span): string | null => textAmong(span.attributes, KEYS)
