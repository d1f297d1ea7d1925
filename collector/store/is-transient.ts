import Database from 'better-sqlite3'

/**
 * Whether the database could not take a write now but may later, when somebody has seen to it: locked, the disk full, an
 * I/O error, a folder that may not be written. A damaged file is none of these: no waiting mends it.
 */
export function isTransient(error: unknown): boolean {
  return hasCode(error, /^SQLITE_(BUSY|LOCKED|PROTOCOL|FULL|IOERR|READONLY|CANTOPEN|NOMEM|PERM|AUTH)/)
}

/** Whether the same connection will do for the next try: it is only a lock or the space that is missing. */
export function isWaiting(error: unknown): boolean {
  return hasCode(error, /^SQLITE_(BUSY|LOCKED|FULL)/)
}

function hasCode(error: unknown, pattern: RegExp): boolean {
  return error instanceof Database.SqliteError && pattern.test(error.code)
}
