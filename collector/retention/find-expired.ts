// What has to go next: the oldest trace that is past a limit, or log records older than every trace.

import type Database from 'better-sqlite3'
import type { TraceId } from '../../analyzer/model/span.ts'
import { statement } from '../store/store.ts'
import { fileSize } from './file-size.ts'
import { cutoffOf, type RetentionLimits } from './limits.ts'

export type Expired =
  | {
      readonly kind: 'trace'
      readonly traceId: TraceId
      /** Spans that come later have higher ids and are not part of what goes. */
      readonly revision: bigint
    }
  /** Records of no stored trace, with a time below `before` (nanoseconds). Each stands for itself. */
  | { readonly kind: 'loose-logs'; readonly before: bigint }

interface Oldest {
  readonly traceId: TraceId
  readonly revision: bigint
  readonly start: bigint
}

/**
 * A trace has ended when its last span has, or has started: a span that is not over has an end of 0.
 * The index by start bounds the search to traces that could be old enough; the few that started long ago and still go on
 * are looked at each time.
 */
const BY_AGE = `
  SELECT trace_id AS traceId, revision, start_unix_nano AS start FROM traces
  WHERE start_unix_nano < @cutoff AND max(start_unix_nano, end_unix_nano) < @cutoff
  ORDER BY start_unix_nano, trace_id LIMIT 1`

const OLDEST = `
  SELECT trace_id AS traceId, revision, start_unix_nano AS start FROM traces
  ORDER BY start_unix_nano, trace_id LIMIT 1`

/** The condition on a record that nothing takes with it. Agents log outside of traces, too. */
export const IS_LOOSE =
  '((logs.trace_id IS NULL OR NOT EXISTS (SELECT 1 FROM traces WHERE traces.trace_id = logs.trace_id)) AND ' +
  '(logs.conversation_id IS NULL OR NOT EXISTS (SELECT 1 FROM traces WHERE traces.trace_id = logs.conversation_id)))'

const LOOSE_BEFORE = `SELECT 1 FROM logs WHERE time_unix_nano < ? AND ${IS_LOOSE} ORDER BY time_unix_nano LIMIT 1`

const END_OF_TIME = 2n ** 63n - 1n

/** Null when everything stored may stay. */
export function findExpired(database: Database.Database, limits: RetentionLimits, nowMs: number): Expired | null {
  const cutoff = cutoffOf(limits, nowMs)
  if (cutoff !== null) {
    const trace = statement<Oldest>(database, BY_AGE).get({ cutoff })
    if (trace) return expired(trace)
    if (hasLooseLogs(database, cutoff)) return { kind: 'loose-logs', before: cutoff }
  }
  if (limits.maxBytes === undefined || fileSize(database).usedBytes <= limits.maxBytes) return null
  const oldest = statement<Oldest>(database, OLDEST).get()
  // Only records older than the oldest trace: that is their turn, and nearly all of them are loose, so the search ends soon.
  const before = oldest?.start ?? END_OF_TIME
  if (hasLooseLogs(database, before)) return { kind: 'loose-logs', before }
  return oldest ? expired(oldest) : null
}

const expired = ({ traceId, revision }: Oldest): Expired => ({ kind: 'trace', traceId, revision })

function hasLooseLogs(database: Database.Database, before: bigint): boolean {
  return statement(database, LOOSE_BEFORE).get(before) !== undefined
}
