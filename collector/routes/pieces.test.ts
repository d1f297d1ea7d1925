// The API where spans have no parents and a trace each.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { analyze } from '../../analyzer/index.ts'
import type { RunsPage } from '../../analyzer/model/api.ts'
import type { Report } from '../../analyzer/model/report.ts'
import type { Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { insertSpans } from '../store/insert-spans.ts'
import type { Store } from '../store/store.ts'
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

const traceId = (n: number) => n.toString(16).padStart(32, '0') as TraceId
const spanId = (n: number) => n.toString(16).padStart(16, '0') as SpanId

/** Trace `n`: one span, from and to a second. */
function piece(n: number, kind: 'model' | 'tool' | 'http', from: number, to: number, more: Partial<Span> = {}): Span {
  const said: [string, string][] =
    kind === 'http'
      ? [['http.request.method', 'GET']]
      : [
          ['gen_ai.operation.name', kind === 'model' ? 'chat' : 'execute_tool'],
          ['gen_ai.provider.name', 'openai'],
          ...(kind === 'model' ? [] : ([['gen_ai.tool.name', 'look']] as [string, string][])),
        ]
  return {
    traceId: traceId(n),
    spanId: spanId(n),
    parentSpanId: null,
    name: kind,
    kind: 1,
    startTimeUnixNano: BigInt(1_795_248_000 + from) * 1_000_000_000n,
    endTimeUnixNano: BigInt(1_795_248_000 + to) * 1_000_000_000n,
    attributes: new Map(said),
    droppedAttributesCount: 0,
    events: [],
    links: [],
    status: { code: 0, message: '' },
    scope: { name: '@traceloop/instrumentation-langchain', version: '' },
    resource: new Map([['service.name', 'agent']]),
    ...more,
  }
}

const RUN = [piece(1, 'model', 0, 2), piece(2, 'tool', 2, 5), piece(3, 'model', 5, 6)]

async function get<T>(path: string): Promise<T> {
  const answer = await createApp(context).request(path, { headers: { host: '127.0.0.1' } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as T
}

/** Number of the trace, turns, calls, spans. */
const linesOf = ({ runs }: RunsPage) =>
  runs.map((run) => [Number.parseInt(run.traceId, 16), run.turns, run.calls, run.spans])

test('spans of a run are its own, not those of other traces beside it', async () => {
  insertSpans(store, [...RUN, ...Array.from({ length: 20 }, (_, i) => piece(100 + i, 'http', i, i + 1))])
  expect(linesOf(await get('/api/runs'))).toEqual([[1, 2, 1, 3]])
})

/** Makes a trace one that cannot be read. */
function breakTrace(n: number): void {
  store.writer.prepare("UPDATE spans SET body = '{}' WHERE trace_id = ?").run(traceId(n))
  store.writer.prepare('UPDATE traces SET revision = revision + 100 WHERE trace_id = ?').run(traceId(n))
}

test('a trace that cannot be read hides no other, in the list nor on the page of the run beside it', async () => {
  insertSpans(store, [...RUN, piece(7, 'http', 8, 9)])
  breakTrace(7)
  const page = await get<RunsPage>('/api/runs')
  expect(page.failed.map((failure) => failure.traceId)).toEqual([traceId(7)])
  expect(linesOf(page)).toEqual([[1, 2, 1, 3]])
  const { runs } = await get<Report>(`/api/runs/${spanId(1)}`)
  expect(runs.map((run) => [run.turns.length, run.calls.length])).toEqual([[2, 1]])
})

/** A day of an agent: it looks up a user, and with the user's id the orders. Five traces from 10 * day on. */
function day(day: number): Span[] {
  const from = day * 200
  const tool = (i: number, name: string, args: string, result: string, start: number, end: number) => {
    const span = piece(day * 10 + i, 'tool', start, end)
    const said = { 'gen_ai.tool.name': name, 'gen_ai.tool.call.arguments': args, 'gen_ai.tool.call.result': result }
    return { ...span, attributes: new Map([...span.attributes, ...Object.entries(said)]) }
  }
  const id = `usr_${81112 + day}xk`
  return [
    piece(day * 10 + 1, 'model', from, from + 2),
    tool(2, 'find_user', '{"name":"Ada"}', `{"id":"${id}"}`, from + 2, from + 5),
    piece(day * 10 + 3, 'model', from + 5, from + 7),
    tool(4, 'get_orders', `{"user":"${id}"}`, '{"orders":[]}', from + 7, from + 9),
    piece(day * 10 + 5, 'model', from + 9, from + 10),
  ]
}

test('a run learns from the runs before it, not from their pieces', async () => {
  const spans = Array.from({ length: 8 }, (_, n) => day(n + 1)).flat()
  insertSpans(store, spans)
  const last = analyze(spans).runs.at(-1)!
  expect(last.learnt).toMatchObject({ runs: 7 })
  const { runs } = await get<Report>(`/api/runs/${last.runId}`)
  expect(runs.find(({ runId }) => runId === last.runId)?.learnt).toEqual(last.learnt)
})

test('why there are no runs is said of all that came in, and not of one page of it', async () => {
  const server = (n: number) => piece(n, 'http', 60 * n, 60 * n + 1)
  insertSpans(store, [50, 51, 52].map(server))
  expect((await get<RunsPage>('/api/runs?limit=2')).why).toBeUndefined()
  const all = await get<RunsPage>('/api/runs')
  expect([all.next, all.why]).toEqual([null, expect.stringMatching(/^No runs: 3 spans came in, and none is a model/)])

  insertSpans(store, RUN)
  const newest = await get<RunsPage>('/api/runs?limit=3')
  expect([newest.runs, newest.next !== null, newest.why]).toEqual([[], true, undefined])
  const older = await get<RunsPage>(`/api/runs?limit=3&before=${newest.next}`)
  expect(linesOf(older)).toEqual([[1, 2, 1, 3]])
  expect((await get<RunsPage>(`/api/runs?before=${traceId(1)}`)).why).toBeUndefined()
})

test('why there are no runs is said of a trace without reading it again', async () => {
  insertSpans(store, [{ ...piece(1, 'http', 0, 1) }, { ...piece(1, 'http', 1, 2), spanId: spanId(2) }])
  const first = await get<RunsPage>('/api/runs')
  // The body only, and not the revision: as if nothing had happened.
  store.writer.prepare("UPDATE spans SET body = '{}'").run()
  expect(await get<RunsPage>('/api/runs')).toEqual(first)
  expect(first.why).toMatch(/^No runs: 2 spans came in/)
})

test('a piece that was a run by itself is found in the run that it has joined', async () => {
  // A model that streams: its call starts and ends before it does, and is exported first.
  insertSpans(store, [piece(2, 'tool', 1, 3)])
  expect(linesOf(await get('/api/runs'))).toEqual([[2, 0, 1, 1]])
  insertSpans(store, [piece(1, 'model', 0, 4), piece(5, 'http', 500, 501)])
  const page = await get<RunsPage>('/api/runs')
  expect(linesOf(page)).toEqual([[1, 1, 1, 2]])
  expect([...page.traceIds].sort()).toEqual([1, 2, 5].map(traceId))
  const { runs } = await get<Report>(`/api/runs/${spanId(2)}`)
  expect(runs.map(({ runId }) => runId)).toEqual([spanId(1)])
  const word = { method: 'PUT', body: JSON.stringify({ kind: 'effect', tool: 'look', effect: 'read' }) }
  const headers = { host: '127.0.0.1', 'content-type': 'application/json' }
  const answer = await createApp(context).request(`/api/runs/${spanId(2)}/overrides`, { ...word, headers })
  expect(answer.status).toBe(204)
})

test('a page covers all pieces of the runs that it lists', async () => {
  insertSpans(store, RUN)
  expect((await get<RunsPage>('/api/runs?limit=1')).traceIds).toEqual([1, 2, 3].map(traceId))
})
