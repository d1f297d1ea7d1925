// The user's words on calls and tools. They are few: every analysis reads them.

import { type Override, subjectOf } from '../../analyzer/model/options.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import { type ReadStore, type Store, statement } from './store.ts'

/** A word on a tool holds in every trace. */
const EVERY_TRACE = ''

export interface StoredOverride {
  /** Null for a word on a tool. */
  readonly traceId: TraceId | null
  readonly override: Override
}

interface Row {
  readonly traceId: string
  readonly body: string
}

/** What bears on these traces: the words on tools, then those on their calls, each in the order in which they were given. */
export function readOverrides(store: ReadStore, ...traceIds: readonly TraceId[]): Override[] {
  const sql = 'SELECT body FROM overrides WHERE trace_id IN (SELECT value FROM json_each(?)) ORDER BY trace_id, id'
  return statement<Pick<Row, 'body'>>(store.reader, sql)
    .all(JSON.stringify([EVERY_TRACE, ...traceIds]))
    .map((row) => JSON.parse(row.body) as Override)
}

/** Every word of the database, those on tools first. */
export function allOverrides(store: ReadStore): StoredOverride[] {
  const sql = 'SELECT trace_id AS traceId, body FROM overrides ORDER BY trace_id, id'
  return statement<Row>(store.reader, sql)
    .all()
    .map(({ traceId, body }) => ({
      traceId: traceId === EVERY_TRACE ? null : (traceId as TraceId),
      override: JSON.parse(body) as Override,
    }))
}

/** Remembers a word, in place of an earlier one on the same pair or tool. Throws what SQLite throws. */
export function saveOverride(store: Store, traceId: TraceId, override: Override): void {
  const sql =
    'INSERT INTO overrides (trace_id, subject, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body'
  statement(store.writer, sql).run(placeOf(traceId, override), subjectOf(override), JSON.stringify(override))
}

/** Forgets what was said of a pair or tool, whichever it was. Forgetting what was never said is no error. */
export function forgetOverride(store: Store, traceId: TraceId, override: Override): void {
  const sql = 'DELETE FROM overrides WHERE trace_id = ? AND subject = ?'
  statement(store.writer, sql).run(placeOf(traceId, override), subjectOf(override))
}

const placeOf = (traceId: TraceId, override: Override): string => (override.kind === 'effect' ? EVERY_TRACE : traceId)
