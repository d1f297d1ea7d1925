import type { SpanId, TraceId } from '../../analyzer/model/span.ts'
import { type ReadStore, statement } from './store.ts'

/**
 * Traces that hold this span, or a span that names it as its parent, at most `limit`. Nearly always one: span ids are
 * random. The second case is a run whose root has not arrived yet.
 */
export function findTracesOfSpan(store: ReadStore, spanId: SpanId, limit = 10): TraceId[] {
  const sql =
    'SELECT trace_id AS traceId FROM spans WHERE span_id = ? ' +
    'UNION SELECT trace_id FROM spans WHERE parent_span_id = ? LIMIT ?'
  return statement<{ traceId: TraceId }>(store.reader, sql)
    .all(spanId, spanId, limit)
    .map(({ traceId }) => traceId)
}
