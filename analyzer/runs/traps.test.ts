// What breaks a naive reader of agents' spans, one test each. Whole runs of each dialect are in captures and dialects.

import { describe, expect, test } from 'vitest'
import { analyze } from '../analyze.ts'
import { recordOf } from '../conventions/index.ts'
import { type SpanSketch, sketch } from '../conventions/test-span.ts'
import { buildRuns } from './index.ts'
import { agent, chat, given, tool, user } from './test-agent.ts'
import { readCapture } from './test-captures.ts'
import { truncatedTexts } from './test-traps.ts'

const inAgent = { parent: 'a' }
const record = (of: SpanSketch) => recordOf(sketch(of))
const toolOf = (of: SpanSketch) => {
  const read = record(of)
  if (read.kind !== 'tool') throw new Error(`read as ${read.kind}`)
  return read
}
const openinference = (attributes: NonNullable<SpanSketch['attributes']>) =>
  toolOf({ attributes: { 'openinference.span.kind': 'TOOL', 'tool.name': 'look', ...attributes } })

test('1: attributes that the SDK dropped are said, and the rest still makes a run', () => {
  const [run] = buildRuns([
    agent('a', 'x', [0, 100]),
    chat('1', [0, 10], { given: [user('Hi')], asks: [['c1', 'look', {}]] }, { ...inAgent, dropped: 73 }),
    tool('2', 'look', [10, 20], {}, inAgent),
  ])
  expect(run!.notes[0]).toContain('dropped 73 attributes of 1 span')
  expect(run!.calls).toMatchObject([{ callId: 'c1', turn: 0, arguments: {} }])
})

test('1: events that the SDK dropped are said too, and content-missing names both where it lacks something', () => {
  const lossy = tool('2', 'look', [10, 20], {}, { ...inAgent, dropped: 2 })
  const spans = [
    agent('a', 'x', [0, 100]),
    chat('1', [0, 10], { given: [user('Hi')], asks: [['c1', 'look', {}]] }, inAgent),
    { ...lossy, droppedEventsCount: 3 },
  ]
  const [run] = analyze(spans).runs
  const said = [
    expect.stringContaining('dropped 2 attributes of 1 span'),
    expect.stringContaining('dropped 3 events of 1 span'),
  ]
  expect(run!.notes).toEqual(said)
  expect(run!.findings.find(({ rule }) => rule === 'content-missing')?.evidence).toEqual(expect.arrayContaining(said))
})

test.each(['response', 'result', 'content'])('2: a result is called %s', (key) => {
  const response = { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', [key]: { sky: 'clear' } }] }
  const [run] = buildRuns([
    chat('1', [0, 10], { given: [user('Hi')], asks: [['c1', 'look', {}]] }),
    tool('2', 'look', [10, 20], { callId: 'c1' }),
    chat('3', [20, 30], { given: [user('Hi'), response] }),
  ])
  expect(run!.calls[0]!.result).toEqual({ sky: 'clear' })
})

test('3: a root that repeats what its turns asked for asks for nothing, and its tokens are not added', () => {
  const spans = readCapture('ai-sdk-7')
  const root = spans.find(({ parentSpanId }) => parentSpanId === null)!
  expect(String(root.attributes.get('gen_ai.output.messages'))).toContain('call_B1')
  const [run] = buildRuns(spans)
  expect(run!.turns.map(({ inputTokens }) => inputTokens)).toEqual([101, 102, 103])
  expect(run!.turns.map(({ calls }) => calls.length)).toEqual([2, 1, 0])
})

test.each(['google-adk-js', 'mastra'])('4: %s: the time of tools inside a model span is not the model’s', (file) => {
  const [run] = buildRuns(readCapture(file))
  const first = run!.turns[0]!
  const span = readCapture(file).find(({ spanId }) => spanId === first.id)!
  expect(Number(span.endTimeUnixNano - span.startTimeUnixNano) / 1e6).toBeGreaterThan(240)
  expect(first.endMs).toBe(Math.min(...run!.calls.map(({ startMs }) => startMs)))
})

describe('5: errors without an error status', () => {
  test.each<[string, SpanSketch, string]>([
    [
      'LangSmith: an exception event',
      {
        attributes: { 'langsmith.span.kind': 'tool' },
        events: [{ name: 'exception', attributes: { 'exception.message': 'no seats' } }],
      },
      'no seats',
    ],
    [
      'Langfuse: the level',
      {
        attributes: {
          'langfuse.observation.type': 'tool',
          'langfuse.observation.level': 'ERROR',
          'langfuse.observation.status_message': 'Error: no seats',
        },
      },
      'no seats',
    ],
    [
      'Google ADK: no attributes at all',
      { name: 'execute_tool book', scope: 'gcp.vertex.agent' },
      'the tool failed: Google ADK exports such spans without attributes',
    ],
    [
      'MCP: error.type',
      { name: 'tools/call book', attributes: { 'mcp.method.name': 'tools/call', 'error.type': 'tool_error' } },
      'tool_error',
    ],
    [
      'Haystack: an answer that is an error',
      {
        name: 'haystack.agent.step.tool',
        attributes: { 'haystack.tool.name': 'book', 'haystack.agent.step.tool.output': '{"error":"no seats"}' },
      },
      'no seats',
    ],
    [
      'Genkit: its state',
      {
        attributes: {
          'genkit:type': 'action',
          'genkit:metadata:subtype': 'tool',
          'genkit:name': 'book',
          'genkit:state': 'error',
        },
      },
      'the action failed',
    ],
  ])('%s', (_name, of, error) => {
    expect(toolOf(of).error).toBe(error)
  })
  test('Traceloop: a tool that fails has no span, and the run says so', () => {
    const [run] = buildRuns(readCapture('traceloop-js-openai'))
    expect(run!.notes).toEqual([expect.stringContaining('results of calls that have no span: book_flight')])
  })
  test('a call that waits for leave has not failed (Pydantic AI)', () => {
    const deferred = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'book',
      'pydantic_ai.tool.deferral.name': 'ApprovalRequired',
    }
    expect(toolOf({ scope: 'pydantic-ai', attributes: deferred, failed: 'ApprovalRequired' }).error).toBeNull()
  })
})

test('6: an argument without its name gets the name that the model gave it', () => {
  const spans = readCapture('langchain-openinference')
  const read = spans.map((span) => recordOf(span)).flatMap((item) => (item.kind === 'tool' ? [item.arguments] : []))
  expect(read).toContain('Paris')
  expect(buildRuns(spans)[0]!.calls.map((call) => call.arguments)).toContainEqual({ city: 'Paris' })
})

test('7: tool.parameters are arguments, unless they are a schema or the input says more', () => {
  expect(openinference({ 'tool.parameters': '{"city":"Oslo"}' }).arguments).toEqual({ city: 'Oslo' })
  expect(
    openinference({ 'tool.parameters': '{"type":"object","properties":{"city":{"type":"string"}}}' }).arguments,
  ).toBeUndefined()
  expect(openinference({ 'tool.parameters': '{"city":{"type":"string"}}' }).arguments).toBeUndefined()
  expect(
    openinference({ 'tool.parameters': '{"city":{"type":"string"}}', 'input.value': '{"city":"Rome"}' }).arguments,
  ).toEqual({ city: 'Rome' })
})

test('8 and 9: wrappers around arguments and results (OpenLLMetry)', () => {
  const wrapped = (input: object, output: object) =>
    toolOf({
      attributes: {
        'traceloop.span.kind': 'tool',
        'traceloop.entity.name': 'look',
        'traceloop.entity.input': JSON.stringify(input),
        'traceloop.entity.output': JSON.stringify(output),
      },
    })
  const callback = { input_str: "{'city': 'Oslo'}", tags: [], metadata: {}, inputs: { city: 'Oslo' }, kwargs: {} }
  expect(wrapped(callback, { output: { sky: 'clear' }, kwargs: {} })).toMatchObject({
    arguments: { city: 'Oslo' },
    result: { sky: 'clear' },
  })
  expect(wrapped({ args: [], kwargs: { city: 'Oslo' } }, { sky: 'clear' })).toMatchObject({
    arguments: { city: 'Oslo' },
    result: { sky: 'clear' },
  })
})

test('10: the phantom span of merged answers is no call', () => {
  const spans = readCapture('google-adk-js')
  expect(spans.filter(({ name }) => name.startsWith('execute_tool'))).toHaveLength(4)
  expect(buildRuns(spans)[0]!.calls).toHaveLength(3)
})

test('12: a history that was serialised after the run shows only what the model had seen', () => {
  const history = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: '', tool_calls: [{ id: 'c1', function: { name: 'look', arguments: '{}' } }] },
    { role: 'tool', tool_call_id: 'c1', content: 'r-771' },
    { role: 'assistant', content: 'Found it.' },
    { role: 'user', content: 'Book r-771.' },
  ]
  const llm = (id: string, from: number, answer: object) =>
    sketch({
      id,
      parent: 'a',
      from,
      to: from + 10,
      scope: 'langsmith',
      attributes: {
        'langsmith.span.kind': 'llm',
        'gen_ai.prompt': JSON.stringify({ messages: history }),
        'gen_ai.completion': JSON.stringify({ choices: [{ message: answer }] }),
      },
    })
  const [run] = buildRuns([
    agent('a', 'x', [0, 100]),
    llm('1', 0, history[1]!),
    tool('2', 'look', [10, 20], {}, inAgent),
    llm('3', 30, history[3]!),
  ])
  expect(run!.messages.filter(({ beforeTurn }) => beforeTurn === 0).map(({ text }) => text)).toEqual(['Hi'])
  expect(run!.calls).toMatchObject([{ turn: 0, result: 'r-771' }])
})

test('13: spans that share a start are ordered by the tree and by what asked for what', () => {
  const [run] = buildRuns([
    agent('a', 'x', [0, 100]),
    tool('1', 'look', [0, 20], { callId: 'c1' }, inAgent),
    chat('2', [0, 0], { given: [user('Hi')], asks: [['c1', 'look', {}]] }, inAgent),
    chat('3', [20, 30], { given: [user('Hi'), given('c1', 'r')] }, inAgent),
  ])
  expect(run!.calls).toMatchObject([{ turn: 0, turnRule: 'call-id' }])
  expect(run!.turns.map(({ id }) => id.at(-1))).toEqual(['2', '3'])
})

test.each(truncatedTexts)('14: content that was cut off is kept as text and marked: %s', (text) => {
  const [run] = buildRuns([
    agent('a', 'x', [0, 100]),
    sketch({
      id: '1',
      parent: 'a',
      from: 0,
      to: 10,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'look',
        'gen_ai.tool.call.result': text,
      },
    }),
  ])
  expect(run!.calls).toMatchObject([{ result: text, truncated: true }])
})

describe('15: placeholders mean that nothing was captured', () => {
  test.each(['__REDACTED__', '<REDACTED>', '[REDACTED]', ''])('%s', (mark) => {
    expect(openinference({ 'input.value': mark, 'output.value': mark })).toMatchObject({
      arguments: undefined,
      result: undefined,
    })
  })
  test.each(['{}', 'N/A', '<not specified>'])('Google ADK: %s', (mark) => {
    const attributes = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'look',
      'gcp.vertex.agent.tool_call_args': mark,
      'gcp.vertex.agent.tool_response': mark,
    }
    expect(toolOf({ scope: 'gcp.vertex.agent', attributes })).toMatchObject({ arguments: undefined, result: undefined })
  })
})

test('an MCP client’s span inside the tool’s, and the server’s inside that, are one call', () => {
  const mcp = { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'look', 'gen_ai.operation.name': 'execute_tool' }
  const [run] = buildRuns([
    agent('a', 'x', [0, 100]),
    tool('1', 'look', [0, 50], { callId: 'c1' }, inAgent),
    sketch({
      id: '2',
      parent: '1',
      from: 1,
      to: 49,
      name: 'tools/call look',
      attributes: { ...mcp, 'gen_ai.tool.call.arguments': '{"city":"Oslo"}' },
    }),
    sketch({
      id: '3',
      parent: '2',
      from: 2,
      to: 48,
      name: 'tools/call look',
      attributes: { ...mcp, 'gen_ai.tool.call.result': '{"sky":"clear"}' },
    }),
  ])
  expect(run!.calls).toMatchObject([
    { callId: 'c1', arguments: { city: 'Oslo' }, result: { sky: 'clear' }, startMs: 0, endMs: 50 },
  ])
})

test('each later turn inside the one before it (Genkit)', () => {
  expect(buildRuns(readCapture('genkit'))[0]!.calls.map(({ turn, turnRule }) => [turn, turnRule])).toEqual([
    [0, 'step'],
    [0, 'step'],
    [1, 'step'],
  ])
})

test('a printed conversation is the user’s words only up to the first answer (Langfuse)', () => {
  const read = record({
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.input': 'user: Find it.\nassistant: None\ntool: {"id":"r-771"}',
    },
  })
  expect(read.kind === 'model' && read.input.map(({ text }) => text)).toEqual(['user: Find it.'])
})
