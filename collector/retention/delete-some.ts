// Takes rows out of what has to go, a few at a time. After each call the trace's row counts exactly the spans that are
// left, so a process that dies in between leaves a shorter trace, never a wrong one; it is still the oldest, and goes
// next time.

import type Database from 'better-sqlite3'
import { statement } from '../store/store.ts'
import { type Expired, IS_LOOSE } from './find-expired.ts'

/** A conversation that has no spans takes its records with it, but for those that name another trace. */
const DELETE_LOGS = `
  DELETE FROM logs WHERE id IN (
    SELECT id FROM logs WHERE trace_id = @traceId
    UNION ALL
    SELECT id FROM logs WHERE conversation_id = @traceId
      AND (trace_id IS NULL OR trace_id = @traceId OR NOT EXISTS (SELECT 1 FROM traces WHERE traces.trace_id = logs.trace_id))
    LIMIT @limit)`

const FORGET_CONVERSATIONS = 'DELETE FROM conversations WHERE trace_id = ?'

const DELETE_LOOSE_LOGS = `
  DELETE FROM logs WHERE id IN (
    SELECT id FROM logs WHERE time_unix_nano < ? AND ${IS_LOOSE} ORDER BY time_unix_nano LIMIT ?)`

const DELETE_SPANS = `
  DELETE FROM spans WHERE id IN (SELECT id FROM spans WHERE trace_id = ? AND id <= ? LIMIT ?)`

/** What is left when spans came while the trace was going: they were acknowledged after the decision, and stay. */
const KEEP_REST = `
  UPDATE traces SET
    span_count = (SELECT count(*) FROM spans WHERE trace_id = @traceId),
    start_unix_nano = (SELECT min(start_unix_nano) FROM spans WHERE trace_id = @traceId),
    end_unix_nano = (SELECT max(end_unix_nano) FROM spans WHERE trace_id = @traceId),
    lone_resource_id = (SELECT CASE WHEN count(*) = 1 AND max(parent_span_id) IS NULL THEN max(resource_id) END
      FROM spans WHERE trace_id = @traceId)
  WHERE trace_id = @traceId`

export interface Deletion {
  readonly spans: number
  readonly logs: number
  /** Whether nothing of what was to go is left, or, for loose logs, whether to look again at what is oldest now. */
  readonly isDone: boolean
}

/** Deletes at most `limit` rows. Call it in a transaction. */
export function deleteSome(database: Database.Database, expired: Expired, limit: number): Deletion {
  if (expired.kind === 'loose-logs') {
    const { changes: logs } = statement(database, DELETE_LOOSE_LOGS).run(expired.before, limit)
    return { spans: 0, logs, isDone: true }
  }
  const { traceId, revision } = expired
  const { changes: logs } = statement(database, DELETE_LOGS).run({ traceId, limit })
  if (logs === limit) return { spans: 0, logs, isDone: false }
  const wanted = limit - logs
  const { changes: spans } = statement(database, DELETE_SPANS).run(traceId, revision, wanted)
  statement(database, 'UPDATE traces SET span_count = span_count - ? WHERE trace_id = ?').run(spans, traceId)
  if (spans === wanted) return { spans, logs, isDone: false }
  const gone = statement(database, 'DELETE FROM traces WHERE trace_id = ? AND span_count = 0').run(traceId)
  if (gone.changes === 0) statement(database, KEEP_REST).run({ traceId })
  else {
    statement(database, FORGET_CONVERSATIONS).run(traceId)
    // What was said of its calls has lost its subject.
    statement(database, 'DELETE FROM overrides WHERE trace_id = ?').run(traceId)
  }
  return { spans, logs, isDone: true }
}
