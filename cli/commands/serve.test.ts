import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { call, frame } from '../../collector/conformance/test-grpc-client.ts'
import { openDatabase } from '../../collector/database.ts'
import { requestToJson } from '../../collector/otlp/span-to-json.ts'
import { insertSpans } from '../../collector/store/insert-spans.ts'
import { draw } from '../../fixtures/draw.ts'
import { runCli, startCli, tempFolder } from '../test-cli.ts'

const { spans } = draw(readFileSync(new URL('../../fixtures/drawings/linear-chain.txt', import.meta.url), 'utf8'))
const ADDRESS = /Tailrace is at (http:\/\/127\.0\.0\.1:(\d+))\n/

test('prints address, database and what to paste; keeps what it got; ends with 0 when asked to', async () => {
  const cwd = tempFolder()
  const uiDir = join(cwd, 'ui')
  mkdirSync(uiDir)
  writeFileSync(join(uiDir, 'index.html'), '<title>the page</title>')
  const cli = startCli(['--port', '0', '--ui-dir', uiDir], { cwd })
  const [, url] = await cli.printed(ADDRESS)
  await cli.printed(new RegExp(`Database .tailrace/tailrace.db\n[^]*export OTEL_EXPORTER_OTLP_ENDPOINT=${url}\n`))
  expect(await (await fetch(`${url}/`)).text()).toContain('the page')
  const answer = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestToJson(spans)),
  })
  expect(answer.status).toBe(200)
  cli.child.kill('SIGTERM')
  expect(await cli.ended).toMatchObject({ code: 0, stderr: '' })
  expect(readFileSync(join(cwd, '.tailrace', '.gitignore'), 'utf8')).toBe('*\n')
  expect(await runCli(['check'], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining('1 within') })
})

test('a port that another Tailrace has: 2, and says which', async () => {
  const cwd = tempFolder()
  const first = startCli(['serve', '--port', '0', '--db', 'first.db'], { cwd })
  const [, url, port] = await first.printed(ADDRESS)
  const { code, stdout, stderr } = await runCli(['serve', '--port', port!, '--db', 'second.db'], { cwd })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(`already at ${url}`)
  expect(stderr).toContain('first.db')
  expect(existsSync(join(cwd, 'second.db'))).toBe(false)
  first.child.kill('SIGINT')
  expect((await first.ended).code).toBe(0)
})

test('a port that something else has: 2, and says what to do', async () => {
  const port = await otherServer()
  const { code, stderr } = await runCli(['serve', '--port', String(port)], { cwd: tempFolder() })
  expect(code).toBe(2)
  expect(stderr).toMatch(/is taken.*--port/)
})

test('a gRPC port that something else has: 2, and says what to do', async () => {
  const port = await otherServer()
  const args = ['serve', '--port', '0', '--grpc-port', String(port)]
  const { code, stderr } = await runCli(args, { cwd: tempFolder() })
  expect(code).toBe(2)
  expect(stderr).toMatch(new RegExp(`port ${port} on 127.0.0.1 is taken.*--grpc-port.*--no-grpc`))
  const cli = startCli(['serve', '--port', '0', '--no-grpc'], { cwd: tempFolder() })
  await cli.printed(ADDRESS)
  cli.child.kill('SIGTERM')
  expect((await cli.ended).stdout).not.toContain('gRPC')
})

test('says where gRPC is, and takes it there', async () => {
  const cli = startCli(['serve', '--port', '0'], { cwd: tempFolder() })
  const [, port] = await cli.printed(/OTLP over gRPC at http:\/\/127\.0\.0\.1:(\d+)\n/)
  expect(await call(Number(port), { bytes: frame(Buffer.alloc(0)) })).toMatchObject({ http: 200, grpc: 0 })
})

test('an address that others can reach is warned about, unless a token is set', async () => {
  const args = ['serve', '--port', '0', '--host', '0.0.0.0']
  const open = startCli(args, { cwd: tempFolder() })
  await open.printed(/Tailrace is at http:\/\/localhost:\d+\n/)
  open.child.kill('SIGTERM')
  expect((await open.ended).stderr).toMatch(
    /^tailrace: warning: 0\.0\.0\.0 can be reached from other machines, and no token is set/,
  )
  const closed = startCli(args, { cwd: tempFolder(), env: { TAILRACE_TOKEN: 'secret' } })
  const [, port] = await closed.printed(/Tailrace is at http:\/\/localhost:(\d+)\n/)
  await closed.printed(/Open the page with \?token=[\s\S]*OTEL_EXPORTER_OTLP_HEADERS/)
  const statusOf = async (headers: Record<string, string>) =>
    (await fetch(`http://127.0.0.1:${port}/api/runs`, { headers })).status
  expect([await statusOf({}), await statusOf({ authorization: 'Bearer secret' })]).toEqual([401, 200])
  closed.child.kill('SIGTERM')
  const { stdout, stderr } = await closed.ended
  expect(stderr).toBe('')
  expect(stdout).not.toContain('secret')
})

test.each([
  [['--token', 'two words'], /token/],
  [['--token', ''], /token/],
  [['--cors-origin', '*'], /origin/],
  [['--cors-origin', 'https://app.example/path'], /origin/],
  [['--max-body', '64'], /unit/],
  [['--max-body', '2GiB'], /1 GiB/],
  [['--grpc-port', '70000'], /port/],
])('%j is refused: 2', async (args, message) => {
  const { code, stderr } = await runCli(['serve', '--port', '0', ...args], { cwd: tempFolder() })
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
})

test('--max-body and --cors-origin reach the server', async () => {
  const args = ['serve', '--port', '0', '--max-body', '1KiB', '--cors-origin', 'https://a.example']
  const cli = startCli([...args, '--cors-origin', 'https://b.example'], { cwd: tempFolder() })
  const [, url] = await cli.printed(ADDRESS)
  const headers = { 'content-type': 'application/json' }
  const post = (body: string, more = {}) =>
    fetch(`${url}/v1/traces`, { method: 'POST', headers: { ...headers, ...more }, body })
  expect((await post(' '.repeat(1025))).status).toBe(413)
  for (const origin of ['https://a.example', 'https://b.example']) {
    expect((await post('{}', { origin })).headers.get('access-control-allow-origin')).toBe(origin)
  }
})

test('--demo fills an empty database, with a token too, and check finds its waterfall', async () => {
  const cwd = tempFolder()
  const cli = startCli(['serve', '--port', '0', '--demo', '--token', 'secret'], { cwd })
  await cli.printed(/Open http/)
  // While it serves: another process reads what it writes.
  const { code, stdout } = await runCli(['check', '--budget', '200ms'], { cwd })
  expect(code).toBe(1)
  expect(stdout).toMatch(/1 over, 2 within, 0 not judged\n$/)
  const answer = await (await fetch(`${(await cli.printed(ADDRESS))[1]}/api/health`)).json()
  expect(answer).toMatchObject({ traces: 3 })
})

test('--demo leaves a database with traces alone', async () => {
  const cwd = tempFolder()
  const store = openDatabase(join(cwd, 'runs.db'))
  if (!store.ok) throw new Error(store.error)
  insertSpans(store.value, spans)
  store.value.close()
  const cli = startCli(['serve', '--port', '0', '--demo', '--db', 'runs.db'], { cwd })
  await cli.printed(/the demo was not run/)
  cli.child.kill('SIGINT')
  expect((await cli.ended).stdout).not.toContain('Running the demo')
})

/** The port of a server that is not Tailrace, on loopback. */
async function otherServer(): Promise<number> {
  const server = createServer((_, response) => response.end('hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}
