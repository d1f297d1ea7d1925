// The list of runs under a stream of new traces, on a real store.

import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunsPage } from '../../analyzer/model/api.ts'
import type { Span, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { insertSpans } from '../store/insert-spans.ts'
import { findTrace } from '../store/list-traces.ts'
import type { Store } from '../store/store.ts'
import { createApp } from './app.ts'
import type { RouteContext } from './route-context.ts'
import { openTestStore, type TestStore } from './test-context.ts'
import { createWarmSummaries, type WarmSummaries } from './warm-summaries.ts'

let opened: TestStore
let store: Store
let context: RouteContext
let warm: WarmSummaries
let published: TraceId[]

beforeEach(() => {
  opened = openTestStore()
  store = opened.store
  published = []
  warm = createWarmSummaries(
    store,
    opened.context.traces,
    (ids) => published.push(...ids),
    () => {},
  )
  context = { ...opened.context, warm }
})

afterEach(async () => {
  warm.close()
  await opened.close()
})

const traceId = (n: number) => n.toString(16).padStart(32, '0') as TraceId

/** Stores traces `from` to `to`, each a run of an agent and 20 tool calls, and says so as an export would. */
function add(from: number, to: number): void {
  for (let n = from; n <= to; n++) {
    const id = (i: number) => (n * 100 + i).toString(16).padStart(16, '0') as SpanId
    insertSpans(
      store,
      Array.from(
        { length: 21 },
        (_, i): Span => ({
          traceId: traceId(n),
          spanId: id(i),
          parentSpanId: i === 0 ? null : id(0),
          name: i === 0 ? 'invoke_agent a' : 'execute_tool t',
          kind: 1,
          startTimeUnixNano: BigInt(n * 1e9 + i * 1e6),
          endTimeUnixNano: BigInt(n * 1e9 + (i === 0 ? 30e6 : i * 1e6 + 5e5)),
          attributes: new Map(
            i === 0
              ? [['gen_ai.operation.name', 'invoke_agent']]
              : [
                  ['gen_ai.operation.name', 'execute_tool'],
                  ['gen_ai.tool.name', `look_${i}`],
                  ['gen_ai.tool.call.result', `{"text":"${'word '.repeat(200)}"}`],
                ],
          ),
          droppedAttributesCount: 0,
          events: [],
          links: [],
          status: { code: 0, message: '' },
          scope: { name: 'ai', version: '1' },
          resource: new Map(),
        }),
      ),
    )
  }
  warm.changed()
}

/** Whether the newest of ten traces would be listed without analysing it. Its last span is the 210th. */
function isNewestReady(): boolean {
  const trace = findTrace(store, traceId(10))!
  expect(trace.revision).toBe(210n)
  return context.traces.hasSummaries(trace)
}

async function list(): Promise<RunsPage> {
  return (await (await createApp(context).request('/api/runs')).json()) as RunsPage
}

test('the first look waits for everything', async () => {
  add(1, 50)
  const page = await list()
  expect(page.runs).toHaveLength(50)
  expect(page.pending).toBeUndefined()
})

test('later looks take what is ready, and the rest is announced when it is', async () => {
  await list()
  // No turn of the event loop for the warmer in between.
  add(1, 50)
  let page = await list()
  const ready = page.runs.length
  expect(ready + (page.pending ?? 0)).toBe(50)
  for (let waited = 0; waited < 5000 && published.length < 50 - ready; waited += 10) await sleep(10)
  expect(published).toHaveLength(50 - ready)
  page = await list()
  expect(page.runs).toHaveLength(50)
  expect(page.pending).toBeUndefined()
})

test('what comes while somebody looks is ready before the next look', async () => {
  await list()
  add(1, 10)
  for (let waited = 0; waited < 5000; waited += 10) {
    if (isNewestReady()) return
    await sleep(10)
  }
  throw new Error('the newest trace was not analysed within 5 s')
})

test('nobody looks, nothing is analysed', async () => {
  add(1, 10)
  await sleep(200)
  expect(isNewestReady()).toBe(false)
})
