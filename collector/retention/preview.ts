// What a pruner would delete now, without deleting.

import type Database from 'better-sqlite3'
import { statement } from '../store/store.ts'
import { emptySize, fileSize } from './file-size.ts'
import { IS_LOOSE } from './find-expired.ts'
import { cutoffOf, type RetentionLimits } from './limits.ts'

export interface Preview {
  readonly traces: number
  readonly spans: number
  /** Records of no trace that are past the age. Those that go with their trace, or for the size, are not counted. */
  readonly logs: number
  /** What they hold, taken as their share of all that spans and records take: to measure it would read the whole file. */
  readonly bytes: number
}

interface Row {
  readonly start: bigint
  readonly end: bigint
  readonly spans: bigint
}

/** Walks the list of traces once, oldest first, as the pruner does. */
export function previewPrune(database: Database.Database, limits: RetentionLimits, nowMs: number): Preview {
  const { usedBytes } = fileSize(database)
  const rows = count(database, 'SELECT (SELECT coalesce(sum(span_count), 0) FROM traces) + (SELECT count(*) FROM logs)')
  const bytesPerRow = Math.max(usedBytes - emptySize(database), 0) / Math.max(1, rows)
  const cutoff = cutoffOf(limits, nowMs)
  const logs =
    cutoff === null ? 0 : count(database, `SELECT count(*) FROM logs WHERE time_unix_nano < ? AND ${IS_LOOSE}`, cutoff)
  const isTooOld = (row: Row) => cutoff !== null && row.start < cutoff && row.end < cutoff
  const select = `
    SELECT start_unix_nano AS start, end_unix_nano AS end, span_count AS spans FROM traces
    ORDER BY start_unix_nano, trace_id`
  const gone = { traces: 0, spans: 0, logs }
  const kept: Row[] = []
  const remove = (row: Row) => {
    gone.traces += 1
    gone.spans += Number(row.spans)
  }
  for (const row of statement<Row>(database, select).iterate()) {
    if (isTooOld(row)) remove(row)
    else kept.push(row)
  }
  const { maxBytes = Number.POSITIVE_INFINITY } = limits
  for (const row of kept) {
    if (usedBytes - (gone.spans + logs) * bytesPerRow <= maxBytes) break
    remove(row)
  }
  return { ...gone, bytes: Math.round((gone.spans + logs) * bytesPerRow) }
}

function count(database: Database.Database, sql: string, ...values: readonly bigint[]): number {
  return Number(
    database
      .prepare<bigint[], number>(sql)
      .pluck()
      .get(...values),
  )
}
