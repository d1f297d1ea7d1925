// What a transaction adds to the list of traces, gathered so that each trace is written once.

import type Database from 'better-sqlite3'
import type { TraceId } from '../../analyzer/model/span.ts'
import { statement } from './store.ts'

const UPDATE_TRACE = `
  INSERT INTO traces (trace_id, start_unix_nano, end_unix_nano, span_count, revision) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (trace_id) DO UPDATE SET
    start_unix_nano = min(start_unix_nano, excluded.start_unix_nano),
    end_unix_nano = max(end_unix_nano, excluded.end_unix_nano),
    span_count = span_count + excluded.span_count,
    revision = excluded.revision`

/** SQLite's integers are signed. A later time (after the year 2262) is kept exactly in the body only. */
export const MAX_TIME = 2n ** 63n - 1n

interface TraceChange {
  start: bigint
  end: bigint
  count: number
  revision: bigint | number
}

export interface TraceChanges {
  /** `count` spans were added, 0 if one was replaced; the row id that was given is the trace's revision from now on. */
  note(traceId: TraceId, start: bigint, end: bigint, revision: bigint | number, count: 0 | 1): void
  /** Writes all that was noted. Call it in the same transaction. */
  write(database: Database.Database): void
  /** Traces that got new spans or better copies, in order of first appearance. */
  traceIds(): TraceId[]
  /** Spans that were added. */
  added(): number
}

export function createTraceChanges(): TraceChanges {
  const changes = new Map<TraceId, TraceChange>()
  return {
    note(traceId, start, end, revision, count) {
      const change = changes.get(traceId)
      if (!change) changes.set(traceId, { start, end, count, revision })
      else {
        if (start < change.start) change.start = start
        if (end > change.end) change.end = end
        change.count += count
        change.revision = revision
      }
    },
    write(database) {
      const update = statement(database, UPDATE_TRACE)
      for (const [id, { start, end, count, revision }] of changes) update.run(id, start, end, count, revision)
    },
    traceIds: () => [...changes.keys()],
    added: () => [...changes.values()].reduce((sum, { count }) => sum + count, 0),
  }
}
