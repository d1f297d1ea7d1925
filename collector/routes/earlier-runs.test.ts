// The list of runs and the report of one, with earlier runs of the same agent in the store.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { analyze } from '../../analyzer/index.ts'
import { AT_ONCE, IN_TURN, onDay } from '../../analyzer/learning/test-days.ts'
import type { RunsPage } from '../../analyzer/model/api.ts'
import type { Report } from '../../analyzer/model/report.ts'
import type { Span } from '../../analyzer/model/span.ts'
import { startAnalysis } from '../analysis/start-analysis.ts'
import { insertSpans } from '../store/insert-spans.ts'
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

async function get<T>(path: string): Promise<T> {
  const answer = await createApp(context).request(path, { headers: { host: '127.0.0.1' } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as T
}

/** Days are stored in this order; the second trace of a day would be another trace. */
function storeDays(...days: [day: number, text: string][]): Span[] {
  const spans = days.flatMap(([day, text]) => onDay(day, text))
  insertSpans(store, spans)
  return spans
}
const eight = Array.from({ length: 8 }, (_, day): [number, string] => [day, AT_ONCE])

test('the list, the report and the analysis of the whole database say the same', async () => {
  const spans = storeDays([8, IN_TURN], ...eight)
  const expected = analyze(spans).runs.at(-1)!
  expect(expected.serialized.ms).toBeGreaterThan(0)
  const [listed] = (await get<RunsPage>('/api/runs?limit=1')).runs
  const { runs } = await get<Report>(`/api/runs/${expected.runId}?threshold=0.79`)
  const [later] = runs.filter(({ traceId }) => traceId === expected.traceId)
  expect(listed).toMatchObject({ traceId: expected.traceId, serializedMs: expected.serialized.ms })
  expect(later?.learnt).toEqual(expected.learnt)
})

test('runs that come later in time count for those after them only', async () => {
  storeDays([4, IN_TURN], ...eight.map(([day, text]): [number, string] => [day + 5, text]))
  const { runs } = await get<RunsPage>('/api/runs')
  expect(runs).toHaveLength(9)
  expect(runs.at(-1)).toMatchObject({ serializedMs: 0 })
  storeDays([20, IN_TURN])
  expect((await get<RunsPage>('/api/runs')).runs[0]!.serializedMs).toBeGreaterThan(0)
})

test('a trace that cannot be read does not hide those after it', async () => {
  storeDays([8, IN_TURN], ...eight)
  store.writer.prepare("UPDATE spans SET body = '{}' WHERE trace_id = ?").run((3).toString(16).padStart(32, '0'))
  const { runs, failed } = await get<RunsPage>('/api/runs')
  expect(failed).toHaveLength(1)
  expect(runs).toHaveLength(8)
  expect(runs[0]!.serializedMs).toBeGreaterThan(0)
})

test('the thread learns as the routes do', async () => {
  const spans = storeDays([8, IN_TURN], ...eight)
  const expected = analyze(spans).runs.at(-1)!
  const thread = startAnalysis({ file: store.file, options: {} })
  try {
    context = { ...context, traces: createAnalysedTraces(store, {}, thread) }
    const [listed] = (await get<RunsPage>('/api/runs?limit=1')).runs
    expect(listed?.serializedMs).toBe(expected.serialized.ms)
  } finally {
    await thread.close()
  }
})

test('nothing is learnt where the server was told so', async () => {
  storeDays([8, IN_TURN], ...eight)
  context = { ...context, traces: createAnalysedTraces(store, { history: false }) }
  expect((await get<RunsPage>('/api/runs?limit=1')).runs[0]!.serializedMs).toBe(0)
})
