// What each convention makes of one span. Whole exports are in runs/captures.test.ts.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AttributeValue } from '../model/span.ts'
import { HistoryMemory } from './history-memory.ts'
import { conventions, recordOf } from './index.ts'
import { sketch } from './test-span.ts'

const read = (attributes: Record<string, AttributeValue>, more: Parameters<typeof sketch>[0] = {}) =>
  recordOf(sketch({ ...more, attributes }))

describe('otel-genai', () => {
  test('a tool, with content structured instead of in JSON', () => {
    const record = read({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_weather',
      'gen_ai.tool.call.id': 'call_1',
      'gen_ai.tool.call.arguments': new Map([['city', 'Paris']]),
    })
    expect(record).toMatchObject({
      kind: 'tool',
      convention: 'otel-genai',
      framework: 'OpenTelemetry GenAI',
      tool: 'get_weather',
      callId: 'call_1',
      arguments: { city: 'Paris' },
      result: undefined,
      error: null,
    })
  })

  test('a failed tool that has nothing but its name', () => {
    expect(read({}, { name: 'execute_tool book_flight' })).toMatchObject({ kind: 'tool', tool: 'book_flight' })
  })

  test('an MCP call', () => {
    const record = read({ 'mcp.method.name': 'tools/call', 'error.type': 'tool_error' }, { name: 'tools/call search' })
    expect(record).toMatchObject({ kind: 'tool', tool: 'search', error: 'tool_error' })
  })

  test('a model: instructions before messages, plain or in parts', () => {
    for (const instructions of ['Be kind.', '[{"type":"text","content":"Be kind."}]']) {
      const record = read({
        'gen_ai.operation.name': 'chat',
        'gen_ai.system': 'openai',
        'gen_ai.request.model': 'asked',
        'gen_ai.usage.input_tokens': 7,
        'gen_ai.usage.output_tokens': '3',
        'gen_ai.system_instructions': instructions,
        'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
      })
      expect(record).toMatchObject({ kind: 'model', model: 'asked', inputTokens: 7, outputTokens: 3, hasContent: true })
      expect(record.kind === 'model' && record.input.map(({ role, text }) => [role, text])).toEqual([
        ['system', 'Be kind.'],
        ['user', 'Hi'],
      ])
    }
  })

  test('without content it says so', () => {
    expect(read({ 'gen_ai.operation.name': 'chat' })).toMatchObject({ input: [], output: [], hasContent: false })
  })

  test.each([
    ['invoke_agent', 'agent'],
    ['agent_step', 'group'],
    ['create_agent', 'group'],
    ['embeddings', 'group'],
    ['generate_content', 'model'],
  ])('%s is a %s', (operation, kind) => {
    expect(read({ 'gen_ai.operation.name': operation }).kind).toBe(kind)
  })

  test('agents are named by attribute, else by span name', () => {
    const agent = { 'gen_ai.operation.name': 'invoke_agent' }
    expect(read({ ...agent, 'gen_ai.agent.name': 'travel' })).toMatchObject({ name: 'travel' })
    expect(read(agent, { name: 'invoke_agent gpt-4o' })).toMatchObject({ name: 'gpt-4o' })
  })

  test('scope gen_ai is the Vercel AI SDK 7', () => {
    expect(read({ 'gen_ai.operation.name': 'chat' }, { scope: 'gen_ai' }).framework).toBe('Vercel AI SDK')
  })
})

describe('vercel-ai', () => {
  test('goes before otel-genai, whose attributes it also writes', () => {
    const record = read({
      'ai.operationId': 'ai.streamText.doStream',
      'gen_ai.request.model': 'm',
      'ai.response.text': 'Hi',
      'ai.response.toolCalls': '[{"toolCallId":"c","toolName":"get","args":"{\\"a\\":1}"}]',
      'ai.usage.promptTokens': 5,
      'ai.usage.outputTokens': 2,
    })
    expect(record).toMatchObject({ convention: 'vercel-ai', kind: 'model', inputTokens: 5, outputTokens: 2 })
    expect(record.kind === 'model' && record.output).toEqual([
      { role: 'assistant', text: 'Hi', calls: [{ id: 'c', tool: 'get', arguments: { a: 1 } }], results: [] },
    ])
  })

  test('the root is the agent, with its prompt', () => {
    const record = read({
      'ai.operationId': 'ai.generateText',
      'ai.telemetry.functionId': 'travel',
      'ai.prompt': '{"system":"Be kind.","prompt":"Hi"}',
    })
    expect(record).toMatchObject({ kind: 'agent', name: 'travel' })
    expect(record.kind === 'agent' && record.input.map(({ role, text }) => [role, text])).toEqual([
      ['system', 'Be kind.'],
      ['user', 'Hi'],
    ])
  })

  test('embeddings are no turns', () => {
    expect(read({ 'ai.operationId': 'ai.embed.doEmbed' }).kind).toBe('group')
  })
})

describe('openinference', () => {
  const langchain = { scope: '@arizeai/openinference-instrumentation-langchain' }

  test('a LangChain tool: id and content out of the tool message, and its failure', () => {
    const kwargs = { status: 'error', content: 'no seats', tool_call_id: 'call_B1' }
    const record = read(
      {
        'openinference.span.kind': 'TOOL',
        'tool.name': 'book',
        'input.value': 'Paris',
        'output.value': JSON.stringify({
          output: { lc: 1, id: ['langchain_core', 'messages', 'ToolMessage'], kwargs },
        }),
        metadata: '{"langgraph_step":2}',
      },
      langchain,
    )
    expect(record).toMatchObject({
      kind: 'tool',
      framework: 'LangGraph',
      tool: 'book',
      callId: 'call_B1',
      arguments: 'Paris',
      result: 'no seats',
      error: 'no seats',
      step: 2,
    })
  })

  test('a graph by another name is an agent; its nodes are not', () => {
    const named = (metadata: object) =>
      read(
        { 'openinference.span.kind': 'CHAIN', metadata: JSON.stringify(metadata) },
        { ...langchain, name: 'research' },
      )
    expect(named({ ls_integration: 'langchain_create_agent' })).toMatchObject({ kind: 'agent', name: 'research' })
    expect(named({ ls_integration: 'langchain_create_agent', langgraph_step: 1 }).kind).toBe('group')
    expect(named({}).kind).toBe('group')
  })

  test('flattened messages, in any order and with holes', () => {
    const record = read({
      'openinference.span.kind': 'LLM',
      'llm.output_messages.1.message.tool_calls.0.tool_call.function.name': 'b',
      'llm.output_messages.0.message.tool_calls.10.tool_call.function.name': 'a10',
      'llm.output_messages.0.message.tool_calls.2.tool_call.function.name': 'a2',
      'llm.output_messages.0.message.tool_calls.2.tool_call.function.arguments': '__REDACTED__',
      'llm.input_messages.3.message.role': 'user',
      'llm.input_messages.3.message.contents.1.message_content.type': 'text',
      'llm.input_messages.3.message.contents.1.message_content.text': 'there',
      'llm.input_messages.3.message.contents.0.message_content.text': 'Hi',
    })
    if (record.kind !== 'model') throw new Error('not a model')
    expect(record.input.map(({ role, text }) => [role, text])).toEqual([['user', 'Hi\nthere']])
    expect(record.output.flatMap(({ calls }) => calls.map(({ tool }) => tool))).toEqual(['a2', 'a10', 'b'])
    expect(record.output[0]!.calls[0]).toEqual({ id: null, tool: 'a2', arguments: undefined })
  })

  test('hidden messages are no content', () => {
    const record = read({
      'openinference.span.kind': 'LLM',
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': '__REDACTED__',
    })
    expect(record).toMatchObject({ kind: 'model', hasContent: false })
  })

  test('an agent without a model: what it was given, in words or in JSON', () => {
    const given = (input: string) => {
      const record = read({ 'openinference.span.kind': 'AGENT', 'input.value': input })
      return record.kind === 'agent' ? record.input.map(({ role, text }) => [role, text]) : null
    }
    expect(given('Hi')).toEqual([['user', 'Hi']])
    expect(given('{"question":"Hi"}')).toEqual([['user', '{"question":"Hi"}']])
    expect(given('{"messages":[{"role":"user","content":"Hi"}]}')).toEqual([['user', 'Hi']])
  })
})

test('what nobody knows groups others', () => {
  expect(read({ 'http.request.method': 'GET' })).toMatchObject({ kind: 'group', convention: 'none', framework: '' })
})

test('no attribute value makes any convention throw', () => {
  const keys = [
    'openinference.span.kind',
    'gen_ai.operation.name',
    'ai.operationId',
    'mcp.method.name',
    'metadata',
    'input.value',
    'output.value',
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.system_instructions',
    'ai.prompt',
    'ai.prompt.messages',
    'ai.response.toolCalls',
    'llm.input_messages.0.message.role',
    'gen_ai.tool.call.arguments',
    'llm.input_messages.0.message.tool_calls.0.tool_call.id',
    'llm.output_messages.0.message.contents.0.message_content.text',
  ]
  const word = fc.constantFrom(
    'LLM',
    'TOOL',
    'AGENT',
    'CHAIN',
    'chat',
    'execute_tool',
    'invoke_agent',
    'ai.toolCall',
    'ai.generateText',
    'ai.generateText.doGenerate',
    'tools/call',
  )
  const json = fc.oneof(
    fc.json(),
    fc
      .dictionary(
        fc.constantFrom('messages', 'generations', 'output', 'kwargs', 'id', 'role', 'type', 'parts', 'content'),
        fc.jsonValue(),
      )
      .map((value) => JSON.stringify(value)),
  )
  const scalar = fc.oneof(word, json, fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.bigInt())
  const value: fc.Arbitrary<AttributeValue> = fc.oneof(
    scalar,
    fc.array(scalar),
    fc.array(fc.tuple(fc.string(), scalar)).map((entries) => new Map(entries)),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), value), (attributes) => {
      const span = sketch({ attributes })
      for (const convention of conventions) if (convention.recognises(span)) convention.read(span, new HistoryMemory())
      recordOf(span)
    }),
    { numRuns: 2000 },
  )
})
