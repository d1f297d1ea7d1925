// Conversations: log records that name no trace, by the trace that they are shown in. A conversation is a row of `traces`
// itself, with no spans; `conversations` says which traces of spans belong to it, and take those records that are of their
// time.

import type Database from 'better-sqlite3'
import { type Extent, NEAR_NS, nearestExtent } from '../../analyzer/base/nearest-extent.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import { type StoredBody, statement } from './store.ts'

/**
 * Tells the conversations of what comes from one resource and scope: what can be said of these alone is said once for all.
 * The store knows no agent; null is given for what is of none.
 */
export interface ConversationReader {
  ofSpans(resource: StoredBody, scope: StoredBody): ConversationOf
  ofLogs(resource: StoredBody, scope: StoredBody): ConversationOf
}

/** `name` is the span's name or the record's event name, `body` what is stored of it. */
export type ConversationOf = (name: string, body: StoredBody) => TraceId | null

const ADD_TRACE = 'INSERT INTO conversations (conversation_id, trace_id) VALUES (?, ?) ON CONFLICT DO NOTHING'

/** The trace may take records that the conversation had, so what was computed of that holds no more. */
const TOUCH = `
  UPDATE traces SET revision = revision + 1
  WHERE span_count = 0 AND trace_id IN (SELECT conversation_id FROM conversations WHERE trace_id = ?)
  RETURNING trace_id AS traceId`

const WIDEN = `
  INSERT INTO traces (trace_id, start_unix_nano, end_unix_nano, span_count, revision) VALUES (?, ?, ?, 0, 0)
  ON CONFLICT (trace_id) DO UPDATE SET
    start_unix_nano = min(start_unix_nano, excluded.start_unix_nano),
    end_unix_nano = max(end_unix_nano, excluded.end_unix_nano)`

const TRACES = `
  SELECT traces.trace_id AS traceId, start_unix_nano AS start, end_unix_nano AS "end"
  FROM conversations JOIN traces ON traces.trace_id = conversations.trace_id
  WHERE conversation_id = ? ORDER BY start_unix_nano, traces.trace_id`

export interface ConversationTrace extends Extent {
  readonly traceId: TraceId
}

/** A span of `traceId` names the conversation, or a record of the conversation names the trace. */
export function noteTraceOf(database: Database.Database, conversation: TraceId, traceId: TraceId): void {
  statement(database, ADD_TRACE).run(conversation, traceId)
}

/** Spans were added to the traces. Gives the conversations that have changed by that; mostly there are none at all. */
export function noteSpansOf(database: Database.Database, traceIds: readonly TraceId[]): TraceId[] {
  if (!statement(database, 'SELECT 1 FROM conversations LIMIT 1').get()) return []
  const touch = statement<{ traceId: TraceId }>(database, TOUCH)
  return traceIds.flatMap((traceId) => touch.all(traceId).map((row) => row.traceId))
}

/** A log record of the conversation was stored. Gives the traces that it may be shown in. */
export function noteLogOf(database: Database.Database, conversation: TraceId, time: bigint): TraceId[] {
  statement(database, WIDEN).run(conversation, time, time)
  const near = tracesOf(database, conversation).filter(
    ({ start, end }) => start - NEAR_NS <= time && time <= end + NEAR_NS,
  )
  return [conversation, ...near.map(({ traceId }) => traceId)]
}

/** Traces of spans that belong to a conversation, in order of start. */
export const tracesOf = (database: Database.Database, conversation: TraceId): ConversationTrace[] =>
  statement<ConversationTrace>(database, TRACES).all(conversation)

/** The trace among `traces` that takes a record of that time; undefined if the conversation keeps it. */
export const takerOf = (traces: readonly ConversationTrace[], time: bigint): TraceId | undefined =>
  nearestExtent(traces, time)?.traceId
