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

function numberOf(database: Database.Database, pragma: string): number {
  return database.pragma(pragma, { simple: true }) as number
}
