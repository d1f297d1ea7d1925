// The two connections to the database file, and statements prepared once for each.

import type Database from 'better-sqlite3'
import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Attributes, Span } from '../../analyzer/model/span.ts'

/** An open database file, for those who hand it on and call no method of it. */
export type Connection = Database.Database

/** A body as it is stored: the bytes as received, and whether they are text (OTLP/JSON) or not (protobuf). */
export interface StoredBody {
  readonly body: Uint8Array
  readonly isText: boolean
}

/** How bodies become values and come back. The store does not know OTLP; `read(write(x))` must equal x. */
export interface SpanCodec {
  writeSpan(span: Span): string
  writeResource(resource: Attributes): string
  writeScope(scope: Span['scope']): string
  readResource(stored: StoredBody): Attributes
  readScope(stored: StoredBody): Span['scope']
  readSpan(stored: StoredBody, origin: Pick<Span, 'resource' | 'scope'>): Span
  readLog(stored: StoredBody, origin: Pick<Span, 'resource' | 'scope'>): LogRecord
}

/** What reading needs: a file opened by another process is enough. */
export interface ReadStore {
  readonly file: string
  /** Never writes, so a long read holds up no export. */
  readonly reader: Database.Database
  readonly codec: SpanCodec
  close(): void
}

export interface Store extends ReadStore {
  readonly writer: Database.Database
}

const prepared = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** The statement for `sql` on this connection, prepared on first use. Integers come back as bigints. */
export function statement<Row>(database: Database.Database, sql: string): Database.Statement<unknown[], Row> {
  const statements = prepared.get(database) ?? new Map<string, Database.Statement>()
  prepared.set(database, statements)
  // Times in nanoseconds do not fit a double.
  const found = statements.get(sql) ?? database.prepare(sql).safeIntegers()
  statements.set(sql, found)
  return found as Database.Statement<unknown[], Row>
}
