// A token: who may send, and on an address that others can reach, who may read.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { call, frame } from './test-grpc-client.ts'
import { failureOf, send, sendProtobuf } from './test-http-client.ts'
import { PROTOBUF_TYPE, protobufRequest } from './test-payloads.ts'
import { startServer } from './test-server.ts'

const TOKEN = 'a-long-enough-secret'
const BODY = protobufRequest()
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const WRONG = [
  {},
  bearer('wrong'),
  bearer(`${TOKEN}x`),
  bearer(''),
  { authorization: `Basic ${TOKEN}` },
  { authorization: TOKEN },
]

test('exporters must show the token, over HTTP and gRPC, also on loopback', async () => {
  const server = await startServer({ token: TOKEN })
  for (const headers of WRONG) {
    const http = await sendProtobuf(server.port, BODY, { headers })
    expect(http.headers['www-authenticate']).toMatch(/^Bearer/)
    expect(failureOf(http)).toMatchObject({ status: 401, code: 16, type: PROTOBUF_TYPE })
    expect(await call(server.grpcPort, { bytes: frame(BODY), headers })).toMatchObject({ http: 200, grpc: 16 })
  }
  expect(server.countStored()).toBe(0)
  for (const headers of [bearer(TOKEN), { authorization: `bearer  ${TOKEN}` }]) {
    expect((await sendProtobuf(server.port, BODY, { headers })).status).toBe(200)
    expect((await call(server.grpcPort, { bytes: frame(BODY), headers })).grpc).toBe(0)
  }
  expect(server.countStored()).toBe(1)
})

test('on loopback the page and the API need no token', async () => {
  const server = await startServer({ token: TOKEN })
  expect((await send(server.port, { method: 'GET', path: '/api/runs' })).status).toBe(200)
})

test('elsewhere readers need it too: a header for programs, a login by address for the page', async () => {
  const uiDir = mkdtempSync(join(tmpdir(), 'tailrace-ui-'))
  onTestFinished(() => rmSync(uiDir, { recursive: true }))
  writeFileSync(join(uiDir, 'index.html'), '<title>the page</title>')
  const server = await startServer({ token: TOKEN, host: '0.0.0.0', uiDir })
  const get = (path: string, headers = {}) => send(server.port, { method: 'GET', path, headers })

  for (const path of ['/api/runs', '/api/health', '/api/events', '/', '/index.html', '/?token=wrong']) {
    expect((await get(path)).status, path).toBe(401)
  }
  expect((await get('/')).text).toMatch(/\?token=/)
  expect((await get('/api/runs', bearer(TOKEN))).status).toBe(200)

  const login = await get(`/?token=${TOKEN}&theme=dark`)
  expect([login.status, login.headers.location]).toEqual([303, '/?theme=dark'])
  const [cookie] = login.headers['set-cookie']!
  expect(cookie).toMatch(/^tailrace_session=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/)
  const session = { cookie: cookie!.split(';', 1)[0]! }
  expect((await get('/', session)).text).toContain('the page')
  expect((await get('/api/runs', session)).status).toBe(200)
  // A cookie is for reading: exporters show the token.
  expect((await sendProtobuf(server.port, BODY, { headers: session })).status).toBe(401)
  expect((await get('/api/runs', { cookie: 'tailrace_session=0' })).status).toBe(401)
  expect((await get('/api/runs', { cookie: `tailrace_session=${TOKEN}` })).status).toBe(401)
})

test('a login leads nowhere else', async () => {
  const server = await startServer({ token: TOKEN, host: '0.0.0.0' })
  const { status, headers } = await send(server.port, { method: 'GET', path: `//evil.example/?token=${TOKEN}` })
  expect([status, headers.location]).toEqual([303, '/evil.example/'])
})

test('a preflight of an allowed origin needs no token, its POST does', async () => {
  const origin = 'https://app.example'
  const server = await startServer({ token: TOKEN, corsOrigins: [origin] })
  const preflight = { Origin: origin, 'Access-Control-Request-Method': 'POST' }
  expect((await send(server.port, { method: 'OPTIONS', headers: preflight })).status).toBe(204)
  const refused = await sendProtobuf(server.port, BODY, { headers: { Origin: origin } })
  expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, origin])
  expect((await sendProtobuf(server.port, BODY, { headers: { Origin: origin, ...bearer(TOKEN) } })).status).toBe(200)
})
