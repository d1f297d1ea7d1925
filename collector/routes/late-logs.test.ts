// Log records that come after the spans they belong to, as they do: exporters send the two signals on their own timers.

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunsPage } from '../../analyzer/model/api.ts'
import type { Report } from '../../analyzer/model/report.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import type { Store } from '../store/store.ts'
import { createAnalysedTraces } from './analysed-traces.ts'
import { createApp } from './app.ts'
import type { RouteContext } from './route-context.ts'
import { openTestStore, type TestStore } from './test-context.ts'

let opened: TestStore
let store: Store
let context: RouteContext

beforeEach(() => {
  opened = openTestStore()
  store = opened.store
  context = opened.context
})

afterEach(async () => {
  await opened.close()
})

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/logs/${name}.json`, import.meta.url), 'utf8')) as {
    resourceSpans: unknown[]
    resourceLogs: unknown[]
  }

async function send(path: string, body: object): Promise<void> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await createApp(context).request(path, { method: 'POST', body: JSON.stringify(body), headers })
  expect([response.status, await response.json()]).toEqual([200, {}])
}

const get = async <T>(path: string): Promise<T> => (await (await createApp(context).request(path)).json()) as T

test('a run that is open on a page gets its words and calls when its log records arrive', async () => {
  const { resourceSpans, resourceLogs } = fixture('otel-js-openai')
  const changed: TraceId[] = []
  context.events.subscribe({ changed: (traceIds) => changed.push(...traceIds), closed: () => {} })

  await send('/v1/traces', { resourceSpans })
  const { runs } = await get<RunsPage>('/api/runs')
  expect(runs).toHaveLength(2)
  const path = `/api/runs/${runs[0]!.runId}`
  expect((await get<Report>(path)).runs[0]).toMatchObject({ promptKnown: false, messages: [] })
  await expect.poll(() => changed.length).toBe(2)

  changed.length = 0
  await send('/v1/logs', { resourceLogs })
  await expect.poll(() => changed.length).toBe(2)
  const run = (await get<Report>(path)).runs[0]!
  expect(run.promptKnown).toBe(true)
  expect(run.messages).toContainEqual({ beforeTurn: 0, role: 'user', text: 'hi' })
})

const agents = [
  ['claude-code', 'claude-code-logs', 'Claude Code'],
  ['codex', 'codex-logs', 'Codex CLI'],
  ['gemini-cli', 'gemini-cli-logs', 'gemini-cli'],
] as const

test.each(agents.map(([, file]) => file))(
  '%s: an agent that sends log records alone is listed, and opens',
  async (file) => {
    const changed: TraceId[] = []
    context.events.subscribe({ changed: (traceIds) => changed.push(...traceIds), closed: () => {} })
    const { resourceLogs } = fixture(file)
    await send('/v1/logs', { resourceLogs })
    // A retry makes no difference.
    await send('/v1/logs', { resourceLogs })
    const { runs } = await get<RunsPage>('/api/runs')
    expect(runs).toMatchObject([{ turns: 3, calls: 3, errors: 1, live: false }])
    await expect.poll(() => changed).toContain(runs[0]!.traceId)
    const report = await get<Report>(`/api/runs/${runs[0]!.runId}`)
    expect(report.runs[0]).toMatchObject({ runId: runs[0]!.runId, coverage: { withArguments: 3, withResults: 3 } })
  },
)

test.each(agents)(
  '%s: log records join the spans of their conversation, whichever come first',
  async (file, _, name) => {
    const { resourceSpans, resourceLogs } = fixture(file)
    const whole = async () => {
      const { runs } = await get<RunsPage>('/api/runs')
      expect(runs.map((run) => [run.name, run.turns, run.calls, run.errors])).toEqual([[name, 3, 3, 1]])
      return (await get<Report>(`/api/runs/${runs[0]!.runId}`)).runs
    }
    await send('/v1/traces', { resourceSpans })
    await get<RunsPage>('/api/runs')
    await send('/v1/logs', { resourceLogs })
    const spansFirst = await whole()
    expect(spansFirst[0]!.calls.map((call) => call.arguments)).not.toContain(undefined)

    store.writer.exec('DELETE FROM spans; DELETE FROM traces; DELETE FROM logs; DELETE FROM conversations')
    context = { ...context, traces: createAnalysedTraces(store, {}) }
    await send('/v1/logs', { resourceLogs })
    expect((await get<RunsPage>('/api/runs')).runs).toHaveLength(1)
    const changed: TraceId[] = []
    context.events.subscribe({ changed: (traceIds) => changed.push(...traceIds), closed: () => {} })
    await send('/v1/traces', { resourceSpans })
    expect(await whole()).toEqual(spansFirst)
    await expect.poll(() => changed).toContain(spansFirst[0]!.traceId)
  },
)
