// Opens the database file, makes it if need be, and brings it to the newest schema.

import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { err, ok, type Result } from '../../analyzer/base/result.ts'
import { MIGRATIONS } from './migrations.ts'
import { type Durability, openWriter } from './open-writer.ts'
import type { ReadStore, SpanCodec, Store } from './store.ts'

/**
 * How long a write waits for another process before it gives up with SQLITE_BUSY, in milliseconds. better-sqlite3 waits
 * on the only thread, so the page stands still meanwhile; the exporter is told to come back instead.
 */
const BUSY_TIMEOUT_MS = 250

/** Opens `file` for writing and reading. The error is a sentence that says what to do. */
export function openStore(file: string, codec: SpanCodec, durability: Durability = 'process'): Result<Store> {
  const opened: Database.Database[] = []
  try {
    mkdirSync(dirname(file), { recursive: true })
    const writer = openWriter(file, durability)
    opened.push(writer)
    const newer = migrate(writer, file)
    if (newer !== null) {
      writer.close()
      return err(newer)
    }
    const reader = openReader(file)
    opened.push(reader)
    return ok({ file, writer, reader, codec, close: () => closeAll([reader, writer]) })
  } catch (error) {
    closeAll(opened)
    return err(explain(file, error))
  }
}

/** Opens a file that exists, for reading only; another process may be writing to it. */
export function openReadStore(file: string, codec: SpanCodec): Result<ReadStore> {
  if (!existsSync(file)) return err(`there is no database ${file}: start tailrace and send it some spans first`)
  try {
    const reader = openReader(file)
    const version = versionOf(reader)
    if (version === MIGRATIONS.length) return ok({ file, reader, codec, close: () => reader.close() })
    reader.close()
    return err(version > MIGRATIONS.length ? newerFile(file, version) : olderFile(file, version))
  } catch (error) {
    return err(explain(file, error))
  }
}

function openReader(file: string): Database.Database {
  const reader = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  reader.pragma('cache_size = -16000')
  return reader
}

/** Applies what is missing, each step in a transaction of its own. A sentence if the file is from a newer Tailrace. */
function migrate(database: Database.Database, file: string): string | null {
  const found = versionOf(database)
  if (found > MIGRATIONS.length) return newerFile(file, found)
  for (let version = found; version < MIGRATIONS.length; version++) {
    database
      .transaction(() => {
        // Another process may have taken this step since we looked.
        if (versionOf(database) !== version) return
        database.exec(MIGRATIONS[version]!)
        database.pragma(`user_version = ${version + 1}`)
      })
      .immediate()
  }
  return null
}

const versionOf = (database: Database.Database): number => database.pragma('user_version', { simple: true }) as number

const newerFile = (file: string, version: number): string =>
  `${file} was written by a newer Tailrace (schema ${version}, this one knows ${MIGRATIONS.length}): ` +
  'update Tailrace, or name another file with --db'

const olderFile = (file: string, version: number): string =>
  version === 0
    ? `${file} is not a Tailrace database: name the right file with --db`
    : `${file} has an older schema (${version}, this Tailrace needs ${MIGRATIONS.length}): start tailrace once on it to upgrade`

function explain(file: string, error: unknown): string {
  const { code, message } = error as { code?: string; message: string }
  if (code === 'SQLITE_NOTADB') return `${file} is not a SQLite database: name another file with --db`
  if (code === 'SQLITE_CORRUPT') return `${file} is damaged (${message}): move it away, or name another file with --db`
  return `cannot open the database ${file}: ${message}`
}

function closeAll(databases: readonly Database.Database[]): void {
  for (const database of databases) database.close()
}
