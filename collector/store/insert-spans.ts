// Spans of the analyzer's model -> one transaction. What exporters send comes in by `insert-rows.ts`, byte for byte.

import type { Span, TraceId } from '../../analyzer/model/span.ts'
import { type Store, statement } from './store.ts'
import { createTraceChanges, MAX_TIME } from './trace-changes.ts'
import { createSpanWriter } from './write-span.ts'

export interface Inserted {
  /** Spans and log records that were not stored before. */
  readonly added: number
  /** Traces that got something new or a better copy of a span, in order of first appearance. */
  readonly traceIds: readonly TraceId[]
}

/** Stores spans in one transaction: all of them or, if this throws, none. Throws SqliteError (see `isTransient`). */
export function insertSpans(store: Store, spans: readonly Span[]): Inserted {
  if (spans.length === 0) return { added: 0, traceIds: [] }
  const changes = createTraceChanges()
  const resourceId = idOf(store, 'resources', store.codec.writeResource)
  const scopeId = idOf(store, 'scopes', store.codec.writeScope)
  const write = createSpanWriter(store.writer, '?', changes)
  store.writer
    .transaction(() => {
      for (const span of spans) {
        write([
          span.traceId,
          span.spanId,
          span.parentSpanId,
          span.name,
          span.kind,
          clamp(span.startTimeUnixNano),
          clamp(span.endTimeUnixNano),
          span.status.code,
          resourceId(span.resource),
          scopeId(span.scope),
          store.codec.writeSpan(span),
        ])
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
