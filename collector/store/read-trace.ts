import type { Span, TraceId } from '../../analyzer/model/span.ts'
import { BODY_COLUMNS, createOriginReader } from './read-origins.ts'
import { type ReadStore, statement } from './store.ts'

interface Row {
  readonly resourceId: bigint
  readonly scopeId: bigint
  readonly body: Uint8Array
  readonly isText: bigint
}

const SELECT = `
  SELECT resource_id AS resourceId, scope_id AS scopeId, ${BODY_COLUMNS} FROM spans WHERE trace_id = ? ORDER BY id`

/** All spans of a trace as received, in order of arrival. Empty for a trace that is not there. */
export function readTrace(store: ReadStore, traceId: TraceId): Span[] {
  // Resources and scopes are read by statements of their own: in a snapshot, so that nothing goes missing in between.
  return store.reader.transaction(() => {
    const originOf = createOriginReader(store)
    return statement<Row>(store.reader, SELECT)
      .all(traceId)
      .map(({ resourceId, scopeId, body, isText }) =>
        store.codec.readSpan({ body, isText: isText === 1n }, originOf(resourceId, scopeId)),
      )
  })()
}
