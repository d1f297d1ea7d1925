import { NEAR_NS } from '../../analyzer/base/nearest-extent.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import { type ReadStore, statement } from './store.ts'

export interface TraceSummary {
  readonly traceId: TraceId
  readonly startTimeUnixNano: bigint
  readonly endTimeUnixNano: bigint
  readonly spanCount: number
  /** Grows when spans are added to the trace. What was computed from a revision holds as long as that is the revision. */
  readonly revision: bigint
  /** The same for log records that are shown in the trace; 0 if there is none. */
  readonly logRevision: bigint
}

interface Row {
  readonly traceId: TraceId
  readonly start: bigint
  readonly end: bigint
  readonly spanCount: bigint
  readonly revision: bigint
  readonly logRevision: bigint
}

/** Of records that name the trace, of its own as a conversation, and of a conversation that it belongs to, at its time. */
const LOG_REVISION = `max(
  coalesce((SELECT max(id) FROM logs WHERE logs.trace_id = traces.trace_id), 0),
  coalesce((SELECT max(id) FROM logs WHERE logs.conversation_id = traces.trace_id), 0),
  coalesce((
    SELECT max(logs.id) FROM conversations JOIN logs ON logs.conversation_id = conversations.conversation_id
      AND logs.time_unix_nano BETWEEN start_unix_nano - ${NEAR_NS} AND end_unix_nano + ${NEAR_NS}
    WHERE conversations.trace_id = traces.trace_id), 0))`

const COLUMNS =
  'trace_id AS traceId, start_unix_nano AS start, end_unix_nano AS end, span_count AS spanCount, revision, ' +
  `${LOG_REVISION} AS logRevision`

/**
 * Traces by start, newest first, at most `limit`. With `before`, only those after that trace in this order:
 * give the last trace of a page to get the next one. A `before` that is not stored gives an empty page.
 */
export function listTraces(store: ReadStore, limit: number, before?: TraceId): TraceSummary[] {
  const order = 'ORDER BY start_unix_nano DESC, trace_id DESC LIMIT ?'
  if (before === undefined) {
    return statement<Row>(store.reader, `SELECT ${COLUMNS} FROM traces ${order}`).all(limit).map(summaryOf)
  }
  const older = '(start_unix_nano, trace_id) < (SELECT start_unix_nano, trace_id FROM traces WHERE trace_id = ?)'
  return statement<Row>(store.reader, `SELECT ${COLUMNS} FROM traces WHERE ${older} ${order}`)
    .all(before, limit)
    .map(summaryOf)
}

/** Traces of one span without a parent that a process made, by start, of those that start from `from` to `to`. */
export function listLoneTraces(store: ReadStore, resourceId: bigint, from: bigint, to: bigint): TraceSummary[] {
  const where = 'lone_resource_id = ? AND start_unix_nano BETWEEN ? AND ?'
  return statement<Row>(store.reader, `SELECT ${COLUMNS} FROM traces WHERE ${where} ORDER BY start_unix_nano, trace_id`)
    .all(resourceId, from, to)
    .map(summaryOf)
}

/** One trace's line of the list; null if it is not stored. */
export function findTrace(store: ReadStore, traceId: TraceId): TraceSummary | null {
  const row = statement<Row>(store.reader, `SELECT ${COLUMNS} FROM traces WHERE trace_id = ?`).get(traceId)
  return row ? summaryOf(row) : null
}

const summaryOf = (row: Row): TraceSummary => ({
  traceId: row.traceId,
  startTimeUnixNano: row.start,
  endTimeUnixNano: row.end,
  spanCount: Number(row.spanCount),
  revision: row.revision,
  logRevision: row.logRevision,
})
