// Secrets are taken out of what is stored, wherever in a request they stand, and nothing else changes.

import { describe, expect, test } from 'vitest'
import { createRedactor } from '../redaction/redactor.ts'
import { BODY_END, BODY_START, NAME_END, NAME_START, type RowBatch } from '../rows/row-batch.ts'
import { decodeBatch } from './decode-rows.ts'
import type { Encoding } from './encoding.ts'
import { readRows } from './read-rows.ts'
import { TraceRequestType } from './schema.ts'

const KEY = `sk-proj-${'Ab3dEf6hIj9lMn2p'.repeat(3)}`
const ID = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }

const text = (key: string, value: string) => ({ key, value: { stringValue: value } })

const request = {
  resourceSpans: [
    {
      resource: { attributes: [text('service.name', 'agent'), text('db.password', 'hunter2x')] },
      scopeSpans: [
        {
          spans: [
            {
              ...ID,
              name: `run "${KEY}"`,
              attributes: [
                text('plain', 'x'.repeat(200)),
                {
                  key: 'nested',
                  value: {
                    kvlistValue: {
                      values: [
                        text('api_key', 'q7w8e9r0t1y2'),
                        { key: 'list', value: { arrayValue: { values: [{ stringValue: `Bearer ${KEY}` }] } } },
                        { key: 'n', value: { intValue: '7' } },
                      ],
                    },
                  },
                },
                text('after', 'unchanged'),
              ],
              events: [{ name: 'exception', attributes: [text('exception.message', `bad key ${KEY}`)] }],
              links: [{ ...ID, attributes: [text('password', 'hunter3x')] }],
              status: { code: 2, message: `refused ${KEY}` },
            },
            { ...ID, spanId: 'c'.repeat(16), name: 'clean' },
          ],
        },
      ],
    },
  ],
}

const SECRETS = [KEY, 'hunter2x', 'hunter3x', 'q7w8e9r0t1y2']

function bytesOf(encoding: Encoding): Uint8Array {
  if (encoding === 'json') return Buffer.from(JSON.stringify(request))
  const idsInBase64 = (key: string, value: unknown) =>
    /^(trace|span)Id$/.test(key) ? Buffer.from(value as string, 'hex').toString('base64') : value
  const message = TraceRequestType.fromObject(JSON.parse(JSON.stringify(request, idsInBase64)))
  return TraceRequestType.encode(message).finish()
}

function read(encoding: Encoding, body = bytesOf(encoding)): RowBatch {
  const batch = readRows('traces', encoding, body, createRedactor())
  if (!batch.ok) throw new Error(batch.error)
  return batch.value
}

const slice = ({ body, extra, rows }: RowBatch, start: number, end: number): string =>
  Buffer.concat([body, extra]).toString('latin1', rows[start]!, rows[end]!)

describe.each(['protobuf', 'json'] as const)('%s', (encoding) => {
  test('no secret is left in a body, a name or a resource', () => {
    const batch = read(encoding)
    const [first] = decodeBatch(batch)
    const stored = [
      slice(batch, BODY_START, BODY_END),
      slice(batch, NAME_START, NAME_END),
      JSON.stringify([...(first?.resource ?? [])]),
    ]
    for (const part of stored) for (const secret of SECRETS) expect(part).not.toContain(secret)
    expect(first?.resource.get('db.password')).toMatch(/^\[redacted:/)
  })

  test('everything else is as it was', () => {
    const [first, second] = decodeBatch(read(encoding))
    expect(first).toMatchObject({
      ...ID,
      status: { code: 2, message: expect.stringMatching(/^refused \[redacted:.*\]$/) },
    })
    expect(first?.name).toMatch(/^run "\[redacted:.*\]"$/)
    expect(first?.resource.get('service.name')).toBe('agent')
    expect([first?.attributes.get('plain'), first?.attributes.get('after')]).toEqual(['x'.repeat(200), 'unchanged'])
    const nested = first?.attributes.get('nested') as ReadonlyMap<string, unknown>
    expect([...nested.keys(), nested.get('n')]).toEqual(['api_key', 'list', 'n', 7])
    expect(nested.get('list')).toEqual([expect.stringMatching(/^Bearer \[redacted:.*\]$/)])
    expect(first?.events[0]?.attributes.get('exception.message')).toMatch(/^bad key \[redacted:.*\]$/)
    expect(first?.links).toMatchObject([ID])
    expect(second).toMatchObject({ spanId: 'c'.repeat(16), name: 'clean' })
  })
})

test('a request without secrets is not copied', () => {
  const spans = [{ ...ID, name: 'n', attributes: [text('a', 'b')] }]
  const body = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
  expect(read('json', body).extra).toHaveLength(0)
})

test('a name that stands after its value is seen in time', () => {
  const value = '"value":{"stringValue":"hunter2x"},"key":"db.password"'
  const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${ID.traceId}","spanId":"${ID.spanId}","attributes":[{${value}}]}]}]}]}`
  expect(decodeBatch(read('json', Buffer.from(body)))[0]?.attributes.get('db.password')).toMatch(/^\[redacted:/)
  // Span { 1: trace id, 2: span id, 9: { 2: { 1: "hunter2x" }, 1: "password" } }
  const pair = [0x12, 10, 0x0a, 8, ...Buffer.from('hunter2x'), 0x0a, 8, ...Buffer.from('password')]
  const span = [0x0a, 16, ...Array(16).fill(1), 0x12, 8, ...Array(8).fill(2), 0x4a, pair.length, ...pair]
  const scope = [0x12, span.length, ...span]
  const group = [0x12, scope.length, ...scope]
  const protobuf = Uint8Array.from([0x0a, group.length, ...group])
  expect(decodeBatch(read('protobuf', protobuf))[0]?.attributes.get('password')).toMatch(/^\[redacted:/)
})
