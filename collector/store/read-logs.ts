import type { LogRecord } from '../../analyzer/model/log.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import { BODY_COLUMNS, createOriginReader } from './read-origins.ts'
import { type ReadStore, statement } from './store.ts'

interface Row {
  readonly resourceId: bigint
  readonly scopeId: bigint
  readonly body: Uint8Array
  readonly isText: bigint
}

const SELECT = `SELECT resource_id AS resourceId, scope_id AS scopeId, ${BODY_COLUMNS} FROM logs`

/** All log records of a trace, by time. Empty for a trace that has none. */
export function readLogsOfTrace(store: ReadStore, traceId: TraceId): LogRecord[] {
  return read(store, 'WHERE trace_id = ? ORDER BY time_unix_nano, id', [traceId])
}

/** Log records of any trace or none with `from <= time < to` in nanoseconds, by time, at most `limit`. */
export function readLogs(store: ReadStore, from: bigint, to: bigint, limit: number): LogRecord[] {
  return read(store, 'WHERE time_unix_nano >= ? AND time_unix_nano < ? ORDER BY time_unix_nano, id LIMIT ?', [
    from,
    to,
    limit,
  ])
}

function read(store: ReadStore, where: string, values: unknown[]): LogRecord[] {
  return store.reader.transaction(() => {
    const originOf = createOriginReader(store)
    return statement<Row>(store.reader, `${SELECT} ${where}`)
      .all(...values)
      .map(({ resourceId, scopeId, body, isText }) =>
        store.codec.readLog({ body, isText: isText === 1n }, originOf(resourceId, scopeId)),
      )
  })()
}
