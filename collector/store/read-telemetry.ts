import type { TraceId } from '../../analyzer/model/span.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { readLogsOfTrace } from './read-logs.ts'
import { readTrace } from './read-trace.ts'
import type { ReadStore } from './store.ts'

/** All that is stored of a trace, in one snapshot: spans in order of arrival, log records by time. */
export function readTelemetry(store: ReadStore, traceId: TraceId): Telemetry {
  return store.reader.transaction(() => ({
    spans: readTrace(store, traceId),
    logs: readLogsOfTrace(store, traceId),
  }))()
}
