import type { LogRecord } from '../../analyzer/model/log.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import { takerOf, tracesOf } from './conversations.ts'
import { BODY_COLUMNS, createOriginReader } from './read-origins.ts'
import { type ReadStore, statement } from './store.ts'

interface Row {
  readonly resourceId: bigint
  readonly scopeId: bigint
  readonly body: Uint8Array
  readonly isText: bigint
  readonly time: bigint
}

const SELECT = `
  SELECT resource_id AS resourceId, scope_id AS scopeId, time_unix_nano AS time, ${BODY_COLUMNS} FROM logs`

/** The condition on a record of a conversation that names no stored trace itself. */
const IS_FREE =
  '(logs.trace_id IS NULL OR NOT EXISTS (SELECT 1 FROM traces WHERE traces.trace_id = logs.trace_id AND span_count > 0))'

const OF_CONVERSATION = `WHERE conversation_id = ? AND ${IS_FREE} ORDER BY time_unix_nano, id`

/**
 * All log records of a trace, by time: those that name it, and those of its conversation that are of its time. A
 * conversation has those that no trace of it takes.
 */
export function readLogsOfTrace(store: ReadStore, traceId: TraceId): LogRecord[] {
  const named = read(store, 'WHERE trace_id = ? ORDER BY time_unix_nano, id', [traceId])
  const conversations = statement<{ id: TraceId }>(
    store.reader,
    'SELECT conversation_id AS id FROM conversations WHERE trace_id = ?',
  ).all(traceId)
  const taken = conversations.flatMap(({ id }) => {
    const traces = tracesOf(store.reader, id)
    return read(store, OF_CONVERSATION, [id], (time) => takerOf(traces, time) === traceId)
  })
  const traces = tracesOf(store.reader, traceId)
  const kept = read(store, OF_CONVERSATION, [traceId], (time) => takerOf(traces, time) === undefined)
  return [...named, ...taken, ...kept]
}

/** Log records of any trace or none with `from <= time < to` in nanoseconds, by time, at most `limit`. */
export function readLogs(store: ReadStore, from: bigint, to: bigint, limit: number): LogRecord[] {
  return read(store, 'WHERE time_unix_nano >= ? AND time_unix_nano < ? ORDER BY time_unix_nano, id LIMIT ?', [
    from,
    to,
    limit,
  ])
}

function read(
  store: ReadStore,
  where: string,
  values: unknown[],
  wants: (time: bigint) => boolean = () => true,
): LogRecord[] {
  return store.reader.transaction(() => {
    const originOf = createOriginReader(store)
    return statement<Row>(store.reader, `${SELECT} ${where}`)
      .all(...values)
      .filter(({ time }) => wants(time))
      .map(({ resourceId, scopeId, body, isText }) =>
        store.codec.readLog({ body, isText: isText === 1n }, originOf(resourceId, scopeId)),
      )
  })()
}
