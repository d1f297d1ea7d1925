import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { TraceRequestType } from '../otlp/schema.ts'
import { UnreadableFile } from './format.ts'
import { readTraces } from './read-traces.ts'
import { telemetryOf } from './telemetry-of.ts'

const span = (id: number) => ({ traceId: '1'.repeat(32), spanId: String(id).padStart(16, '0'), name: `s${id}` })
const request = (...ids: number[]) => ({ resourceSpans: [{ scopeSpans: [{ spans: ids.map(span) }] }] })

/** In pieces of `size` bytes. */
async function* chunksOf(content: string | Uint8Array, size = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const spansOf = async (chunks: AsyncIterable<Uint8Array>) => (await telemetryOf(chunks)).spans

const namesIn = async (content: string | Uint8Array, size?: number) =>
  (await spansOf(chunksOf(content, size))).map(({ name }) => name)

const errorOf = (content: string | Uint8Array) =>
  spansOf(chunksOf(content)).then(
    () => 'no error',
    (error: unknown) => (error instanceof UnreadableFile ? error.message : Promise.reject(error)),
  )

const protobuf = (name: string) => {
  const spans = [{ traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 1), name }]
  return Buffer.from(TraceRequestType.encode({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).finish())
}

const framed = (...messages: Uint8Array[]) =>
  Buffer.concat(
    messages.flatMap((message) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(message.length)
      return [length, message]
    }),
  )

describe('accepts OTLP', () => {
  test.each([
    ['on one line', JSON.stringify(request(1, 2))],
    ['on many', `\n  ${JSON.stringify(request(1, 2), null, 2)}\n`],
    [
      'as lines, blank ones and those of metrics passed over',
      `${JSON.stringify(request(1))}\n\n{"resourceMetrics":[]}\r\n${JSON.stringify(request(2))}\n`,
    ],
    ['as an array of requests', JSON.stringify([request(1), request(2)])],
    ["as Jaeger's api/v3 answers", JSON.stringify({ result: request(1, 2) })],
    ['with a mark in front', `\ufeff${JSON.stringify(request(1, 2))}`],
    ['compressed with gzip', gzipSync(JSON.stringify(request(1, 2)))],
    ['as two requests in protobuf, one after the other', Buffer.concat([protobuf('s1'), protobuf('s2')])],
    ["as the Collector's file exporter frames protobuf", framed(protobuf('s1'), protobuf('s2'))],
    ['as it frames JSON', framed(Buffer.from(JSON.stringify(request(1))), Buffer.from(JSON.stringify(request(2))))],
  ])('%s', async (_, content) => {
    expect(await namesIn(content)).toEqual(['s1', 's2'])
    expect(await namesIn(content, 7)).toEqual(['s1', 's2'])
  })

  test('protobuf also where its first bytes look like JSON', async () => {
    // A first group of 0x7b bytes makes the file start with a line break and an opening brace.
    const bytes = protobuf('x'.repeat(0x7b - 34))
    expect([...bytes.subarray(0, 2)]).toEqual([0x0a, 0x7b])
    expect(await namesIn(bytes)).toEqual(['x'.repeat(0x7b - 34)])
  })

  test('log records, as requests of their own', async () => {
    const found = []
    for await (const imported of readTraces(
      chunksOf(`${JSON.stringify(request(1))}\n{"resourceLogs":[{"scopeLogs":[]}]}`),
    )) {
      found.push(imported.kind === 'request' ? imported.signal : imported.kind)
    }
    expect(found).toEqual(['traces', 'logs'])
  })
})

const files = ['captures', 'imports'].flatMap((folder) => {
  const url = new URL(`../../fixtures/${folder}/`, import.meta.url)
  return readdirSync(url)
    .filter((name) => /\.jsonl?$/.test(name))
    .map((name) => [name, new URL(name, url)] as const)
})

test.each(files)('%s gives the same whatever the pieces that it comes in', async (_, url) => {
  const whole = await spansOf(createReadStream(url))
  expect(whole.length).toBeGreaterThan(3)
  expect(await spansOf(chunksOf(readFileSync(url), 61))).toEqual(whole)
})

describe('says what is wrong and where', () => {
  test.each([
    ['an empty file', ' \n', 'the file is empty; tried OTLP JSON'],
    ['text', 'hello', 'this is no JSON and no protobuf; tried OTLP JSON'],
    [
      'JSON of another kind',
      '{"name":"tailrace","a":{"b":1}}',
      'this JSON has "name", "a", which no known format begins with; tried OTLP JSON ("resourceSpans"',
    ],
    ['a list of another kind', '[{"x":1}]', 'this JSON has "*", "x", which'],
    ['no list', `${JSON.stringify(request(1))}\n\n{"resourceSpans":7}\n`, 'line 3: expected a list at $.resourceSpans'],
    ['a bad item', '{"resourceSpans":[\n{"scopeSpans":7}]}', 'line 2: '],
    [
      'a line cut off',
      `${JSON.stringify(request(1))}\n{"resourceSpans":[`,
      'line 2: not JSON: the file ends in the middle',
    ],
    [
      'an error in a document of many lines',
      '{\n  "resourceSpans": [\n    oops\n  ]\n}',
      'line 3: not JSON: a value is missing',
    ],
    ['no comma', '{"resourceSpans":[{} {}]}', 'line 1: not JSON: a comma or ] is missing'],
    ['a bad id', '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"1"}]}]}]}', 'line 1: '],
    [
      'a span without ids',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}',
      '1 of 1 spans have no valid trace id',
    ],
    ['protobuf cut off', protobuf('s1').subarray(0, 30), 'it ends in the middle of a message'],
    ['gzip cut off', gzipSync('{"resourceSpans":[]}'.repeat(3)).subarray(0, 20), 'cannot decompress it as gzip'],
    [
      'a Jaeger span without a time',
      '{"data":[{"traceID":"1","spans":[{"traceID":"1","spanID":"2","operationName":"x"}]}]}',
      'line 1: the span x has no valid traceID',
    ],
    ['a rollout without times', '{"type":"response_item","payload":{"type":"reasoning"}}', 'has no time'],
  ])('%s', async (_, content, message) => expect(await errorOf(content)).toContain(message))
})
