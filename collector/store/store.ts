// The two connections to the database file, and statements prepared once for each.

import type Database from 'better-sqlite3'
import type { Attributes, Span } from '../../analyzer/model/span.ts'

/** How a span and a resource become text and come back. The store does not know OTLP; `read(write(x))` must equal x. */
export interface SpanCodec {
  writeSpan(span: Span): string
  writeResource(resource: Attributes): string
  readResource(body: string): Attributes
  readSpan(body: string, origin: Pick<Span, 'resource' | 'scope'>): Span
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
