// Loopback is not a boundary: what web pages can send, and what they may.

import { expect, test } from 'vitest'
import { failureOf, send, sendJson } from './test-http-client.ts'
import { jsonRequest, jsonSpan } from './test-payloads.ts'
import { startServer } from './test-server.ts'

const BODY = jsonRequest(jsonSpan())
const APP = 'https://app.example'
const preflight = {
  method: 'OPTIONS',
  headers: {
    Origin: APP,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type,authorization',
  },
}

test('T90 a CORS preflight gets no permission', async () => {
  const server = await startServer()
  const answer = await send(server.port, preflight)
  expect(answer.status).toBe(403)
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
})

test('T91 a POST from a foreign Origin is 403 and stores nothing', async () => {
  const server = await startServer()
  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
    const answer = await sendJson(server.port, BODY, { headers: { Origin: origin } })
    expect(failureOf(answer)).toMatchObject({ status: 403, code: 7 })
  }
  expect(server.countStored()).toBe(0)
})

test('T92 a foreign Host, as DNS rebinding has it, is 403 for exports, the API and the page', async () => {
  const server = await startServer()
  const headers = { Host: 'rebound.example' }
  expect(failureOf(await sendJson(server.port, BODY, { headers }))).toMatchObject({ status: 403, code: 7 })
  expect((await send(server.port, { method: 'GET', path: '/api/runs', headers })).status).toBe(403)
  expect((await send(server.port, { method: 'GET', path: '/', headers })).status).toBe(403)
  expect(server.countStored()).toBe(0)
})

test('T93 what a page can send without a preflight, text/plain, is 415', async () => {
  const server = await startServer()
  const answer = await send(server.port, { type: 'text/plain', body: BODY, headers: { 'Sec-Fetch-Mode': 'no-cors' } })
  expect(failureOf(answer)).toMatchObject({ status: 415, code: 3 })
  expect(server.countStored()).toBe(0)
})

test('an origin that was allowed by name may send, and read nothing', async () => {
  const server = await startServer({ corsOrigins: [APP] })
  const permission = await send(server.port, preflight)
  expect(permission.status).toBe(204)
  expect(permission.headers).toMatchObject({
    'access-control-allow-origin': APP,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type,authorization',
  })
  const answer = await sendJson(server.port, BODY, { headers: { Origin: APP } })
  expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, APP])
  const reading = await send(server.port, { method: 'GET', path: '/api/runs', headers: { Origin: APP } })
  expect([reading.status, reading.headers['access-control-allow-origin']]).toEqual([403, undefined])
  const other = await send(server.port, {
    ...preflight,
    headers: { ...preflight.headers, Origin: 'https://b.example' },
  })
  expect([other.status, other.headers['access-control-allow-origin']]).toEqual([403, undefined])
})

test('every answer forbids what is not the page’s own', async () => {
  const server = await startServer()
  for (const request of [{ method: 'GET', path: '/' }, { method: 'GET', path: '/api/runs' }, { path: '/v1/traces' }]) {
    const { headers } = await send(server.port, request)
    expect(headers['content-security-policy']).toMatch(/^default-src 'self'/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})
