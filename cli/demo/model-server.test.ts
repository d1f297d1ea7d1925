import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WireMessage } from './chat-api.ts'
import { type ModelServer, startModelServer } from './model-server.ts'
import { planScript, resultValue } from './script.ts'

// a and b need nothing, c needs a's key: "one at a time" is a | b | c | text, in parallel a b | c | text.
const script = planScript([
  {
    prompt: 'go',
    steps: [
      { tool: 'a', needs: [], arguments: () => ({ x: 1 }) },
      { tool: 'b', needs: [], arguments: () => ({}) },
      { tool: 'c', needs: ['a'], arguments: (results) => ({ key: resultValue(results, 'a', 'keys', 0) }) },
    ],
    answer: () => 'All done, thank you.',
  },
])

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer({ script, baseMs: 100, msPerToken: 20 })
})
afterAll(() => server.close())

const post = (body: unknown) =>
  fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) })

/** The answer's JSON, in whatever shape the test then holds it to. */
const json = async (reply: Response) => JSON.parse(await reply.text())

function asked(message: WireMessage) {
  return message.tool_calls?.map((call) => [call.function.name, JSON.parse(call.function.arguments)])
}

/** Talks to the end, answering each call with `{"keys":["k1"]}`; returns what each turn asked for or said. */
async function converse(system: string) {
  const messages: WireMessage[] = [
    { role: 'system', content: system },
    { role: 'user', content: [{ type: 'text', text: 'Please go.' }] },
  ]
  const turns: unknown[] = []
  for (;;) {
    const reply = await json(await post({ model: 'm', messages }))
    const { message } = reply.choices[0]
    messages.push(message)
    turns.push(asked(message) ?? message.content)
    if (!message.tool_calls) return turns
    for (const call of message.tool_calls)
      messages.push({ role: 'tool', tool_call_id: call.id, content: '{"keys":["k1"]}' })
  }
}

test('asks for one tool per turn, unless the system prompt asks for all at once', async () => {
  expect(await converse('Be brief.')).toEqual([
    [['a', { x: 1 }]],
    [['b', {}]],
    [['c', { key: 'k1' }]],
    'All done, thank you.',
  ])
  expect(await converse('Ask for all in one response.')).toEqual([
    [
      ['a', { x: 1 }],
      ['b', {}],
    ],
    [['c', { key: 'k1' }]],
    'All done, thank you.',
  ])
})

test('counts tokens as characters / 4 and takes base + tokens * pace', async () => {
  const took: number[] = []
  let reply: Awaited<ReturnType<typeof json>>
  // A slow moment of the machine is not in all of them.
  for (let round = 0; round < 5; round++) {
    const startMs = performance.now()
    reply = await json(await post({ model: 'm', messages: [{ role: 'user', content: 'go' }] }))
    took.push(performance.now() - startMs)
  }
  // 'a' is one token, '{"x":1}' with 7 characters is two: 100 + 3 * 20 = 160 ms.
  expect(reply.usage.completion_tokens).toBe(3)
  // [{"role":"user","content":"go"}] has 32 characters, [] has 2.
  expect(reply.usage.prompt_tokens).toBe(9)
  expect(reply.usage.total_tokens).toBe(12)
  expect(reply.choices[0].finish_reason).toBe('tool_calls')
  expect(Math.min(...took)).toBeGreaterThanOrEqual(158)
  expect(Math.min(...took)).toBeLessThan(400)
})

test('streams the same answer as server-sent events, at the same pace', async () => {
  const startMs = performance.now()
  const reply = await post({
    model: 'm',
    messages: [{ role: 'user', content: 'go' }],
    stream: true,
    stream_options: { include_usage: true },
  })
  const events = (await reply.text()).split('\n\n').filter(Boolean)
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(158)
  expect(events.at(-1)).toBe('data: [DONE]')
  const chunks = events.slice(0, -1).map((event) => JSON.parse(event.replace('data: ', '')))
  const calls = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
  expect(calls[0]).toMatchObject({ index: 0, type: 'function', function: { name: 'a', arguments: '' } })
  expect(calls.map((call) => call.function.arguments).join('')).toBe('{"x":1}')
  expect(chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean)).toEqual(['tool_calls'])
  expect(chunks.at(-1).usage.completion_tokens).toBe(3)
})

test('streams text piece by piece', async () => {
  const answered = ['a', 'b', 'c'].flatMap((name): WireMessage[] => [
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: name, type: 'function', function: { name, arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: name, content: '{"keys":["k1"]}' },
  ])
  const messages = [{ role: 'user', content: 'go' }, ...answered]
  const text = await (await post({ model: 'm', messages, stream: true })).text()
  const said = [...text.matchAll(/"delta":\{"content":"(.*?)"\}/g)].map((match) => match[1])
  expect(said).toEqual(['All ', 'done', ', th', 'ank ', 'you.'])
})

test('says what is wrong with a request that it cannot answer', async () => {
  const unknown = await post({ model: 'm', messages: [{ role: 'user', content: 'hello' }] })
  expect(unknown.status).toBe(400)
  expect((await json(unknown)).error.message).toBe('The scripted model has no plan for the prompt "hello".')
  const empty = await post({ model: 'm' })
  expect((await json(empty)).error.message).toContain('needs a `model` and a list of `messages`')
  const garbage = await fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body: '{' })
  expect((await json(garbage)).error.message).toBe('The request body is not JSON.')
  expect((await fetch(`${server.url}/v1/models`)).status).toBe(404)
})
