// Spans of something that was still going on when it was stored. Run it in the transaction that inserts them anew.

import type Database from 'better-sqlite3'
import type { Span } from '../../analyzer/model/span.ts'
import { statement } from './store.ts'

/** Deletes the stored copies of `spans` that end earlier than these do. Throws SqliteError. */
export function deleteShorter(database: Database.Database, spans: readonly Span[]): void {
  const remove = statement(database, 'DELETE FROM spans WHERE trace_id = ? AND span_id = ? AND end_unix_nano < ?')
  const uncount = statement(database, 'UPDATE traces SET span_count = span_count - ? WHERE trace_id = ?')
  for (const { traceId, spanId, endTimeUnixNano } of spans) {
    const { changes } = remove.run(traceId, spanId, endTimeUnixNano)
    if (changes > 0) uncount.run(changes, traceId)
  }
}
