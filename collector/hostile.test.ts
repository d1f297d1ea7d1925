// Input made to hurt, through the whole of the collector: sent to a socket, stored, read back, analysed, shown as JSON.
// All of it must end soon, and leave the process as it was.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AttributeValue } from '../analyzer/model/span.ts'
import type { Pair, Value } from '../scripts/fuzz/requests.ts'
import { writeTraces } from '../scripts/fuzz/write-protobuf.ts'
import { type Served, serve } from './serve.ts'
import { listTraces } from './store/list-traces.ts'
import { readTrace } from './store/read-trace.ts'

const TRACE_ID = '0123456789abcdef0123456789abcdef'
const SPAN_ID = '0123456789abcdef'

let folder: string
let served: Served

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-hostile-'))
  served = await serve({ port: 0, dbFile: join(folder, 'spans.db'), uiDir: join(folder, 'ui') })
})

afterEach(async () => {
  await served.close()
  rmSync(folder, { recursive: true })
})

const string = (key: string, text: string): Pair => ({ key, value: { kind: 'string', text }, valueFirst: false })

/** Keys that make a tool call of a span, so that the analyzer goes through all of it. */
const TOOL = [string('gen_ai.operation.name', 'execute_tool'), string('gen_ai.tool.name', 'search')]

function toJson(value: Value): unknown {
  switch (value.kind) {
    case 'string':
      return { stringValue: value.text }
    case 'array':
      return { arrayValue: { values: value.items.map(toJson) } }
    case 'list':
      return { kvlistValue: { values: pairsToJson(value.pairs) } }
    default:
      return {}
  }
}

const pairsToJson = (pairs: readonly Pair[]) => pairs.map(({ key, value }) => ({ key, value: toJson(value) }))

const json = (attributes: readonly Pair[]) =>
  Buffer.from(
    JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: TRACE_ID,
                  spanId: SPAN_ID,
                  name: 'execute_tool search',
                  startTimeUnixNano: '1',
                  endTimeUnixNano: '2000000',
                  attributes: pairsToJson(attributes),
                },
              ],
            },
          ],
        },
      ],
    }),
  )

const protobuf = (attributes: readonly Pair[]) =>
  writeTraces([
    {
      resource: [],
      scopes: [
        {
          name: '',
          version: '',
          attributes: [],
          items: [
            {
              traceId: Buffer.from(TRACE_ID, 'hex'),
              spanId: Buffer.from(SPAN_ID, 'hex'),
              parentSpanId: new Uint8Array(0),
              name: 'execute_tool search',
              kind: 1,
              start: 1n,
              end: 2_000_000n,
              dropped: 0,
              attributes,
              droppedEvents: 0,
              events: [],
              links: [],
              status: null,
              earlier: null,
              unknown: null,
            },
          ],
        },
      ],
    },
  ])

const encodings = [
  ['application/json', json],
  ['application/x-protobuf', protobuf],
] as const

interface Seen {
  readonly status: number
  readonly attributes: ReadonlyMap<string, AttributeValue>
  /** The report of the trace's run. */
  readonly report: string
}

async function sendAndRead(body: Uint8Array, type: string): Promise<Seen> {
  const response = await fetch(`${served.url}/v1/traces`, { method: 'POST', body, headers: { 'Content-Type': type } })
  await response.arrayBuffer()
  const [trace] = listTraces(served.store, 10)
  const attributes = trace ? readTrace(served.store, trace.traceId)[0]!.attributes : new Map()
  const report = trace ? await (await fetch(`${served.url}/api/runs/${SPAN_ID}`)).text() : ''
  return { status: response.status, attributes, report }
}

it.each(encodings)('names of prototypes are names like any other: %s', async (type, write) => {
  const args = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}'
  const { status, attributes, report } = await sendAndRead(
    write([
      ...TOOL,
      string('__proto__', 'a'),
      string('constructor', 'b'),
      string('hasOwnProperty', 'c'),
      {
        key: 'nested',
        value: { kind: 'list', pairs: [string('__proto__', 'd'), string('polluted', 'e')] },
        valueFirst: true,
      },
      string('gen_ai.tool.call.arguments', args),
      string('gen_ai.tool.call.result', args),
    ]),
    type,
  )
  expect(status).toBe(200)
  expect(attributes.get('__proto__')).toBe('a')
  expect(attributes.get('constructor')).toBe('b')
  expect((attributes.get('nested') as ReadonlyMap<string, string>).get('__proto__')).toBe('d')
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  const call = JSON.parse(report).runs[0].calls[0]
  expect(JSON.stringify(call.arguments)).toBe(args)
  expect(Object.getPrototypeOf(call.arguments)).toBe(Object.prototype)
})

it.each(encodings)('an attribute of 10 MB: %s', async (type, write) => {
  const text = 'a long result, '.repeat(700_000)
  const { status, attributes } = await sendAndRead(write([...TOOL, string('gen_ai.tool.call.result', text)]), type)
  expect(status).toBe(200)
  expect(attributes.get('gen_ai.tool.call.result')).toBe(text)
})

it.each(encodings)('100,000 attributes on a span: %s', async (type, write) => {
  const many = Array.from({ length: 100_000 }, (_, i) => string(`attribute.${i}`, 'x'))
  const { status, attributes } = await sendAndRead(write([...TOOL, ...many]), type)
  expect(status).toBe(200)
  expect(attributes.size).toBe(100_002)
})

it.each(encodings)('keys that were chosen to collide are names like others: %s', async (type, write) => {
  // V8 hashes names that are array indices by their digits and not with its seed: these are alike in their low bits. Were each
  // to meet all before it in one table only, that would be 16,000,000,000 comparisons: more than the minute that a test has.
  const keys = Array.from({ length: 180_000 }, (_, i) => String(i * 16_384))
  // To analyse an argument takes longer than to keep an attribute, whatever their names.
  const few = keys.slice(0, 20_000)
  const { status, attributes, report } = await sendAndRead(
    write([
      ...TOOL,
      ...keys.map((key) => string(key, 'x')),
      string('gen_ai.tool.call.arguments', JSON.stringify(Object.fromEntries(few.map((key) => [key, 1])))),
    ]),
    type,
  )
  expect(status).toBe(200)
  expect(attributes.size).toBe(180_003)
  expect(attributes.get('16384')).toBe('x')
  expect(Object.keys(JSON.parse(report).runs[0].calls[0].arguments)).toHaveLength(20_000)
})

it.each(encodings)('deep nesting is refused, or taken, and never a crash: %s', async (type, write) => {
  const nested = (depth: number): Pair => {
    let value: Value = { kind: 'string', text: 'x' }
    for (let i = 0; i < depth; i++)
      value =
        i % 2 ? { kind: 'array', items: [value] } : { kind: 'list', pairs: [{ key: 'k', value, valueFirst: false }] }
    return { key: 'deep', value, valueFirst: false }
  }
  expect((await sendAndRead(write([...TOOL, nested(60)]), type)).status).toBe(200)
  expect((await sendAndRead(write([...TOOL, nested(100)]), type)).status).toBe(400)
  expect((await sendAndRead(write([...TOOL, nested(400)]), type)).status).toBe(400)
})

it.each(encodings)('JSON in a string may nest as deep as it likes: %s', async (type, write) => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000)
  const objects = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
  const { status, report } = await sendAndRead(
    write([...TOOL, string('gen_ai.tool.call.arguments', objects), string('gen_ai.tool.call.result', deep)]),
    type,
  )
  expect(status).toBe(200)
  expect(JSON.parse(report).runs).toHaveLength(1)
})

it('the process does not grow with every large export', async () => {
  const body = json([...TOOL, string('result', 'x'.repeat(10_000_000))])
  const send = async (times: number) => {
    const headers = { 'Content-Type': 'application/json' }
    for (let i = 0; i < times; i++) {
      const response = await fetch(`${served.url}/v1/traces`, { method: 'POST', body, headers })
      expect([response.status, await response.text()]).toEqual([200, '{}'])
    }
  }
  // What the first ones take is the working size of the heap, which is collected when there is time for it.
  await send(10)
  const before = process.memoryUsage().rss
  await send(40)
  // Bodies that somebody kept would be 400 MB, and copies of them more.
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6)
})
