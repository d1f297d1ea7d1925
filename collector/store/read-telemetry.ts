import type { TraceId } from '../../analyzer/model/span.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { readLogsOfTrace } from './read-logs.ts'
import { readTrace } from './read-trace.ts'
import type { ReadStore } from './store.ts'

/** All that is stored of these traces, in one snapshot: of each its spans in order of arrival, its log records by time. */
export function readTelemetry(store: ReadStore, ...traceIds: readonly TraceId[]): Telemetry {
  return store.reader.transaction(() => ({
    spans: traceIds.flatMap((traceId) => readTrace(store, traceId)),
    logs: traceIds.flatMap((traceId) => readLogsOfTrace(store, traceId)),
  }))()
}
