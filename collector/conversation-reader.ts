// Which conversation a stored span or log record is of, by what the analyzer knows of coding agents.

import { conversationOfLog, conversationOfSpan } from '../analyzer/conversations.ts'
import type { TraceId } from '../analyzer/model/span.ts'
import { BadData } from './otlp/bad-data.ts'
import { spanCodec } from './span-codec.ts'
import type { ConversationReader } from './store/conversations.ts'
import type { StoredBody } from './store/store.ts'

/** What has none of these words names no conversation. */
const SESSIONS = ['session.id', 'conversation.id', 'session_id'].map((word) => Buffer.from(word))

/** What has none of these words, nor its resource or scope, is of no coding agent that is known. */
const AGENTS = ['claude_code', 'codex', 'gemini', 'copilot', 'session_task', 'handle_responses']
const AGENT_BYTES = AGENTS.map((word) => Buffer.from(word))
const AGENT = new RegExp(AGENTS.join('|'))

/** Where a record without an event name may have it. */
const EVENT_NAME = [Buffer.from('event.name')]

/** Claude Code's records are told by their body, too, whatever their name is: `user_prompt`, or none. */
const CLAUDE_CODES_BODY = [Buffer.from('claude_code.')]

/**
 * Nearly all spans are of no coding agent. An agent's are told by their name, their resource or their scope, and a span's
 * body is not looked through for that: it is a hundred times as long (measured, 6.4 kB each: more than half of its insert).
 * A log record is looked through, for its body may be all that tells.
 */
export const conversationReader: ConversationReader = {
  ofSpans(resource, scope) {
    const isAgents = has(AGENT_BYTES, resource, scope)
    const hasSession = has(SESSIONS, resource)
    return (name, body) =>
      (isAgents || AGENT.test(name)) && (hasSession || has(SESSIONS, body))
        ? read(() => conversationOfSpan(spanCodec.readSpan(body, originOf(resource, scope))))
        : null
  },
  ofLogs(resource, scope) {
    const isAgents = has(AGENT_BYTES, resource, scope)
    return (name, body) =>
      isAgents ||
      AGENT.test(name) ||
      has(CLAUDE_CODES_BODY, body) ||
      (name === '' && has(EVENT_NAME, body) && has(AGENT_BYTES, body))
        ? read(() => conversationOfLog(spanCodec.readLog(body, originOf(resource, scope))))
        : null
  },
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
