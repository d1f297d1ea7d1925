import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { serve } from '../../collector/serve.ts'
import { runCli, tempFolder } from '../test-cli.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/imports/${name}`, import.meta.url))

/** Haystack's spans of one agent with two calls, without content, as it sends them unless told otherwise. */
const HAYSTACK = JSON.stringify({
  resourceSpans: [
    {
      scopeSpans: [
        {
          scope: { name: 'haystack' },
          spans: [
            'haystack.agent.run',
            'haystack.agent.step.llm',
            'haystack.agent.step.tool',
            'haystack.agent.step.tool',
          ].map((name, i) => ({
            traceId: 'a'.repeat(32),
            spanId: String(i + 1).padStart(16, '0'),
            ...(i === 0 ? {} : { parentSpanId: '1'.padStart(16, '0') }),
            name,
            startTimeUnixNano: String(1_804_845_600_000_000_000n + BigInt(i) * 1_000_000_000n),
            endTimeUnixNano: String(1_804_845_600_000_000_000n + BigInt(i === 0 ? 4 : i + 1) * 1_000_000_000n),
            attributes: name.endsWith('tool')
              ? [{ key: 'haystack.tool.name', value: { stringValue: 'get_tide' } }]
              : [],
          })),
        },
      ],
    },
  ],
})

test('names the runs that lack arguments and results, their framework, and its setting', async () => {
  const { code, stdout } = await runCli(['doctor', '-'], { cwd: tempFolder(), input: HAYSTACK })
  expect(code).toBe(0)
  expect(stdout).toContain('Haystack: 1 run, 2 calls; 0 calls with arguments, 0 with results.')
  expect(stdout).toContain('export HAYSTACK_CONTENT_TRACING_ENABLED=true')
  expect(stdout).toContain('docs/frameworks/haystack.md')
})

test('says that all is there; a failed call needs no result; --json for programs', async () => {
  const { code, stdout } = await runCli(['doctor', fixture('jaeger.json'), fixture('codex-rollout.jsonl')], {
    cwd: tempFolder(),
  })
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout:
      'ok   Codex CLI: 1 run, 3 calls, all with arguments and results.\n' +
      'ok   OpenTelemetry GenAI: 1 run, 3 calls, all with arguments and results.\n',
  })
  const json = await runCli(['doctor', '--json', '-'], { cwd: tempFolder(), input: HAYSTACK })
  expect(JSON.parse(json.stdout)).toMatchObject({
    schema: 'tailrace.doctor/1',
    checks: [{ id: 'runs', status: 'problem' }],
    frameworks: [
      {
        name: 'Haystack',
        runs: 1,
        calls: 2,
        withArguments: 0,
        withResults: 0,
        lacking: [{ name: expect.any(String) }],
        byDefault: 'off',
        setting: { code: 'export HAYSTACK_CONTENT_TRACING_ENABLED=true' },
        page: 'docs/frameworks/haystack.md',
      },
    ],
  })
})

test('nobody at the port and no database: what to do, and exit code 3', async () => {
  const { code, stdout } = await runCli(['doctor', '--endpoint', 'http://127.0.0.1:9'], { cwd: tempFolder() })
  expect(code).toBe(3)
  expect(stdout).toContain('note OTEL_EXPORTER_OTLP_ENDPOINT is not set in this shell.')
  expect(stdout).toContain('note Nobody answers at http://127.0.0.1:9')
  expect(stdout).toContain('Start tailrace and leave it running')
  expect(stdout).toMatch(/! {4}No runs: there are no spans/)
})

test('another server on the port', async () => {
  const server = createServer((_, response) => response.end('hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { stdout } = await runCli(['doctor', '--endpoint', endpoint], { cwd: tempFolder() })
  expect(stdout).toContain(`!    Something else than Tailrace answers at ${endpoint}.`)
})

test('a running collector: reached, and its database is the one that is looked at', async () => {
  const cwd = tempFolder()
  const served = await serve({ port: 0, dbFile: join(cwd, 'elsewhere.db'), uiDir: cwd, warn: () => {} })
  onTestFinished(() => served.close())
  const sent = await fetch(`${served.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: HAYSTACK,
  })
  expect(sent.status).toBe(200)
  const { code, stdout } = await runCli(['doctor'], {
    cwd: tempFolder(),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: served.url, OTEL_TRACES_EXPORTER: 'none' },
  })
  expect(code).toBe(0)
  expect(stdout).toContain('OTEL_TRACES_EXPORTER is none')
  expect(stdout).toMatch(/ok {3}Tailrace .* with 4 spans in 1 trace in .*elsewhere\.db/)
  expect(stdout).toContain('Haystack: 1 run')
})

test('names runs without any model call, which say nothing about what waited for what', async () => {
  const spans = JSON.parse(HAYSTACK)
  spans.resourceSpans[0].scopeSpans[0].spans.splice(1, 1)
  const input = JSON.stringify(spans)
  const { stdout } = await runCli(['doctor', '-'], { cwd: tempFolder(), input })
  expect(stdout).toContain('1 run without any model call, so nothing can be judged: ')
  expect((await runCli(['check', '-'], { cwd: tempFolder(), input })).code).toBe(3)
})
