import type { SpanId, TraceId } from '../../analyzer/model/span.ts'
import { TRACE_DIGITS_IN_SPAN_ID } from '../../analyzer/model/synthetic.ts'
import { type ReadStore, statement } from './store.ts'

/**
 * Traces that hold this span, or a span that names it as its parent, at most `limit`. Nearly always one: span ids are
 * random. The second case is a run whose root has not arrived yet. If there is none, those that it may have been made for:
 * a run whose agent sent log records alone.
 */
export function findTracesOfSpan(store: ReadStore, spanId: SpanId, limit = 10): TraceId[] {
  const stored = find(
    store,
    'SELECT trace_id AS traceId FROM spans WHERE span_id = ? UNION SELECT trace_id FROM spans WHERE parent_span_id = ? LIMIT ?',
    [spanId, spanId, limit],
  )
  if (stored.length > 0) return stored
  const digits = spanId.slice(0, TRACE_DIGITS_IN_SPAN_ID)
  // Everything that begins with the digits: `g` comes after all of them.
  const sql =
    'SELECT trace_id AS traceId FROM traces WHERE trace_id >= ? AND trace_id < ? AND ' +
    '(span_count = 0 OR EXISTS (SELECT 1 FROM conversations WHERE conversations.trace_id = traces.trace_id)) LIMIT ?'
  return find(store, sql, [digits, `${digits}g`, limit])
}

const find = (store: ReadStore, sql: string, values: readonly unknown[]): TraceId[] =>
  statement<{ traceId: TraceId }>(store.reader, sql)
    .all(...values)
    .map(({ traceId }) => traceId)
