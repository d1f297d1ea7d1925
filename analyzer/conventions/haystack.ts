// Haystack: the operation is the span's name. Its agent traces each tool call on its own since 3.0, and before that one
// component that invokes all calls of a turn.

import { isObject, type Json } from '../model/json.ts'
import type { ChatMessage, SpanRecord } from '../model/record.ts'
import type { Span } from '../model/span.ts'
import { contentOf, textOf } from './attributes.ts'
import type { Convention } from './convention.ts'
import { errorOf } from './error.ts'
import type { HistoryMemory } from './history-memory.ts'
import { messagesAnswered, messagesGiven } from './payload-messages.ts'
import { asAgent, asGroup, asModel, asTool, withError } from './records.ts'

export const haystack: Convention = {
  id: 'haystack',
  recognises: ({ name }) =>
    name.startsWith('haystack.') && /^haystack\.(?:agent|component|pipeline|async_pipeline)\./.test(name),
  read,
}

function read(span: Span, memory: HistoryMemory): SpanRecord {
  const { attributes, name } = span
  const component = textOf(attributes, 'haystack.component.type') ?? ''
  const base = baseOf(span)
  const tool = textOf(attributes, 'haystack.tool.name')
  if (name === 'haystack.agent.step.tool' && tool !== null) {
    const result = contentOf(attributes, 'haystack.agent.step.tool.output')
    const error = base.error ?? failureIn(result)
    const args = contentOf(attributes, 'haystack.agent.step.tool.input')
    return asTool(withError(base, error), { tool, callId: null, arguments: args, result })
  }
  if (component === 'ToolInvoker') return invoked(span, contentOf(attributes, 'haystack.component.output'))
  if (name === 'haystack.agent.step.llm') return model(span, 'haystack.agent.step.llm', memory)
  if (name === 'haystack.component.run' && /Generator$/.test(component))
    return model(span, 'haystack.component', memory)
  if (name === 'haystack.agent.run') {
    const input = () => messagesGiven(contentOf(attributes, 'haystack.agent.input'))
    return asAgent(base, textOf(attributes, 'haystack.agent.name') ?? 'agent', input)
  }
  return asGroup(base)
}

/** A tool that fails answers with an error instead of ending its span with one. */
const failureIn = (result: Json | undefined): string | null =>
  isObject(result) && typeof result.error === 'string' && Object.keys(result).length === 1 ? result.error : null

function model(span: Span, prefix: string, memory: HistoryMemory): SpanRecord {
  const output = contentOf(span.attributes, `${prefix}.output`)
  const reply = isObject(output) && Array.isArray(output.replies) ? output.replies[0] : undefined
  const meta =
    isObject(reply) && isObject(reply.meta) ? reply.meta : isObject(reply) && isObject(reply._meta) ? reply._meta : {}
  const usage = isObject(meta.usage) ? meta.usage : {}
  return asModel(baseOf(span), {
    model: typeof meta.model === 'string' ? meta.model : textOf(span.attributes, 'haystack.model'),
    inputTokens: typeof usage.prompt_tokens === 'number' ? usage.prompt_tokens : null,
    outputTokens: typeof usage.completion_tokens === 'number' ? usage.completion_tokens : null,
    input: messagesGiven(memory.contentOf(span.attributes, `${prefix}.input`), memory),
    output: messagesAnswered(output),
  })
}

const baseOf = (span: Span) => ({ span, convention: haystack.id, framework: 'Haystack', error: errorOf(span) })

/** One span for all calls of a turn. With one call in it, it is that call; with more it can only stand for all. */
function invoked(span: Span, output: Json | undefined): SpanRecord {
  const listed = isObject(output) && Array.isArray(output.tool_messages) ? output.tool_messages : []
  const origins = listed.flatMap(originsIn)
  const results = messagesGiven(listed).flatMap((message: ChatMessage) => message.results)
  const [only, another] = origins
  const one = only !== undefined && another === undefined ? only : undefined
  return asTool(baseOf(span), {
    tool: typeof one?.tool_name === 'string' ? one.tool_name : 'ToolInvoker',
    callId: typeof one?.id === 'string' ? one.id : null,
    arguments: one ? one.arguments : origins.length > 0 ? origins : undefined,
    result: one ? results[0]?.result : results.length > 0 ? results.map(({ result }) => result ?? null) : undefined,
  })
}

/** The calls that a tool message answers: `{content: [{tool_call_result: {origin}}]}`. */
function originsIn(message: Json): { readonly [key: string]: Json }[] {
  const parts = isObject(message) ? (message.content ?? message._content) : undefined
  return (Array.isArray(parts) ? parts : []).flatMap((part) => {
    const result = isObject(part) ? part.tool_call_result : undefined
    return isObject(result) && isObject(result.origin) ? [result.origin] : []
  })
}
