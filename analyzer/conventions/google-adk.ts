// Google's Agent Development Kit (scope `gcp.vertex.agent`). A model span has no operation name, holds its tools, and
// carries Gemini's request and response as JSON.

import { isObject, type Json } from '../model/json.ts'
import type { SpanRecord } from '../model/record.ts'
import type { Attributes, Span } from '../model/span.ts'
import { contentOf, textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import type { HistoryMemory } from './history-memory.ts'
import { readGenai } from './otel-genai.ts'
import { messagesAnswered, messagesGiven } from './payload-messages.ts'
import { asAgent, asGroup, asModel } from './records.ts'

export const googleAdk: Convention = {
  id: 'google-adk',
  recognises: (span) => span.scope.name === 'gcp.vertex.agent' || span.attributes.has('gcp.vertex.agent.llm_request'),
  read,
}

/** A span for the merged answer of parallel calls. It executes nothing. */
const MERGED = /\(merged(?: tools)?\)$/

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const record = readGenai(span, googleAdk.id, 'Google ADK', memory)
  if (record.kind === 'tool') {
    if (MERGED.test(record.tool) || MERGED.test(span.name)) return asGroup(record)
    const bare = span.attributes.size === 0
    return {
      ...record,
      // A tool that throws leaves a span with its name and nothing else, not even a status.
      error: record.error ?? (bare ? 'the tool failed: Google ADK exports such spans without attributes' : null),
      arguments: record.arguments ?? captured(span, 'gcp.vertex.agent.tool_call_args'),
      result: record.result ?? captured(span, 'gcp.vertex.agent.tool_response'),
    }
  }
  if (record.kind === 'model') {
    const request = () =>
      captured(span, 'gcp.vertex.agent.llm_request', (attributes, key) => memory.contentOf(attributes, key))
    const input = record.input.length > 0 ? record.input : messagesGiven(request(), memory)
    const output =
      record.output.length > 0 ? record.output : messagesAnswered(captured(span, 'gcp.vertex.agent.llm_response'))
    return asModel(record, { ...record, input, output })
  }
  // The runner's root around the agent. A name for it is all that the agent inside has.
  return record.kind === 'group' && /^invocation\b/.test(span.name) ? asAgent(record, span.name, () => []) : record
}

/** With capture off ADK writes `{}`, and `N/A` or `<not specified>` where there is nothing to say. */
function captured(
  span: Span,
  key: string,
  read: (attributes: Attributes, key: string) => Json | undefined = contentOf,
) {
  const text = textOf(span.attributes, key)
  if (text === '{}' || text === 'N/A' || text === '<not specified>') return undefined
  const value = read(span.attributes, key)
  return isObject(value) && Object.keys(value).length === 0 ? undefined : value
}
