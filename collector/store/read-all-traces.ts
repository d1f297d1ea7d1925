import type { Span } from '../../analyzer/model/span.ts'
import { listTraces, type TraceSummary } from './list-traces.ts'
import { readTrace } from './read-trace.ts'
import type { ReadStore } from './store.ts'

export interface StoredTrace extends TraceSummary {
  readonly spans: readonly Span[]
}

const PAGE = 100

/** Every trace with its spans, newest first, one in memory at a time. */
export function* readAllTraces(store: ReadStore): IterableIterator<StoredTrace> {
  let page = listTraces(store, PAGE)
  while (page.length > 0) {
    for (const trace of page) yield { ...trace, spans: readTrace(store, trace.traceId) }
    page = listTraces(store, PAGE, page.at(-1)!.traceId)
  }
}
