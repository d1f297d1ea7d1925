// One export -> one transaction. When this returns, the spans are committed.

import type { Span, TraceId } from '../../analyzer/model/span.ts'
import { type Store, statement } from './store.ts'

export interface Inserted {
  /** Spans that were not stored before. A copy of a stored span changes nothing: the first to arrive is kept. */
  readonly added: number
  /** Traces that got new spans, in order of first appearance. */
  readonly traceIds: readonly TraceId[]
}

const INSERT_SPAN = `
  INSERT INTO spans (trace_id, span_id, parent_span_id, name, kind, start_unix_nano, end_unix_nano, status_code,
    resource_id, scope_id, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trace_id, span_id) DO NOTHING`

const UPDATE_TRACE = `
  INSERT INTO traces (trace_id, start_unix_nano, end_unix_nano, span_count, revision) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (trace_id) DO UPDATE SET
    start_unix_nano = min(start_unix_nano, excluded.start_unix_nano),
    end_unix_nano = max(end_unix_nano, excluded.end_unix_nano),
    span_count = span_count + excluded.span_count,
    revision = excluded.revision`

/** SQLite's integers are signed. A later time (after the year 2262) is kept exactly in the body only. */
const MAX_TIME = 2n ** 63n - 1n

interface TraceChange {
  start: bigint
  end: bigint
  count: number
  revision: bigint | number
}

/** Stores spans in one transaction: all of them or, if this throws, none. Throws SqliteError (see `isTransient`). */
export function insertSpans(store: Store, spans: readonly Span[]): Inserted {
  if (spans.length === 0) return { added: 0, traceIds: [] }
  const changes = new Map<TraceId, TraceChange>()
  const resourceId = idOfResource(store)
  const scopeId = idOfScope(store)
  const insert = statement(store.writer, INSERT_SPAN)
  const update = statement(store.writer, UPDATE_TRACE)
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
        if (added > 0) note(changes, span.traceId, start, end, lastInsertRowid)
      }
      for (const [id, change] of changes) update.run(id, change.start, change.end, change.count, change.revision)
    })
    .immediate()
  let added = 0
  for (const change of changes.values()) added += change.count
  return { added, traceIds: [...changes.keys()] }
}

function note(changes: Map<TraceId, TraceChange>, id: TraceId, start: bigint, end: bigint, revision: bigint | number) {
  const change = changes.get(id)
  if (!change) changes.set(id, { start, end, count: 1, revision })
  else {
    if (start < change.start) change.start = start
    if (end > change.end) change.end = end
    change.count += 1
    change.revision = revision
  }
}

const clamp = (time: bigint): bigint => (time > MAX_TIME ? MAX_TIME : time)

/** Row ids of resources. Spans of one resource share the object, so each is written and looked up once per export. */
function idOfResource(store: Store): (resource: Span['resource']) => bigint {
  const add = statement(store.writer, 'INSERT INTO resources (body) VALUES (?) ON CONFLICT (body) DO NOTHING')
  const find = statement<{ id: bigint }>(store.writer, 'SELECT id FROM resources WHERE body = ?')
  return onceEach((resource) => {
    const body = store.codec.writeResource(resource)
    const known = find.get(body)
    return known ? known.id : BigInt(add.run(body).lastInsertRowid)
  })
}

function idOfScope(store: Store): (scope: Span['scope']) => bigint {
  const add = statement(store.writer, 'INSERT INTO scopes (name, version) VALUES (?, ?)')
  const find = statement<{ id: bigint }>(store.writer, 'SELECT id FROM scopes WHERE name = ? AND version = ?')
  return onceEach(({ name, version }) => {
    const known = find.get(name, version)
    return known ? known.id : BigInt(add.run(name, version).lastInsertRowid)
  })
}

function onceEach<T extends object>(look: (key: T) => bigint): (key: T) => bigint {
  const ids = new Map<T, bigint>()
  return (key) => {
    let id = ids.get(key)
    if (id === undefined) {
      id = look(key)
      ids.set(key, id)
    }
    return id
  }
}
