// A connection that writes, with the settings that decide speed and durability. See docs/decisions/0004-ingest.md.

import Database from 'better-sqlite3'

/**
 * What a commit survives. `process`: the death of the process, at any moment; the last commits may go when the machine
 * loses power. `power`: that too, as far as the disk is honest.
 */
export type Durability = 'process' | 'power'

/** How long a write waits for another process before it gives up with SQLITE_BUSY, in milliseconds. */
const BUSY_TIMEOUT_MS = 250

/**
 * Of a new file. Spans of some kilobytes cost a third less CPU than on pages of 4 KiB; from 32 KiB on small exports, which
 * touch six pages each whatever their size, write twice as much.
 */
const PAGE_SIZE = 16_384

/** The write-ahead log is moved into the file when it has grown to this. Less often is faster, and takes longer each time. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024

/** Opens `file`, or makes it, for writing. Does not look at its schema. Throws SqliteError. */
export function openWriter(file: string, durability: Durability): Database.Database {
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    // Only a file that is new can choose these; on any other, auto_vacuum would wait for the write lock. Incremental vacuum
    // lets retention give free pages back in small steps.
    if (database.pragma('page_count', { simple: true }) === 0) {
      database.pragma(`page_size = ${PAGE_SIZE}`)
      database.pragma('auto_vacuum = INCREMENTAL')
    }
    database.pragma('journal_mode = WAL')
    // Zeros over what is deleted, and over what moved when a page was split: free space may stay in the file for long, and a
    // prompt that retention took out must not be readable in it. No cost could be measured on inserts; a deletion takes about
    // a tenth longer.
    database.pragma('secure_delete = ON')
    database.pragma(`synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}`)
    const pageSize = database.pragma('page_size', { simple: true }) as number
    database.pragma(`wal_autocheckpoint = ${Math.round(CHECKPOINT_BYTES / pageSize)}`)
    database.pragma(`journal_size_limit = ${CHECKPOINT_BYTES}`)
    // A negative size is in KiB.
    database.pragma('cache_size = -16000')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
