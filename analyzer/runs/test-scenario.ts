// The captures' scenario, for dialects of which there is no capture: each says how it spells a root, a model call and a tool
// call, key by key as its framework documents them.
//
//   agent  0 |==========================================| 430
//   turn 0   10 |====| 100           turn 1  240 |==| 300       turn 2  360 |==| 420
//   Paris           110 |====| 230   flight      310 |==| 350 fails
//   London          112 |====| 232

import { type SpanSketch, sketch } from '../conventions/test-span.ts'
import type { Json } from '../model/json.ts'
import type { Span } from '../model/span.ts'

export interface Ask {
  readonly id: string
  readonly tool: string
  readonly args: { readonly [name: string]: Json }
  /** Undefined for the one that fails. */
  readonly result: Json | undefined
}

/** `answers` is set for a tool's message, `asks` for a model's. */
export interface Said {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly text: string
  readonly asks: readonly Ask[]
  readonly answers: Ask | null
}

export interface Asked {
  readonly index: number
  readonly given: readonly Said[]
  readonly asks: readonly Ask[]
  readonly says: string
  readonly tokens: readonly [input: number, output: number]
}

type Part = Pick<SpanSketch, 'name' | 'scope' | 'attributes' | 'events' | 'failed'>

export interface Spelling {
  readonly scope: string
  readonly root: Part | null
  readonly model: (turn: Asked) => Part
  readonly tool: (ask: Ask) => Part
  /** Every span a trace by itself, without a parent. */
  readonly scattered?: boolean
}

export const SYSTEM = 'You are a travel agent.'
export const QUESTION = 'Weather in Paris and London? Then book a flight.'
export const FAILURE = 'no seats left'

const weather = (id: string, city: string): Ask => ({
  id,
  tool: 'get_weather',
  args: { city },
  result: { city, tempC: 21 },
})
const [paris, london] = [weather('call_A1', 'Paris'), weather('call_A2', 'London')]
const flight: Ask = { id: 'call_B1', tool: 'book_flight', args: { from: 'London', to: 'Paris' }, result: undefined }

const said = (role: Said['role'], text: string, more: Partial<Said> = {}): Said => ({
  role,
  text,
  asks: [],
  answers: null,
  ...more,
})
const opening = [said('system', SYSTEM), said('user', QUESTION)]
const answered = (...asks: readonly Ask[]) => [
  said('assistant', '', { asks }),
  ...asks.map((ask) => said('tool', textOf(ask), { answers: ask })),
]

/** What the model is given as a call's result. */
export const textOf = ({ result }: Ask): string => (result === undefined ? `Error: ${FAILURE}` : JSON.stringify(result))

const turns: readonly Asked[] = [
  { index: 0, given: opening, asks: [paris, london], says: '', tokens: [101, 21] },
  { index: 1, given: [...opening, ...answered(paris, london)], asks: [flight], says: '', tokens: [102, 22] },
  {
    index: 2,
    given: [...opening, ...answered(paris, london), ...answered(flight)],
    asks: [],
    says: 'It is sunny in Paris.',
    tokens: [103, 23],
  },
]

export function play({ scope, root, model, tool, scattered = false }: Spelling): Span[] {
  let made = 0
  const at = (from: number, to: number, part: Part): Span => {
    const id = (++made).toString(16)
    const place = scattered ? { trace: id } : root && made > 1 ? { parent: '1' } : {}
    return sketch({ scope, ...part, id, from, to, ...place })
  }
  return [
    ...(root ? [at(0, 430, root)] : []),
    at(10, 100, model(turns[0]!)),
    at(110, 230, tool(paris)),
    at(112, 232, tool(london)),
    at(240, 300, model(turns[1]!)),
    at(310, 350, tool(flight)),
    at(360, 420, model(turns[2]!)),
  ]
}

/** Messages in GenAI's parts; `key` is what an SDK calls the payload of a result. */
export const inParts = (messages: readonly Said[], key = 'response', roleOfResults = 'tool'): Json[] =>
  messages.map(({ role, text, asks, answers }): Json => {
    if (answers) return { role: roleOfResults, parts: [{ type: 'tool_call_response', id: answers.id, [key]: text }] }
    const calls = asks.map(({ id, tool, args }) => ({ type: 'tool_call', id, name: tool, arguments: args }))
    return { role, parts: [...(text === '' ? [] : [{ type: 'text', content: text }]), ...calls] }
  })

/** Messages as OpenAI's chat API has them. */
export const asChat = (messages: readonly Said[]): Json[] =>
  messages.map(({ role, text, asks, answers }): Json => {
    if (answers) return { role: 'tool', tool_call_id: answers.id, content: text }
    if (asks.length === 0) return { role, content: text }
    const calls = asks.map(({ id, tool, args }) => {
      return { id, type: 'function', function: { name: tool, arguments: JSON.stringify(args) } }
    })
    return { role, content: text, tool_calls: calls }
  })

export const answerOf = ({ asks, says }: Asked): Said => said('assistant', says, { asks })
