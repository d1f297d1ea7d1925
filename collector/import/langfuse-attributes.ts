// What an observation of Langfuse says, as attributes of the GenAI conventions.

import type { Attributes, AttributeValue } from '../../analyzer/model/span.ts'
import { attributes, jsonText } from './attributes-of-json.ts'
import { type JsonRecord, listOf, recordOf, textOf } from './parse-item.ts'

/** `sent` are the attributes that the observation was sent with, if an OpenTelemetry SDK did so. */
export function observedAttributes(observation: JsonRecord, sent: Attributes): ReadonlyMap<string, AttributeValue> {
  const name = textOf(observation.name)
  switch (kindOf(observation, sent)) {
    case 'model': {
      const usage = recordOf(observation.usageDetails) ?? recordOf(observation.usage) ?? {}
      return attributes({
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': textOf(observation.model),
        'gen_ai.usage.input_tokens': numberOf(usage.input ?? usage.input_tokens ?? observation.promptTokens),
        'gen_ai.usage.output_tokens': numberOf(usage.output ?? usage.output_tokens ?? observation.completionTokens),
        'gen_ai.input.messages': messages(observation.input),
        'gen_ai.output.messages': messages(observation.output),
      })
    }
    case 'tool': {
      const message = toolMessage(observation.output)
      return attributes({
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': name,
        'gen_ai.tool.call.id': textOf(message?.tool_call_id) ?? textOf(recordOf(observation.input)?.id),
        'gen_ai.tool.call.arguments': content(observation.input),
        'gen_ai.tool.call.result': content(message === null ? observation.output : message.content),
      })
    }
    case 'agent':
      return attributes({
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': name,
        'gen_ai.input.messages': messages(observation.input),
      })
    default:
      return new Map()
  }
}

/**
 * What an observation is. Before Langfuse had a type for tools and agents they were plain spans; a LangChain tool still
 * tells itself by the message that it returned, a graph by its name.
 */
function kindOf(observation: JsonRecord, sent: Attributes): 'model' | 'tool' | 'agent' | 'group' {
  const type = (textOf(observation.type) ?? '').toUpperCase()
  if (type === 'GENERATION') return 'model'
  if (type === 'TOOL') return 'tool'
  if (type === 'AGENT') return 'agent'
  if (sent.has('gen_ai.tool.name') || toolMessage(observation.output) !== null) return 'tool'
  const isRoot = (observation.parentObservationId ?? null) === null
  return isRoot && textOf(observation.name) === 'LangGraph' ? 'agent' : 'group'
}

/** A ToolMessage of LangChain's, or null. */
function toolMessage(output: unknown): JsonRecord | null {
  const record = recordOf(output)
  const message = record?.lc === 1 ? recordOf(record.kwargs) : record
  return message !== null &&
    (message?.type === 'tool' || message?.type === 'ToolMessage') &&
    textOf(message.tool_call_id) !== null
    ? message
    : null
}

/** Nothing where nothing was captured. LangChain's Python callbacks give a dictionary as Python writes it: see `pythonDict`. */
function content(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value !== 'string') return jsonText(value)
  return pythonDict(value) ?? value
}

/**
 * `{'city': 'Oslo', 'n': 2, 'ok': True}` as JSON text; null for what is not plainly that. Quotes inside of texts are where
 * Python changes its own: those are left alone.
 */
function pythonDict(text: string): string | null {
  if (!/^\{'[^'"\\]*': /.test(text)) return null
  if (/["\\]/.test(text)) return null
  const json = text
    .replace(/'([^']*)'/g, (_, inner: string) => `"${inner}"`)
    .replace(/(?<=[[,:] ?)(True|False|None)(?=[\],}])/g, (word) => ({ True: 'true', False: 'false' })[word] ?? 'null')
  try {
    JSON.parse(json)
    return json
  } catch {
    return null
  }
}

/** A list of messages, however it is wrapped; plain text stays what it is. */
function messages(value: unknown): unknown {
  const inner = recordOf(value)
  const list = Array.isArray(value) ? value : listOf(inner?.messages ?? inner?.input)
  if (list.length === 0) return inner === null ? value : [message(inner)]
  return list
    .filter((item) => !isToolDefinition(recordOf(item)))
    .map((item) => message(recordOf(item) ?? { content: item }))
}

/** Langfuse lists the tools that a model was offered among its messages. */
const isToolDefinition = (item: JsonRecord | null): boolean =>
  item?.role === 'tool' && recordOf(recordOf(item.content)?.function)?.parameters !== undefined

/** Calls out of where LangChain keeps the provider's own and where Koog puts them, and roles out of LangChain's types. */
function message(item: JsonRecord): JsonRecord {
  const asContent = listOf(item.content).map(recordOf)
  if (
    asContent.length > 0 &&
    asContent.every((part) => part?.type === 'function' && recordOf(part.function) !== null)
  ) {
    return { role: 'assistant', tool_calls: item.content }
  }
  const calls = listOf(item.tool_calls).length > 0 ? item.tool_calls : recordOf(item.additional_kwargs)?.tool_calls
  const role = item.role ?? (typeof item.type === 'string' && ROLES.has(item.type) ? item.type : undefined)
  return {
    ...item,
    ...(role === undefined ? {} : { role }),
    ...(calls === undefined ? {} : { tool_calls: calls }),
  }
}

const ROLES: ReadonlySet<string> = new Set(['human', 'ai', 'system', 'tool', 'user', 'assistant'])

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
