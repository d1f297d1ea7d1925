// Spans of agents for tests, in GenAI conventions: what an id, a parent and two times leave to say.

import { type SpanSketch, sketch } from '../conventions/test-span.ts'
import type { Json } from '../model/json.ts'
import type { Span } from '../model/span.ts'

type Times = readonly [from: number, to: number]
type More = Partial<SpanSketch> & { readonly parent?: string }

interface Said {
  /** Messages in, as the JSON of the conventions. */
  readonly given?: readonly Json[]
  /** Calls asked for: id, tool, arguments. */
  readonly asks?: readonly (readonly [id: string | null, tool: string, args?: Json])[]
  readonly says?: string
}

export const user = (text: string): Json => ({ role: 'user', parts: [{ type: 'text', content: text }] })
export const system = (text: string): Json => ({ role: 'system', parts: [{ type: 'text', content: text }] })
export const assistant = (text: string): Json => ({ role: 'assistant', parts: [{ type: 'text', content: text }] })
export const given = (id: string | null, response: Json): Json => ({
  role: 'tool',
  parts: [{ type: 'tool_call_response', ...(id === null ? {} : { id }), response }],
})

export const group = (id: string, [from, to]: Times, more: More = {}): Span =>
  sketch({ id, from, to, name: 'group', ...more })

export const agent = (id: string, name: string, [from, to]: Times, more: More = {}): Span =>
  sketch({ id, from, to, ...more, attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': name } })

export function chat(id: string, [from, to]: Times, said: Said = {}, more: More = {}): Span {
  const parts = [
    ...(said.says === undefined ? [] : [{ type: 'text', content: said.says }]),
    ...(said.asks ?? []).map(([callId, name, args]) => ({ type: 'tool_call', id: callId, name, arguments: args })),
  ]
  const attributes = {
    'gen_ai.operation.name': 'chat',
    ...(said.given ? { 'gen_ai.input.messages': JSON.stringify(said.given) } : {}),
    ...(parts.length > 0 ? { 'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts }]) } : {}),
  }
  return sketch({ id, from, to, ...more, attributes })
}

interface Did {
  readonly callId?: string
  readonly args?: Json
  readonly result?: Json
}

export function tool(id: string, name: string, [from, to]: Times, did: Did = {}, more: More = {}): Span {
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': name,
    ...(did.callId === undefined ? {} : { 'gen_ai.tool.call.id': did.callId }),
    ...(did.args === undefined ? {} : { 'gen_ai.tool.call.arguments': JSON.stringify(did.args) }),
    ...(did.result === undefined ? {} : { 'gen_ai.tool.call.result': JSON.stringify(did.result) }),
  }
  return sketch({ id, from, to, ...more, attributes })
}
