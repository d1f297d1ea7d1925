// Spans of the analyzer's model -> one transaction. What exporters send comes in by `insert-rows.ts`, byte for byte.

import type { Span, TraceId } from '../../analyzer/model/span.ts'
import { type Store, statement } from './store.ts'
import { createTraceChanges, MAX_TIME } from './trace-changes.ts'

export interface Inserted {
  /** Spans and log records that were not stored before. A copy of a stored one changes nothing: the first to arrive is kept. */
  readonly added: number
  /** Traces that got something new, in order of first appearance. */
  readonly traceIds: readonly TraceId[]
}

export const INSERT_SPAN = `
  INSERT INTO spans (trace_id, span_id, parent_span_id, name, kind, start_unix_nano, end_unix_nano, status_code,
    resource_id, scope_id, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trace_id, span_id) DO NOTHING`

/** Stores spans in one transaction: all of them or, if this throws, none. Throws SqliteError (see `isTransient`). */
export function insertSpans(store: Store, spans: readonly Span[]): Inserted {
  if (spans.length === 0) return { added: 0, traceIds: [] }
  const changes = createTraceChanges()
  const resourceId = idOf(store, 'resources', store.codec.writeResource)
  const scopeId = idOf(store, 'scopes', store.codec.writeScope)
  const insert = statement(store.writer, INSERT_SPAN)
  store.writer
    .transaction(() => {
      for (const span of spans) {
        const start = clamp(span.startTimeUnixNano)
        const end = clamp(span.endTimeUnixNano)
        const { changes: added, lastInsertRowid } = insert.run(
          span.traceId,
          span.spanId,
          span.parentSpanId,
          span.name,
          span.kind,
          start,
          end,
          span.status.code,
          resourceId(span.resource),
          scopeId(span.scope),
          store.codec.writeSpan(span),
        )
        if (added > 0) changes.note(span.traceId, start, end, lastInsertRowid)
      }
      changes.write(store.writer)
    })
    .immediate()
  return { added: changes.added(), traceIds: changes.traceIds() }
}

const clamp = (time: bigint): bigint => (time > MAX_TIME ? MAX_TIME : time)

/** Row ids of resources or scopes. Spans of one share the object, so each is written and looked up once per export. */
function idOf<T extends object>(
  store: Store,
  table: 'resources' | 'scopes',
  write: (value: T) => string,
): (value: T) => bigint {
  const add = statement(store.writer, `INSERT INTO ${table} (body, schema_url) VALUES (?, '')`)
  const find = statement<{ id: bigint }>(store.writer, `SELECT id FROM ${table} WHERE body = ? AND schema_url = ''`)
  const ids = new Map<T, bigint>()
  return (value) => {
    let id = ids.get(value)
    if (id === undefined) {
      const body = write(value)
      const known = find.get(body)
      id = known ? known.id : BigInt(add.run(body).lastInsertRowid)
      ids.set(value, id)
    }
    return id
  }
}
