// One span into the table: a new one, a better copy of one that is there, or another span under the same ids.

import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { TraceId } from '../../analyzer/model/span.ts'
import { statement } from './store.ts'
import type { TraceChanges } from './trace-changes.ts'

/** The columns of a span, in the order of the statements below. */
export type SpanValues = [
  traceId: TraceId,
  spanId: string | null,
  parentSpanId: string | null,
  name: string,
  kind: number,
  start: bigint,
  end: bigint,
  statusCode: number,
  resourceId: bigint,
  scopeId: bigint,
  body: Uint8Array | string,
]

const COLUMNS = `trace_id, span_id, parent_span_id, name, kind, start_unix_nano, end_unix_nano, status_code, resource_id,
  scope_id, body`

interface Stored {
  readonly id: bigint
  readonly name: string
  readonly start: bigint
  readonly end: bigint
  readonly bytes: bigint
  readonly isText: bigint
}

const FIND = `
  SELECT id, name, start_unix_nano AS start, end_unix_nano AS end, octet_length(body) AS bytes,
    typeof(body) = 'text' AS isText
  FROM spans WHERE trace_id = ? AND span_id = ? AND variant = ?`

/**
 * Writes spans on a connection, in a transaction of the caller's, and notes what became of their traces. `body` is how a body
 * is bound: `?`, or `CAST(? AS TEXT)` for bytes that are text.
 *
 * What shares its ids, start and name with a stored span is a copy of it, as the analyzer sees it too (`deduplicate.ts`): a
 * retried export, or an SDK that exports a span when it starts and again when it ends. The copy that ended later is kept; of
 * two that ended at once the longer, where both are in one encoding; else the first. Anything else is another span.
 */
export function createSpanWriter(
  database: Database.Database,
  body: '?' | 'CAST(? AS TEXT)',
  changes: TraceChanges,
): (values: SpanValues) => void {
  const insert = statement(
    database,
    `INSERT INTO spans (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${body})
     ON CONFLICT (trace_id, span_id, variant) DO NOTHING`,
  )
  const find = statement<Stored>(database, FIND)

  /** Nearly every span ends here: one statement, and no look at what is stored. */
  return function write(values) {
    const { changes: added, lastInsertRowid } = insert.run(...values)
    if (added > 0) changes.note(values, lastInsertRowid, 1)
    else meet(values)
  }

  function meet(values: SpanValues): void {
    const [traceId, spanId, , name, , start] = values
    const first = find.get(traceId, spanId, 0n)!
    const isCopy = first.start === start && first.name === name
    const variant = variantOf(start, name)
    const stored = isCopy ? first : find.get(traceId, spanId, variant)
    if (stored) {
      if (isBetter(values, stored)) improve(stored.id, values)
      return
    }
    const { lastInsertRowid } = statement(
      database,
      `INSERT INTO spans (variant, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${body})`,
    ).run(variant, ...values)
    changes.note(values, lastInsertRowid, 1)
  }

  /** A better copy takes a new row id: that is the trace's revision, and what was computed from the old copy is not used again. */
  function improve(storedId: bigint, values: SpanValues): void {
    const [, , parentSpanId, , kind, , end, statusCode, resourceId, scopeId, bytes] = values
    const { id } = statement<{ id: bigint }>(database, 'SELECT max(id) + 1 AS id FROM spans').get()!
    statement(
      database,
      `UPDATE spans SET id = ?, parent_span_id = ?, kind = ?, end_unix_nano = ?, status_code = ?, resource_id = ?,
         scope_id = ?, body = ${body}
       WHERE id = ?`,
    ).run(id, parentSpanId, kind, end, statusCode, resourceId, scopeId, bytes, storedId)
    changes.note(values, id, 0)
  }

  function isBetter(values: SpanValues, stored: Stored): boolean {
    const end = values[6]
    if (end !== stored.end) return end > stored.end
    const bytes = values[10]
    const isText = body !== '?' || typeof bytes === 'string'
    return isText === (stored.isText === 1n) && Buffer.byteLength(bytes) > stored.bytes
  }
}

/**
 * Never 0, and the same for every copy of a span. Found by it, a million spans under one id cost as little each as two; for
 * two of them to share one of 63 bits is as good as impossible.
 */
function variantOf(start: bigint, name: string): bigint {
  const digest = createHash('sha256').update(`${start} ${name}`).digest()
  return (digest.readBigUInt64BE() >> 1n) | 1n
}
