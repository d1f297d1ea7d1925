// How large the database is. All from the header page, which is in memory: cheap enough to ask at every step.

import type Database from 'better-sqlite3'

export interface FileSize {
  /** The database file, in bytes, once its log is written back; what `ls` shows, without the -wal file. */
  readonly bytes: number
  /** Bytes of it that hold something. The rest are free pages, which the next inserts fill before the file grows. */
  readonly usedBytes: number
}

export function fileSize(database: Database.Database): FileSize {
  const pageBytes = numberOf(database, 'page_size')
  const pages = numberOf(database, 'page_count')
  const freePages = numberOf(database, 'freelist_count')
  return { bytes: pages * pageBytes, usedBytes: (pages - freePages) * pageBytes }
}

/**
 * Bytes of a file with these tables and nothing in them: the first page of each table and index, that of the schema, and the
 * map of pages that shrinking in steps needs. 24 pages of 16 KiB in a file made by this version.
 */
export function emptySize(database: Database.Database): number {
  const roots = database.prepare('SELECT count(*) FROM sqlite_schema WHERE rootpage > 0').pluck().get() as number
  const maps = numberOf(database, 'auto_vacuum') > 0 ? 1 : 0
  return (roots + 1 + maps) * numberOf(database, 'page_size')
}

function numberOf(database: Database.Database, pragma: string): number {
  return database.pragma(pragma, { simple: true }) as number
}
