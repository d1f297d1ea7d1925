// What the user said is kept, counts everywhere, and can be taken back.

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunsPage } from '../../analyzer/model/api.ts'
import type { Override } from '../../analyzer/model/options.ts'
import type { Report } from '../../analyzer/model/report.ts'
import type { SpanId } from '../../analyzer/model/span.ts'
import { draw } from '../../fixtures/draw.ts'
import { startAnalysis } from '../analysis/start-analysis.ts'
import { requestToJson } from '../otlp/span-to-json.ts'
import { allOverrides } from '../store/overrides.ts'
import type { Store } from '../store/store.ts'
import { createAnalysedTraces } from './analysed-traces.ts'
import { createApp } from './app.ts'
import type { RouteContext } from './route-context.ts'
import { openTestStore, type TestStore } from './test-context.ts'

/** ask 100, oslo 400, ask 100, rome 400, say 100: 1100 ms as found, 600 ms with both at once and one turn less. */
const WEATHER = draw(`# Weather
prompt: What is the weather in Oslo, and what is the news from Rome?
ask          =                      model
get_weather   ====                  tool read <- {"city":"Oslo"} -> {"sky":"clear"}
ask               =                 model
get_news           ====             tool read <- {"city":"Rome"} -> {"news":"none"}
say                    =            model "Done."
`)
const [oslo, rome] = WEATHER.spans.filter((span) => span.name.includes('get_')).map((span) => span.spanId) as [
  SpanId,
  SpanId,
]
const DEPENDENT: Override = { kind: 'dependent', from: oslo, to: rome }

let opened: TestStore
let store: Store
let context: RouteContext
let app: ReturnType<typeof createApp>

beforeEach(async () => {
  opened = openTestStore()
  store = opened.store
  context = opened.context
  app = createApp(context)
  const body = JSON.stringify(requestToJson(WEATHER.spans))
  const headers = { 'content-type': 'application/json' }
  expect((await app.request('/v1/traces', { method: 'POST', body, headers })).status).toBe(200)
})

afterEach(async () => {
  await opened.close()
})

const change = (method: 'PUT' | 'DELETE', body: unknown, runId: string = WEATHER.runId) =>
  app.request(`/api/runs/${runId}/overrides`, {
    method,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

const report = async () => (await (await app.request(`/api/runs/${WEATHER.runId}`)).json()) as Report
const listed = async () => ((await (await app.request('/api/runs')).json()) as RunsPage).runs[0]?.achievableMs

test('a word on two calls counts in the report and in the list, until it is taken back', async () => {
  expect(await listed()).toBe(600)
  expect((await change('PUT', DEPENDENT)).status).toBe(204)
  expect((await report()).options.overrides).toEqual([DEPENDENT])
  expect((await report()).runs[0]?.schedules.batch.durationMs).toBe(1100)
  expect(await listed()).toBe(1100)
  expect((await change('DELETE', DEPENDENT)).status).toBe(204)
  expect((await report()).options.overrides).toEqual([])
  expect(await listed()).toBe(600)
})

test('the last word on a pair counts; one on a tool is stored for every trace', async () => {
  await change('PUT', DEPENDENT)
  await change('PUT', { ...DEPENDENT, kind: 'independent' })
  await change('PUT', { kind: 'effect', tool: 'get_news', effect: 'write' })
  expect(allOverrides(store)).toEqual([
    { traceId: null, override: { kind: 'effect', tool: 'get_news', effect: 'write' } },
    { traceId: WEATHER.spans[0]?.traceId, override: { ...DEPENDENT, kind: 'independent' } },
  ])
})

test('pages are told', async () => {
  const told: string[] = []
  context.events.subscribe({ changed: (ids) => told.push(...ids), closed: () => {} })
  await change('PUT', DEPENDENT)
  await expect.poll(() => told).toContain(WEATHER.spans[0]?.traceId)
})

test.each([
  ['not JSON', 400, /kind must be/],
  [{ kind: 'maybe' }, 400, /independent, dependent or effect/],
  [{ kind: 'dependent', from: 'x', to: rome }, 400, /16 hexadecimal digits/],
  [{ kind: 'effect', tool: 'a', effect: 'reads' }, 400, /read, write, session, unknown/],
  [{ kind: 'effect', tool: '', effect: 'read' }, 400, /tool must be a name/],
  [{ kind: 'effect', tool: 'a'.repeat(20_000), effect: 'read' }, 413, /too large/],
])('%j is refused', async (body, status, message) => {
  const answer = await change('PUT', body)
  expect(answer.status).toBe(status)
  expect(((await answer.json()) as { message: string }).message).toMatch(message)
  expect(allOverrides(store)).toEqual([])
})

test('a run that is not there, and a page of another site', async () => {
  expect((await change('PUT', DEPENDENT, 'feedfeedfeedfeed')).status).toBe(404)
  const foreign = await app.request(`/api/runs/${WEATHER.runId}/overrides`, {
    method: 'PUT',
    body: JSON.stringify(DEPENDENT),
    headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
  })
  expect(foreign.status).toBe(403)
  expect(allOverrides(store)).toEqual([])
})

test('the run is looked for by the thread that analyses, not by the one that takes exports', async () => {
  const thread = startAnalysis({ file: store.file, options: {} })
  const asked: string[] = []
  const traces = createAnalysedTraces(
    store,
    {},
    {
      summarize: (shown) => {
        asked.push(...shown.map(({ traceId }) => traceId))
        return thread.summarize(shown)
      },
      report: (wanted) => {
        asked.push(`report of ${wanted.traceIds}`)
        return thread.report(wanted)
      },
    },
  )
  app = createApp({ ...context, traces })
  try {
    expect((await change('PUT', DEPENDENT)).status).toBe(204)
    expect(asked).toEqual([WEATHER.spans[0]?.traceId])
  } finally {
    await thread.close()
  }
})
