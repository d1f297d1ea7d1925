import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import { sketchLog } from '../conventions/test-log.ts'
import { buildRuns } from './index.ts'
import { agent, chat, tool } from './test-agent.ts'

test('a real exporter’s log records give the turns of its spans their words and calls', () => {
  const read = readOtlpFile(readFileSync(new URL('../../fixtures/logs/otel-js-openai.json', import.meta.url)))
  if (!read.ok) throw new Error(read.error)
  const { spans, logs } = read.value
  expect([spans.length, logs.length]).toEqual([2, 9])

  // Each model call is a trace of its own: this instrumentation makes no span around them.
  const [first, second] = buildRuns(spans, logs)
  expect(first!.messages).toEqual([
    { beforeTurn: 0, role: 'system', text: 'sys' },
    { beforeTurn: 0, role: 'user', text: 'hi' },
  ])
  expect(first!.promptKnown).toBe(true)
  expect(second!.messages.map(({ role }) => role)).toEqual(expect.arrayContaining(['system', 'user']))
  expect(buildRuns(spans).map(({ promptKnown }) => promptKnown)).toEqual([false, false])
})

const spans = [
  agent('a', 'x', [0, 1000]),
  chat('1', [0, 100], {}, { parent: 'a' }),
  tool('2', 'look', [100, 200], {}, { parent: 'a' }),
  chat('3', [200, 300], {}, { parent: 'a' }),
]
const call = new Map([
  ['id', 'c1'],
  ['name', 'look'],
  ['arguments', '{"a":1}'],
])
const logs = [
  sketchLog({ at: 0, trace: 'f', span: '1', event: 'gen_ai.user.message', body: new Map([['content', 'Hi']]) }),
  sketchLog({
    at: 100,
    trace: 'f',
    span: '1',
    event: 'gen_ai.choice',
    body: new Map([['message', new Map([['tool_calls', [call]]])]]),
  }),
  sketchLog({
    at: 200,
    trace: 'f',
    span: '3',
    event: 'gen_ai.tool.message',
    body: new Map([
      ['id', 'c1'],
      ['content', 'r'],
    ]),
  }),
]

test('arguments and result of a call are recovered from the log records of the turns around it', () => {
  const [run] = buildRuns(spans, logs)
  expect(run!.calls).toMatchObject([{ callId: 'c1', arguments: { a: 1 }, result: 'r', turn: 0 }])
})

test('records come in any order, twice, of unknown spans and of none', () => {
  const strangers = [sketchLog({ at: 5, trace: 'f', span: '9', event: 'gen_ai.user.message' }), sketchLog({ at: 5 })]
  expect(buildRuns(spans, [...logs, ...strangers, ...logs].reverse())).toEqual(buildRuns(spans, logs))
})

test('records of one moment keep their order', () => {
  const said = (text: string) =>
    sketchLog({ at: 0, trace: 'f', span: '1', event: 'gen_ai.user.message', body: new Map([['content', text]]) })
  const [run] = buildRuns(spans, [said('first'), said('second')])
  expect(run!.messages.map(({ text }) => text)).toEqual(['first', 'second'])
})

test('the spans are left as they were', () => {
  const before = structuredClone(spans)
  buildRuns(spans, logs)
  expect(spans).toEqual(before)
})
