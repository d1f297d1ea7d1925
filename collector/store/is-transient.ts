import Database from 'better-sqlite3'

/** Whether the database could not take a write now but may later: locked, the disk full, an I/O error. */
export function isTransient(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED|FULL|IOERR)/.test(error.code)
}
