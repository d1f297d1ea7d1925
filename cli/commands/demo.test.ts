import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { runCli, startCli, tempFolder } from '../test-cli.ts'

test('starts a collector where nobody answers, and a second demo is sent to it', async () => {
  const cwd = tempFolder()
  const endpoint = `http://127.0.0.1:${await freePort()}`
  const first = startCli(['demo'], { cwd, env: { OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/` } })
  await first.printed(/Press Ctrl-C to stop/)
  const second = await runCli(['demo', '--endpoint', endpoint], { cwd })
  expect(second).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`Open ${endpoint}`) })
  expect(await (await fetch(`${endpoint}/api/health`)).json()).toMatchObject({ traces: 6 })
  first.child.kill('SIGINT')
  expect(await first.ended).toMatchObject({ code: 0, stderr: '' })
})

test('a collector that is not Tailrace gets no demo unless it is named', async () => {
  const { endpoint, paths } = await otherCollector()
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }
  const { code, stderr } = await runCli(['demo'], { cwd: tempFolder(), env })
  expect(code).toBe(2)
  expect(stderr).toContain(`--endpoint ${endpoint}`)
  expect(paths).not.toContain('/v1/traces')
  expect((await runCli(['demo', '--endpoint', endpoint], { cwd: tempFolder() })).code).toBe(0)
  expect(paths).toContain('/v1/traces')
})

test('a collector elsewhere that does not answer: 2, and nothing is started', async () => {
  // RFC 6761 keeps .invalid from ever resolving.
  const { code, stdout, stderr } = await runCli(['demo', '--endpoint', 'http://otel.invalid:4318'], {
    cwd: tempFolder(),
  })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('Nobody answers at http://otel.invalid:4318')
})

/** A server that takes any export and answers everything else with a page. */
async function otherCollector(): Promise<{ endpoint: string; paths: string[] }> {
  const paths: string[] = []
  const server = createServer((request, response) => {
    paths.push(request.url ?? '')
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
