// The guard, the API and the page without a socket: `app.request()` against a store in a temporary file.

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Health, RunsPage } from '../../analyzer/model/api.ts'
import type { Report } from '../../analyzer/model/report.ts'
import type { Span } from '../../analyzer/model/span.ts'
import { draw } from '../../fixtures/draw.ts'
import { RpcStatusType } from '../otlp/schema.ts'
import { requestToJson } from '../otlp/span-to-json.ts'
import type { Store } from '../store/store.ts'
import { createAnalysedTraces } from './analysed-traces.ts'
import { createApp } from './app.ts'
import type { RouteContext } from './route-context.ts'
import { openTestStore, type TestStore } from './test-context.ts'

const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'

const drawing = (name: string) =>
  draw(readFileSync(new URL(`../../fixtures/drawings/${name}.txt`, import.meta.url), 'utf8'))

let opened: TestStore
let store: Store
let warnings: string[]
let context: RouteContext
let app: Hono

beforeAll(() => {
  opened = openTestStore((line) => warnings.push(line))
  store = opened.store
})

beforeEach(() => {
  store.writer.exec('DELETE FROM spans; DELETE FROM traces')
  warnings = []
  context = {
    ...opened.context,
    traces: createAnalysedTraces(store, {}),
    uiDir: mkdtempSync(join(opened.folder, 'ui-')),
  }
  app = createApp(context)
})

afterAll(async () => {
  await opened.close()
})

const post = (body: string | Uint8Array, headers: Record<string, string>, path = '/v1/traces') =>
  app.request(path, { method: 'POST', body: typeof body === 'string' ? body : new Uint8Array(body), headers })

const requestOf = (spans: readonly Span[]) => JSON.stringify(requestToJson(spans))

const send = (spans: readonly Span[]) => post(requestOf(spans), { 'Content-Type': JSON_TYPE })

/** The Status in a body, whatever its encoding, and that encoding. */
async function statusOf(response: Response): Promise<{ code: number; message: string; type: string | null }> {
  const type = response.headers.get('content-type')
  const bytes = new Uint8Array(await response.arrayBuffer())
  const status = (
    type === PROTOBUF_TYPE
      ? RpcStatusType.toObject(RpcStatusType.decode(bytes))
      : JSON.parse(new TextDecoder().decode(bytes))
  ) as { code: number; message: string }
  return { ...status, type }
}

describe('who may ask', () => {
  test.each([
    ['localhost:4318', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:4318', 200],
    ['[::1]:4318', 200],
    ['tailrace.internal', 200],
    ['evil.example', 403],
    ['localhost.evil.example:4318', 403],
    ['127.0.0.1.nip.io', 403],
    ['a b', 403],
  ])('Host %s: %i', async (host, status) => {
    expect((await app.request('/api/health', { headers: { Host: host } })).status).toBe(status)
  })

  test.each([
    ['http://localhost:4318', 200],
    ['http://127.0.0.1:5173', 200],
    ['https://tailrace.internal', 200],
    ['https://evil.example', 403],
    ['null', 403],
    ['file://', 403],
  ])('Origin %s: %i', async (origin, status) => {
    const headers = { Host: 'localhost:4318', Origin: origin, 'Content-Type': JSON_TYPE }
    expect((await post('{}', headers)).status).toBe(status)
  })

  test('the refusal of an export is a Status', async () => {
    const response = await post('', { Host: 'evil.example', 'Content-Type': PROTOBUF_TYPE })
    expect(await statusOf(response)).toMatchObject({ code: 7, type: PROTOBUF_TYPE })
  })

  test('bound to a real address, any Host will do, and the page it served itself is trusted', async () => {
    app = createApp({ ...context, loopback: false })
    const ask = async (host: string, origin: string) =>
      (await app.request('/api/health', { headers: { Host: host, Origin: origin } })).status
    expect(await ask('10.0.0.7:4318', 'http://10.0.0.7:4318')).toBe(200)
    expect(await ask('10.0.0.7:4318', 'http://evil.example')).toBe(403)
  })
})

describe('the runs API', () => {
  const getRuns = async (query = '') => (await (await app.request(`/api/runs${query}`)).json()) as RunsPage

  test('an empty database has no runs', async () => {
    expect(await getRuns()).toEqual({ runs: [], traceIds: [], next: null, failed: [] })
  })

  test('an agent’s span around no call is no run, and the list says what is missing', async () => {
    const { spans, runId } = drawing('false-linear-chain')
    await send(spans.filter(({ spanId }) => spanId === runId))
    const { runs, why } = await getRuns()
    expect(runs).toEqual([])
    expect(why).toMatch(/^No runs: of the 1 span, 1 is an agent's .*no model or tool call is there/)
  })

  test('a run is one line with its figures', async () => {
    const { spans, traceId, runId } = drawing('false-linear-chain')
    await send(spans)
    const { runs } = await getRuns()
    // The drawing's own sums: 3300 ms, 2300 ms with both searches in the first turn.
    expect(runs).toEqual([
      {
        runId,
        traceId,
        parentRunId: null,
        name: expect.any(String),
        framework: expect.any(String),
        startTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/),
        durationMs: 3300,
        achievableMs: 2300,
        serializedMs: 1000,
        serializedUpToMs: 1000,
        planSavedMs: 1000,
        share: expect.closeTo(1000 / 3300, 6),
        turns: 4,
        calls: 3,
        withArguments: 3,
        withResults: 3,
        errors: 0,
        findings: 2,
        spans: spans.length,
        live: false,
        replayOk: true,
      },
    ])
  })

  test('a run is live until its root span arrives', async () => {
    const { spans, runId } = drawing('false-linear-chain')
    await send(spans.filter((span) => span.spanId !== runId))
    expect((await getRuns()).runs).toMatchObject([{ runId, live: true, spans: spans.length - 1 }])
    expect((await app.request(`/api/runs/${runId}`)).status).toBe(200)
    await send(spans)
    expect((await getRuns()).runs).toMatchObject([{ runId, live: false, spans: spans.length }])
  })

  test('a run inside a run is listed by itself, and its spans count for both', async () => {
    const { spans, runId } = drawing('nested-agent')
    await send(spans)
    const { runs } = await getRuns()
    const outer = runs.find((run) => run.runId === runId)
    const inner = runs.find((run) => run.runId !== runId)
    expect([outer?.parentRunId, inner?.parentRunId]).toEqual([null, runId])
    expect(outer?.spans).toBe(spans.length)
    // Five rows and the agent's own span.
    expect(inner?.spans).toBe(6)
  })

  test('pages go from newest to oldest, a trace at a time', async () => {
    const drawings = ['false-linear-chain', 'pure-fan-out', 'linear-chain'].map(drawing)
    for (const [day, { spans }] of drawings.entries()) {
      const later = 86_400_000_000_000n * BigInt(day)
      await send(
        spans.map((span) => ({
          ...span,
          startTimeUnixNano: span.startTimeUnixNano + later,
          endTimeUnixNano: span.endTimeUnixNano + later,
        })),
      )
    }
    const first = await getRuns('?limit=2')
    expect(first.runs.map((run) => run.runId)).toEqual([drawings[2]!.runId, drawings[1]!.runId])
    const second = await getRuns(`?limit=2&before=${first.next}`)
    expect(second.runs.map((run) => run.runId)).toEqual([drawings[0]!.runId])
    expect(second.next).toBeNull()
  })

  test('the report has the run asked for first, then the rest of its trace', async () => {
    const { spans, runId } = drawing('nested-agent')
    await send(spans)
    const inner = (await getRuns()).runs.find((run) => run.runId !== runId)!.runId
    for (const [asked, other] of [
      [runId, inner],
      [inner, runId],
    ]) {
      const report = (await (await app.request(`/api/runs/${asked}`)).json()) as Report
      expect(report.runs.map((run) => run.runId)).toEqual([asked, other])
    }
  })

  test('options in the query shape the report, each set by itself', async () => {
    const { spans, runId } = drawing('false-linear-chain')
    await send(spans)
    const ask = async (query: string) => (await (await app.request(`/api/runs/${runId}${query}`)).json()) as Report
    expect((await ask('')).options).toMatchObject({ rung: 'batch', threshold: 0.8, concurrency: null })
    expect((await ask('?rung=overlap&threshold=0.5&concurrency=1')).options).toMatchObject({
      rung: 'overlap',
      threshold: 0.5,
      concurrency: 1,
    })
    expect((await ask('')).options).toMatchObject({ rung: 'batch', threshold: 0.8, concurrency: null })
  })

  test.each([
    ['/api/runs?limit=0', 400, 'limit must be'],
    ['/api/runs?limit=many', 400, 'limit must be'],
    ['/api/runs?before=unknown', 400, 'before must be'],
    ['/api/runs/0123456789abcdef?threshold=2', 400, 'threshold must be'],
    ['/api/runs/0123456789abcdef?threshold=', 400, 'threshold must be'],
    ['/api/runs/0123456789abcdef?concurrency=0', 400, 'concurrency must be'],
    ['/api/runs/0123456789abcdef?rung=bound', 400, 'rung must be one of overlap, batch, plan'],
    ['/api/runs/0123456789abcdef', 404, 'GET /api/runs lists'],
    ['/api/nothing', 404, 'there is no GET /api/nothing'],
  ])('%s: %i', async (path, status, message) => {
    const response = await app.request(path)
    expect([response.status, await response.json()]).toEqual([status, { message: expect.stringContaining(message) }])
  })

  test('health', async () => {
    const { spans } = drawing('pure-fan-out')
    await send(spans)
    const health = (await (await app.request('/api/health')).json()) as Health
    expect(health).toEqual({ version: '1.2.3', database: store.file, traces: 1, spans: spans.length })
  })
})

describe('the page', () => {
  test('says how to build it where it is not built', async () => {
    const response = await app.request('/')
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')])
  })

  test('is served with types, a policy and the right to be cached', async () => {
    mkdirSync(join(context.uiDir, 'assets'), { recursive: true })
    writeFileSync(join(context.uiDir, 'index.html'), '<!doctype html>')
    writeFileSync(join(context.uiDir, 'assets', 'app-1a2b.js'), 'let a')
    const page = await app.request('/')
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html>'])
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'self';(?!.*unsafe)/),
    })
    const script = await app.request('/assets/app-1a2b.js')
    expect(script.headers.get('content-type')).toMatch('text/javascript')
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test.each(['/missing.js', '/../spans.db', '/%2e%2e/spans.db', '/..%2fspans.db', '/assets'])(
    '%s is 404',
    async (path) => {
      mkdirSync(join(context.uiDir, 'assets'), { recursive: true })
      expect((await app.request(path)).status).toBe(404)
    },
  )
})
