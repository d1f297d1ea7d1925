import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../database.ts'
import { createIngest } from '../ingest/create-ingest.ts'
import type { Store } from '../store/store.ts'
import { createTracePieces } from '../store/trace-pieces.ts'
import { createByteBudget } from '../transport/byte-budget.ts'
import { MAX_BODY_BYTES, MAX_BYTES_IN_FLIGHT } from '../transport/limits.ts'
import { PROGRESS } from '../transport/progress.ts'
import { createAnalysedTraces } from './analysed-traces.ts'
import type { RouteContext } from './route-context.ts'
import { createTraceEvents } from './trace-events.ts'

export interface TestStore {
  readonly folder: string
  readonly store: Store
  readonly context: RouteContext
  close(): Promise<void>
}

/** A new store in a folder of its own, with the routes' parts around it; `close` removes the folder. */
export function openTestStore(warn: (line: string) => void = () => {}): TestStore {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-routes-'))
  const opened = openDatabase(join(folder, 'spans.db'))
  if (!opened.ok) throw new Error(opened.error)
  const store = opened.value
  const context = contextAround(store, warn)
  async function close(): Promise<void> {
    context.events.close()
    await context.ingest.close()
    store.close()
    rmSync(folder, { recursive: true })
  }
  return { folder, store, context, close }
}

/** The routes' parts around a store, real ones, as `serve` puts them together. */
function contextAround(store: Store, warn: (line: string) => void): RouteContext {
  const pieces = createTracePieces(store)
  const events = createTraceEvents(5, pieces.with, warn)
  const ingest = createIngest(store, { onStored: (traceIds) => events.publish(traceIds), warn })
  return {
    store,
    ingest,
    traces: createAnalysedTraces(store, {}, undefined, pieces),
    events,
    budget: createByteBudget(MAX_BYTES_IN_FLIGHT, () => ingest.pendingBytes),
    maxBodyBytes: MAX_BODY_BYTES,
    progress: PROGRESS,
    noteDropped: () => warn('metrics are arriving'),
    token: null,
    allowedHosts: ['tailrace.internal'],
    corsOrigins: [],
    loopback: true,
    uiDir: 'no-such-folder',
    version: '1.2.3',
    warn,
  }
}
