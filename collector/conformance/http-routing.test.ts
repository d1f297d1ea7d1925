// Paths, methods and media types of OTLP/HTTP.

import { expect, test } from 'vitest'
import { failureOf, send } from './test-http-client.ts'
import { JSON_TYPE, jsonRequest, jsonSpan, PROTOBUF_TYPE, protobufRequest } from './test-payloads.ts'
import { startServer } from './test-server.ts'

const JSON_BODY = jsonRequest(jsonSpan())

test.each([
  ['T40 no Content-Type', undefined, JSON_TYPE],
  ['T41 text/plain, which browsers send without asking', 'text/plain', JSON_TYPE],
  ['T42 application/protobuf is not the media type', 'application/protobuf', JSON_TYPE],
])('%s is 415 with a Status', async (_, type, answered) => {
  const server = await startServer()
  const answer = await send(server.port, { body: JSON_BODY, ...(type === undefined ? {} : { type }) })
  expect(failureOf(answer)).toMatchObject({ status: 415, type: answered, code: 3 })
  expect(server.countStored()).toBe(0)
})

test.each([
  ['T43 GET', 'GET'],
  ['T44 PUT', 'PUT'],
])('%s is 405 and says what is allowed', async (_, method) => {
  const server = await startServer()
  for (const path of ['/v1/traces', '/v1/logs', '/v1/metrics']) {
    const answer = await send(server.port, { method, path })
    expect(answer.headers.allow).toBe('POST')
    expect(failureOf(answer)).toMatchObject({ status: 405, type: JSON_TYPE, code: 12 })
  }
})

test.each([
  ['T45 an unknown path', '/v1/nothing'],
  ['T46 a slash at the end', '/v1/traces/'],
  ['T49 profiles', '/v1development/profiles'],
])('%s is 404 with a Status in the encoding of the request', async (_, path) => {
  const server = await startServer()
  const answer = await send(server.port, { path, type: PROTOBUF_TYPE, body: protobufRequest() })
  expect(failureOf(answer)).toMatchObject({ status: 404, type: PROTOBUF_TYPE, code: 12 })
})

test('T47 metrics are accepted and dropped, which is said once', async () => {
  const server = await startServer()
  const body = '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m"}]}]}]}'
  for (const request of [{ body: '{}' }, { body }]) {
    const answer = await send(server.port, { path: '/v1/metrics', type: JSON_TYPE, ...request })
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([200, JSON_TYPE, '{}'])
  }
  expect(server.warnings).toEqual([expect.stringMatching(/^metrics are arriving.*dropped/)])
})

test('T48 logs are taken', async () => {
  const server = await startServer()
  for (const [type, body, text] of [
    [JSON_TYPE, '{}', '{}'],
    [PROTOBUF_TYPE, '', ''],
  ] as const) {
    const answer = await send(server.port, { path: '/v1/logs', type, body })
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([200, type, text])
  }
  expect(server.warnings).toEqual([])
})
