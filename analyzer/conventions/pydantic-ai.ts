// Pydantic AI and Logfire (scope `pydantic-ai`), formats 1 to 6: GenAI conventions, with names of their own before 3.

import { isObject } from '../model/json.ts'
import type { ChatMessage, SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, textOf } from './attributes.ts'
import { readMessages } from './chat-messages.ts'
import type { Convention } from './convention.ts'
import type { HistoryMemory } from './history-memory.ts'
import { readGenai } from './otel-genai.ts'
import { asAgent, asModel, asTool, withError } from './records.ts'

export const pydanticAi: Convention = {
  id: 'pydantic-ai',
  recognises: (span) => span.scope.name === 'pydantic-ai' || span.attributes.has('pydantic_ai.all_messages'),
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const record = readGenai(span, pydanticAi.id, 'Pydantic AI', memory)
  const { attributes } = span
  if (record.kind === 'tool' || /^running tool(?:: |$)/.test(span.name)) {
    const tool = textOf(attributes, 'gen_ai.tool.name') ?? span.name.replace(/^running tool: /, '')
    // A call that is put off for a person, or to run elsewhere, ends by an exception and has not failed.
    const deferred = attributes.has('pydantic_ai.tool.deferral.name')
    const stage = textOf(attributes, 'pydantic_ai.tool.failure_stage')
    const own = record.kind === 'tool' ? record : undefined
    const failure = record.error ?? (stage === null ? null : `the call failed at its ${stage}`)
    return asTool(withError(record, deferred ? null : failure), {
      tool,
      callId: own?.callId ?? textOf(attributes, 'gen_ai.tool.call.id'),
      arguments: own?.arguments ?? contentOf(attributes, 'tool_arguments'),
      result: own?.result ?? contentOf(attributes, 'tool_response'),
    })
  }
  if (record.kind === 'model' && !record.hasContent) {
    return asModel(record, { ...record, ...fromEventList(span) })
  }
  if (record.kind === 'agent' || span.name === 'agent run') {
    const name =
      textOf(attributes, 'agent_name', 'gen_ai.agent.name') ?? (record.kind === 'agent' ? record.name : 'agent')
    return asAgent(record, name, () => openingOf(span))
  }
  return record
}

/** Format 1: the events of a model call as a JSON list in one attribute. */
function fromEventList(span: Span): { input: ChatMessage[]; output: ChatMessage[] } {
  const events = contentOf(span.attributes, 'events')
  const [input, output]: [ChatMessage[], ChatMessage[]] = [[], []]
  for (const event of Array.isArray(events) ? events : []) {
    if (!isObject(event)) continue
    if (event['event.name'] === 'gen_ai.choice') output.push(...readMessages(event.message, 'assistant'))
    else input.push(...readMessages({ ...event, tool_call_id: event.id ?? null }, 'user'))
  }
  return { input, output }
}

/** What the agent was given: all messages before the model's first answer. The root lists the whole conversation. */
function openingOf(span: Span): ChatMessage[] {
  const all = [
    ...readMessages(contentOf(span.attributes, 'gen_ai.system_instructions'), 'system'),
    ...readMessages(contentOf(span.attributes, 'pydantic_ai.all_messages', 'all_messages_events'), 'user'),
  ]
  const answer = all.findIndex(({ role }) => role === 'assistant')
  return answer < 0 ? all : all.slice(0, answer)
}
