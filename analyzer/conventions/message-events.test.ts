import { describe, expect, test } from 'vitest'
import type { AttributeValue } from '../model/span.ts'
import { recordOf } from './index.ts'
import { type SpanSketch, sketch } from './test-span.ts'

const map = (fields: Readonly<Record<string, AttributeValue>>) => new Map(Object.entries(fields))

function model(...events: NonNullable<SpanSketch['events']>) {
  const record = recordOf(
    sketch({ attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'openai' }, events }),
  )
  if (record.kind !== 'model') throw new Error(`read as ${record.kind}`)
  return record
}

describe('one event per message (1.28 to 1.36)', () => {
  test('a history in, a choice out, bodies structured as log records have them', () => {
    const asked = { id: 'c1', type: 'function', function: map({ name: 'look', arguments: '{"a":1}' }) }
    const record = model(
      { name: 'gen_ai.system.message', attributes: { content: 'Be kind.' } },
      { name: 'gen_ai.user.message', attributes: { content: 'Hi' } },
      { name: 'gen_ai.assistant.message', attributes: { tool_calls: [map(asked)] } },
      { name: 'gen_ai.tool.message', attributes: { id: 'c1', content: '{"b":2}' } },
      {
        name: 'gen_ai.choice',
        attributes: { index: 0, finish_reason: 'stop', message: map({ role: 'assistant', content: 'Done.' }) },
      },
    )
    expect(record.input.map(({ role, text }) => [role, text])).toEqual([
      ['system', 'Be kind.'],
      ['user', 'Hi'],
      ['assistant', ''],
      ['tool', ''],
    ])
    expect(record.input[2]!.calls).toEqual([{ id: 'c1', tool: 'look', arguments: { a: 1 } }])
    expect(record.input[3]!.results).toEqual([{ id: 'c1', result: { b: 2 } }])
    expect(record.output.map(({ text }) => text)).toEqual(['Done.'])
    expect(record.hasContent).toBe(true)
  })

  test('a choice as JSON of a message, as content blocks and as plain words', () => {
    const says = (message: AttributeValue) => model({ name: 'gen_ai.choice', attributes: { message } }).output[0]
    expect(says('{"tool_calls":[{"id":"c1","function":{"name":"look","arguments":"{}"}}]}')?.calls).toEqual([
      { id: 'c1', tool: 'look', arguments: {} },
    ])
    expect(says('[{"type":"text","text":"Yes."}]')?.text).toBe('Yes.')
    expect(says('Yes.')?.text).toBe('Yes.')
  })

  test('words that look like JSON stay the user’s words', () => {
    const { input } = model({ name: 'gen_ai.user.message', attributes: { content: '{"city":"Oslo"}' } })
    expect(input).toMatchObject([{ role: 'user', text: '{"city":"Oslo"}' }])
  })

  test('a choice without content (capture is off) is no answer, and a hidden message has no words', () => {
    const record = model(
      { name: 'gen_ai.user.message', attributes: { content: '[REDACTED]' } },
      { name: 'gen_ai.choice', attributes: { index: 0, finish_reason: 'stop' } },
    )
    expect(record.input).toMatchObject([{ role: 'user', text: '' }])
    expect(record.output).toEqual([])
  })
})

test('the whole prompt in one event (1.27)', () => {
  const record = model(
    { name: 'gen_ai.content.prompt', attributes: { 'gen_ai.prompt': '[{"role":"user","content":"Hi"}]' } },
    { name: 'gen_ai.content.completion', attributes: { 'gen_ai.completion': '[{"role":"assistant","content":"Yo"}]' } },
  )
  expect([record.input[0]?.text, record.output[0]?.text]).toEqual(['Hi', 'Yo'])
})

test('all of an inference in one event (1.37), structured as events have it', () => {
  const parts = (text: string) => [map({ type: 'text', content: text })]
  const record = model({
    name: 'gen_ai.client.inference.operation.details',
    attributes: {
      'gen_ai.system_instructions': parts('Be kind.'),
      'gen_ai.input.messages': [map({ role: 'user', parts: parts('Hi') })],
      'gen_ai.output.messages': [map({ role: 'assistant', parts: parts('Yo') })],
    },
  })
  expect(record.input.map(({ role, text }) => [role, text])).toEqual([
    ['system', 'Be kind.'],
    ['user', 'Hi'],
  ])
  expect(record.output.map(({ text }) => text)).toEqual(['Yo'])
})

test('what the span says itself counts, and its events do not repeat it', () => {
  const record = recordOf(
    sketch({
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
      },
      events: [{ name: 'gen_ai.user.message', attributes: { content: 'Hi' } }],
    }),
  )
  expect(record).toMatchObject({ kind: 'model', input: [{ text: 'Hi' }] })
})
