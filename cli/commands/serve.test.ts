import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
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

test('an address that others can reach is warned about', async () => {
  const cli = startCli(['serve', '--port', '0', '--host', '0.0.0.0'], { cwd: tempFolder() })
  await cli.printed(/Tailrace is at http:\/\/localhost:\d+\n/)
  cli.child.kill('SIGTERM')
  expect((await cli.ended).stderr).toMatch(/^tailrace: warning: 0\.0\.0\.0 can be reached from other machines/)
})

test('--demo fills an empty database, and check finds its waterfall', async () => {
  const cwd = tempFolder()
  const cli = startCli(['serve', '--port', '0', '--demo'], { cwd })
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
