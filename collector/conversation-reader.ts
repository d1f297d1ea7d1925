// Which conversation a stored span or log record is of, by what the analyzer knows of coding agents.

import { conversationOfLog, conversationOfSpan } from '../analyzer/conversations.ts'
import type { TraceId } from '../analyzer/model/span.ts'
import { BadData } from './otlp/bad-data.ts'
import { spanCodec } from './span-codec.ts'
import type { ConversationReader } from './store/conversations.ts'
import type { StoredBody } from './store/store.ts'

/** What has none of these words names no conversation: looking for them costs a hundredth of reading it. */
const NAMES = ['session.id', 'conversation.id', 'session_id'].map((word) => Buffer.from(word))

/** What has none of these words is of no coding agent that is known. */
const AGENTS = ['claude_code', 'codex', 'gemini', 'copilot', 'session_task'].map((word) => Buffer.from(word))

export const conversationReader: ConversationReader = {
  ofSpan: (span, resource, scope) =>
    has(NAMES, span, resource) && has(AGENTS, span, resource, scope)
      ? read(() => conversationOfSpan(spanCodec.readSpan(span, originOf(resource, scope))))
      : null,
  ofLog: (log, resource, scope) =>
    has(AGENTS, log, resource, scope)
      ? read(() => conversationOfLog(spanCodec.readLog(log, originOf(resource, scope))))
      : null,
}

const originOf = (resource: StoredBody, scope: StoredBody) => ({
  resource: spanCodec.readResource(resource),
  scope: spanCodec.readScope(scope),
})

function has(words: readonly Buffer[], ...bodies: readonly StoredBody[]): boolean {
  return bodies.some(({ body }) => {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    return words.some((word) => bytes.includes(word))
  })
}

/** What cannot be read is kept as received all the same, and is of no conversation that anybody could find. */
function read(conversation: () => TraceId | null): TraceId | null {
  try {
    return conversation()
  } catch (error) {
    if (error instanceof BadData) return null
    throw error
  }
}
