// Attribute strings as agents export them, about 6.4 kB a span: chat messages and tool results as JSON in strings, prose,
// ids, and the small attributes around them. The same seed gives the same bytes.

export interface AgentStrings {
  /** All strings one after another, as in a request. */
  readonly bytes: Buffer
  /** Start and end of each name and value: four numbers an attribute. */
  readonly places: Int32Array
  readonly spans: number
}

const WORDS = (
  'the flight to Oslo leaves at nine and the hotel near the station has a room for two nights please check whether ' +
  'the total with breakfast stays under the budget then book it and write a short note about weather in the park the ' +
  'second option has parking next time she prefers window seats because of what was said when they asked for help'
).split(' ')

/** Words that the scan has to look at twice, more of them than in ordinary text. */
const SUSPECTS = 'access tokens cookies keys author password secretary keyboard authorized Bearer'.split(' ')

const SMALL: readonly [string, (random: () => number) => string][] = [
  ['gen_ai.operation.name', () => 'execute_tool'],
  ['gen_ai.provider.name', () => 'openai'],
  ['gen_ai.request.model', () => 'gpt-5-mini-2026-01-15'],
  ['gen_ai.tool.name', (random) => `search_${Math.floor(random() * 9)}`],
  ['gen_ai.tool.call.id', (random) => `call_${hex(random, 24)}`],
  ['gen_ai.conversation.id', (random) => uuid(random)],
  ['gen_ai.usage.input_tokens', (random) => String(Math.floor(random() * 9000))],
  ['gen_ai.response.id', (random) => `chatcmpl-${hex(random, 29)}`],
  ['url.full', (random) => `https://api.example.org/v1/items/${hex(random, 12)}?limit=20&lang=en`],
  ['server.address', () => 'api.example.org'],
]

const LARGE = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.tool.call.result',
  'gen_ai.tool.call.arguments',
]

/** Makes the strings of so many spans. With `secrets`, one span in 20 holds a key and a password. */
export function agentStrings(spans: number, seed: number, secrets = false): AgentStrings {
  const random = generator(seed)
  const parts: Buffer[] = []
  const places: number[] = []
  let at = 0
  const put = (text: string) => {
    const part = Buffer.from(text)
    parts.push(part)
    places.push(at, at + part.length)
    at += part.length
  }
  for (let span = 0; span < spans; span++) {
    for (const [name, value] of SMALL) {
      put(name)
      put(value(random))
    }
    for (const name of LARGE) {
      put(name)
      const length = 400 + random() * random() * 4500
      put(
        name.endsWith('messages')
          ? messages(random, length, secrets && span % 20 === 0)
          : JSON.stringify(rows(random, length)),
      )
    }
  }
  return { bytes: Buffer.concat(parts), places: Int32Array.from(places), spans }
}

function messages(random: () => number, length: number, secret: boolean): string {
  const args = { query: prose(random, 40), password: secret ? 'hunter2' : undefined }
  return JSON.stringify([
    { role: 'system', parts: [{ type: 'text', content: prose(random, length / 2) }] },
    {
      role: 'user',
      parts: [{ type: 'text', content: prose(random, length / 5) + (secret ? ` sk-${hex(random, 32)}a1` : '') }],
    },
    {
      role: 'assistant',
      tool_calls: [{ id: `call_${hex(random, 24)}`, function: { name: 'search', arguments: JSON.stringify(args) } }],
    },
    { role: 'tool', tool_call_id: `call_${hex(random, 24)}`, content: JSON.stringify(rows(random, length / 3)) },
  ])
}

function rows(random: () => number, length: number): object[] {
  return Array.from({ length: Math.max(1, Math.round(length / 200)) }, () => ({
    id: uuid(random),
    sku: `SKU_${Math.floor(random() * 1e6)}`,
    title: prose(random, 60),
    price: Math.round(random() * 1e5) / 100,
    available: random() > 0.5,
    updated_at: '2026-11-21T10:15:00Z',
  }))
}

function prose(random: () => number, length: number): string {
  let text = ''
  while (text.length < length) {
    const words = random() < 0.02 ? SUSPECTS : WORDS
    text += words[Math.floor(random() * words.length)] + (random() < 0.08 ? '.\n' : ' ')
  }
  return text
}

function hex(random: () => number, digits: number): string {
  let text = ''
  while (text.length < digits) text += Math.floor(random() * 16).toString(16)
  return text
}

const uuid = (random: () => number): string => [8, 4, 4, 4, 12].map((digits) => hex(random, digits)).join('-')

/** mulberry32: uniform in [0, 1). */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
