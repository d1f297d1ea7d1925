// What a transaction adds to the list of traces, gathered so that each trace is written once.

import type Database from 'better-sqlite3'
import type { TraceId } from '../../analyzer/model/span.ts'
import { statement } from './store.ts'
import type { SpanValues } from './write-span.ts'

const UPDATE_TRACE = `
  INSERT INTO traces (trace_id, start_unix_nano, end_unix_nano, span_count, revision, lone_resource_id)
  VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (trace_id) DO UPDATE SET
    start_unix_nano = min(start_unix_nano, excluded.start_unix_nano),
    end_unix_nano = max(end_unix_nano, excluded.end_unix_nano),
    span_count = span_count + excluded.span_count,
    revision = excluded.revision,
    lone_resource_id = CASE WHEN span_count + excluded.span_count = 1 THEN excluded.lone_resource_id END`

/** SQLite's integers are signed. A later time (after the year 2262) is kept exactly in the body only. */
export const MAX_TIME = 2n ** 63n - 1n

interface TraceChange {
  start: bigint
  end: bigint
  count: number
  revision: bigint | number
  /** Resource of the span that was noted last, null if it has a parent. Counts where it is the trace's only one. */
  root: bigint | null
}

export interface TraceChanges {
  /** `count` spans were added, 0 if one was replaced; the row id that was given is the trace's revision from now on. */
  note(span: SpanValues, revision: bigint | number, count: 0 | 1): void
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
    note(span, revision, count) {
      const [traceId, , parentSpanId, , , start, end, , resourceId] = span
      const change = changes.get(traceId)
      const root = parentSpanId === null ? resourceId : null
      if (!change) changes.set(traceId, { start, end, count, revision, root })
      else {
        if (start < change.start) change.start = start
        if (end > change.end) change.end = end
        change.count += count
        change.revision = revision
        change.root = root
      }
    },
    write(database) {
      const update = statement(database, UPDATE_TRACE)
      for (const [id, { start, end, count, revision, root }] of changes) {
        update.run(id, start, end, count, revision, count > 1 ? null : root)
      }
    },
    traceIds: () => [...changes.keys()],
    added: () => [...changes.values()].reduce((sum, { count }) => sum + count, 0),
  }
}
