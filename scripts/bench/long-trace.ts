// One agent's run of any length in one trace, in GenAI conventions: every turn asks for three calls, and is given the
// messages of the last four turns, as by an agent that forgets what is old.

import type { Json } from '../../analyzer/model/json.ts'
import type { AttributeValue, Span, SpanId, TraceId } from '../../analyzer/model/span.ts'

const CALLS_PER_TURN = 3
const TURNS_REMEMBERED = 4
const START = 1_795_248_000_000_000_000n
const TRACE = 'b'.repeat(32) as TraceId

/** A root, and turns of one model span and three tool spans each: `count` spans, or up to three fewer. */
export function longTrace(count: number): Span[] {
  const turns = Math.floor((count - 1) / (CALLS_PER_TURN + 1))
  const spans = [span(0, null, 'invoke_agent bench', 0, turns * 20, { 'gen_ai.operation.name': 'invoke_agent' })]
  const history: Json[][] = []
  for (let turn = 0; turn < turns; turn++) {
    const at = turn * 20
    const asked = Array.from({ length: CALLS_PER_TURN }, (_, call) => ({
      type: 'tool_call',
      id: `call_${turn}_${call}`,
      name: `look_${call}`,
      arguments: { query: `rooms near station ${turn}`, page: call, nested: { from: '2026-11-21', guests: [2, turn] } },
    }))
    const given = asked.map(({ id }) => ({
      role: 'tool',
      parts: [{ type: 'tool_call_response', id, response: result(id) }],
    }))
    const prompt = [
      { role: 'system', parts: [{ type: 'text', content: 'You find rooms. '.repeat(20) }] },
      { role: 'user', parts: [{ type: 'text', content: 'A room near the station for two nights, please.' }] },
    ]
    spans.push(
      span(spans.length, 0, 'chat bench', at, at + 10, {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'bench-1',
        'gen_ai.usage.input_tokens': 900 + turn,
        'gen_ai.usage.output_tokens': 40,
        'gen_ai.input.messages': JSON.stringify([...prompt, ...history.slice(-TURNS_REMEMBERED).flat()]),
        'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: asked }]),
      }),
    )
    for (const { id, name, arguments: args } of asked) {
      spans.push(
        span(spans.length, 0, `execute_tool ${name}`, at + 11, at + 19, {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': name,
          'gen_ai.tool.call.id': id,
          'gen_ai.tool.call.arguments': JSON.stringify(args),
          'gen_ai.tool.call.result': JSON.stringify(result(id)),
        }),
      )
    }
    history.push([{ role: 'assistant', parts: asked }, ...given])
  }
  return spans
}

const result = (id: string): Json => ({
  id,
  rooms: Array.from({ length: 4 }, (_, room) => ({
    room: `${id}-${room}`,
    price: 80 + room,
    city: 'Oslo',
    free: true,
  })),
})

function span(
  id: number,
  parent: number | null,
  name: string,
  fromMs: number,
  toMs: number,
  attributes: Readonly<Record<string, AttributeValue>>,
): Span {
  const idOf = (n: number) => (n + 1).toString(16).padStart(16, '0') as SpanId
  return {
    traceId: TRACE,
    spanId: idOf(id),
    parentSpanId: parent === null ? null : idOf(parent),
    name,
    kind: 1,
    startTimeUnixNano: START + BigInt(fromMs) * 1_000_000n,
    endTimeUnixNano: START + BigInt(toMs) * 1_000_000n,
    attributes: new Map(Object.entries(attributes)),
    droppedAttributesCount: 0,
    events: [],
    links: [],
    status: { code: 0, message: '' },
    scope: { name: 'bench', version: '' },
    resource: RESOURCE,
  }
}

const RESOURCE: Span['resource'] = new Map([['service.name', 'bench']])
