import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { listTraces, type TraceSummary } from './list-traces.ts'
import { readTelemetry } from './read-telemetry.ts'
import type { ReadStore } from './store.ts'

export interface StoredTrace extends TraceSummary, Telemetry {}

const PAGE = 100

/** Every trace with its spans and log records, newest first, one in memory at a time. */
export function* readAllTraces(store: ReadStore): IterableIterator<StoredTrace> {
  let page = listTraces(store, PAGE)
  while (page.length > 0) {
    for (const trace of page) yield { ...trace, ...readTelemetry(store, trace.traceId) }
    page = listTraces(store, PAGE, page.at(-1)!.traceId)
  }
}
