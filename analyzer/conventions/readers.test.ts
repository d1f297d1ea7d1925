import { describe, expect, test } from 'vitest'
import { contentOf, numberOf, textOf } from './attributes.ts'
import { readMessages } from './chat-messages.ts'
import { errorOf } from './error.ts'
import { frameworkOf } from './framework.ts'
import { jsonOrText, MAX_JSON_DEPTH, parseJson } from './parse-json.ts'
import { sketch } from './test-span.ts'

describe('JSON from outside', () => {
  test.each([
    ['{"a":1}', { a: 1 }],
    ['"{\\"a\\":1}"', { a: 1 }],
    ['"plain"', 'plain'],
    ['{"a":', '{"a":'],
    ['cut off...[TRUNCATED]', 'cut off...[TRUNCATED]'],
    ['42', 42],
    ['0042', '0042'],
    ['12345678901234567890', '12345678901234567890'],
    ['{"id":1234567890123456789,"n":[-7]}', { id: '1234567890123456789', n: [-7] }],
    ['"{\\"id\\":1234567890123456789}"', { id: '1234567890123456789' }],
    ['null', null],
    ['', ''],
    [' \n{"a": [1]}\t', { a: [1] }],
    ['-1.5', -1.5],
    ['1.50', '1.50'],
    ['2026-11-21', '2026-11-21'],
    [' false ', false],
    ['two of three', 'two of three'],
    ['n', 'n'],
    ['"', '"'],
    ['[1] {', '[1] {'],
  ])('%s', (text, value) => {
    expect(jsonOrText(text)).toEqual(value)
  })

  test('nesting is bounded, and brackets in strings are not nesting', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect(parseJson(nested(MAX_JSON_DEPTH))).toBeDefined()
    expect(parseJson(nested(MAX_JSON_DEPTH + 1))).toBeUndefined()
    expect(parseJson(nested(1_000_000))).toBeUndefined()
    const text = `\\"${'['.repeat(500)}`
    expect(parseJson(`["${text}"]`)).toEqual([`"${'['.repeat(500)}`])
  })
})

describe('attributes', () => {
  const of = (value: Parameters<typeof textOf>[0] extends ReadonlyMap<string, infer V> ? V : never) =>
    new Map([['k', value]])

  test('what an SDK hid was not captured', () => {
    for (const mark of ['__REDACTED__', '[REDACTED]', '<REDACTED>', '']) {
      expect(contentOf(of(mark), 'k')).toBeUndefined()
      expect(textOf(of(mark), 'k')).toBeNull()
    }
    expect(contentOf(of('{}'), 'k')).toEqual({})
  })

  test('structured values and JSON in a string are the same content', () => {
    const structured = new Map([
      ['city', 'Paris'],
      ['__proto__', 'a name like any other'],
    ])
    expect(contentOf(of([structured, 1n, { base64: 'AA==' }]), 'k')).toEqual([
      JSON.parse('{"city":"Paris","__proto__":"a name like any other"}'),
      '1',
      'AA==',
    ])
  })

  test('numbers may be strings; what is no number is none', () => {
    expect(numberOf(of('21'), 'k')).toBe(21)
    expect(numberOf(of(21n), 'k')).toBe(21)
    for (const value of ['', 'many', null, [1], Number.NaN]) expect(numberOf(of(value), 'k')).toBeNull()
  })
})

describe('errors', () => {
  test.each([
    ['fine', {}, null],
    ['status', { failed: 'no seats left' }, 'no seats left'],
    [
      'status with a stack',
      { failed: 'no seats left\n\nError: no seats left\n    at tool (app.mjs:1:2)' },
      'no seats left',
    ],
    ['several lines', { failed: 'first\nsecond\n    at tool (app.mjs:1:2)' }, 'first\nsecond'],
    ['error.type alone', { attributes: { 'error.type': 'tool_error' } }, 'tool_error'],
    [
      'exception event, status unset',
      { events: [{ name: 'exception', attributes: { 'exception.message': 'boom' } }] },
      'boom',
    ],
    ['exception without a message', { events: [{ name: 'exception', attributes: {} }] }, 'failed, without a message'],
  ])('%s', (_, of, text) => {
    expect(errorOf(sketch(of))).toBe(text)
  })
})

test.each([
  ['ai', 'Vercel AI SDK'],
  ['@arizeai/openinference-instrumentation-openai-agents', 'OpenAI Agents SDK'],
  ['openinference.instrumentation.openai_agents', 'OpenAI Agents SDK'],
  ['openinference.instrumentation.something_new', 'something-new'],
  ['my-app', 'otherwise'],
  ['constructor', 'otherwise'],
])('framework of scope %s', (scope, name) => {
  expect(frameworkOf(scope, 'otherwise')).toBe(name)
})

describe('chat messages in their spellings', () => {
  const call = { id: 'c1', tool: 'get', arguments: { a: 1 } }
  test.each([
    ['semconv', { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'get', arguments: { a: 1 } }] }],
    [
      'AI SDK 5',
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'get', input: { a: 1 } }] },
    ],
    [
      'AI SDK 4',
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'get', args: { a: 1 } }] },
    ],
    [
      'OpenAI',
      { role: 'assistant', content: null, tool_calls: [{ id: 'c1', function: { name: 'get', arguments: '{"a":1}' } }] },
    ],
    ['OpenAI Responses', { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'get', arguments: '{"a":1}' }],
    ['Anthropic', { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'get', input: { a: 1 } }] }],
  ])('a request, %s', (_, message) => {
    expect(readMessages([message], 'user')).toEqual([{ role: 'assistant', text: '', calls: [call], results: [] }])
  })

  test.each([
    ['semconv', { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { b: 2 } }] }],
    ['Pydantic AI', { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', result: { b: 2 } }] }],
    ['Copilot', { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', content: '{"b":2}' }] }],
    [
      'AI SDK',
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c1', output: { type: 'json', value: { b: 2 } } }] },
    ],
    ['OpenAI', { role: 'tool', tool_call_id: 'c1', content: '{"b":2}' }],
    ['parts of text', { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: '{"b":2}' }] }],
    ['Responses', { type: 'function_call_result', callId: 'c1', output: { type: 'text', text: '{"b":2}' } }],
  ])('a result, %s', (_, message) => {
    expect(readMessages([message], 'user')).toEqual([
      { role: 'tool', text: '', calls: [], results: [{ id: 'c1', result: { b: 2 } }] },
    ])
  })

  test('plain text is one message; JSON that was cut off is none, for it may hold results', () => {
    expect(readMessages('Hello', 'system')).toEqual([{ role: 'system', text: 'Hello', calls: [], results: [] }])
    expect(readMessages('[{"role":"user","content":"He', 'user')).toEqual([])
  })

  test('the words of an unknown role are never the user’s', () => {
    expect(readMessages([{ role: 'get_weather', content: '21 C' }], 'user')).toEqual([
      { role: 'tool', text: '', calls: [], results: [{ id: null, result: '21 C' }] },
    ])
  })

  test('hidden text leaves the message and takes its words', () => {
    expect(readMessages([{ role: 'user', content: '__REDACTED__' }], 'user')[0]).toMatchObject({
      role: 'user',
      text: '',
    })
    expect(readMessages([{ role: 'tool', content: '__REDACTED__' }], 'user')[0]!.results).toEqual([
      { id: null, result: undefined },
    ])
  })

  test('nonsense is no message', () => {
    for (const value of [null, 7, true, [null, 1, ['x']], undefined]) expect(readMessages(value, 'user')).toEqual([])
  })
})
