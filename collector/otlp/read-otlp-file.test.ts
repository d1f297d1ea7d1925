import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readOtlpFile } from './read-otlp-file.ts'
import { TraceRequestType } from './schema.ts'

const span = (id: number) => ({ traceId: '1'.repeat(32), spanId: String(id).padStart(16, '0'), name: `s${id}` })
const request = (...ids: number[]) => ({ resourceSpans: [{ scopeSpans: [{ spans: ids.map(span) }] }] })

function namesIn(text: string | Uint8Array) {
  const read = readOtlpFile(typeof text === 'string' ? Buffer.from(text) : text)
  if (!read.ok) throw new Error(read.error)
  return read.value.spans.map(({ name }) => name)
}

const errorOf = (text: string) => {
  const read = readOtlpFile(Buffer.from(text))
  return read.ok ? 'no error' : read.error
}

describe('accepts', () => {
  test('one request in JSON, on one line or many', () => {
    expect(namesIn(JSON.stringify(request(1, 2)))).toEqual(['s1', 's2'])
    expect(namesIn(`\n  ${JSON.stringify(request(1, 2), null, 2)}\n`)).toEqual(['s1', 's2'])
  })

  test('JSON lines, blank ones and those of other signals passed over', () => {
    const lines = [JSON.stringify(request(1)), '', '{"resourceMetrics":[]}\r', JSON.stringify(request(2)), '']
    expect(namesIn(lines.join('\n'))).toEqual(['s1', 's2'])
  })

  test('a JSON array of requests', () => {
    expect(namesIn(JSON.stringify([request(1), request(2)]))).toEqual(['s1', 's2'])
  })

  test('protobuf, also where its first bytes look like JSON', () => {
    // A first group of 0x7b bytes makes the file start with a line break and an opening brace.
    for (const name of ['x', 'x'.repeat(0x7b - 34)]) {
      const group = { scopeSpans: [{ spans: [{ traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 1), name }] }] }
      const bytes = TraceRequestType.encode({ resourceSpans: [group] }).finish()
      if (name !== 'x') expect([...bytes.subarray(0, 2)]).toEqual([0x0a, 0x7b])
      expect(namesIn(bytes)).toEqual([name])
    }
  })

  const captures = new URL('../../fixtures/captures/', import.meta.url)
  test.each(readdirSync(captures).filter((name) => name.endsWith('.json')))('real exporter output: %s', (name) => {
    expect(namesIn(readFileSync(new URL(name, captures))).length).toBeGreaterThan(5)
  })
})

describe('says what is wrong and where', () => {
  test.each([
    ['an empty file', ' \n', 'the file is empty; expected an OTLP ExportTraceServiceRequest'],
    ['text', 'hello', 'not an ExportTraceServiceRequest in protobuf'],
    ['JSON of another kind', '{"name":"tailrace"}', 'this JSON has no "resourceSpans"'],
    ['a bad line', `${JSON.stringify(request(1))}\n\n{"resourceSpans":7}\n`, 'line 3: resourceSpans is a number'],
    ['a line cut off', `${JSON.stringify(request(1))}\n{"resourceSpans":[`, 'line 2: not JSON'],
    ['a bad request in an array', '[{"resourceSpans":[]},{}]', 'request 2: this JSON has no "resourceSpans"'],
    ['an error in a document of many lines', '{\n  "resourceSpans": [\n    oops\n  ]\n}', 'line 3: not JSON'],
    ['a bad id', '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"1"}]}]}]}', 'expected 32 hex digits'],
    [
      'a span without ids',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}',
      '1 of 1 spans have no valid trace id',
    ],
  ])('%s', (_, text, message) => expect(errorOf(text)).toContain(message))
})
