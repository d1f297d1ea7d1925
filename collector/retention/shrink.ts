// Gives free pages at the end of the file back to the file system, a few at a time.

import type Database from 'better-sqlite3'

/** The value of `PRAGMA auto_vacuum` of a file that can give pages back in steps. */
export const INCREMENTAL = 2

/** Pages moved per call: a full one is copied and a pointer to it is changed, about 20 us in all. */
const PAGES_AT_ONCE = 32

/** Whether the file can shrink in steps. One made without auto_vacuum shrinks only by a whole VACUUM. */
export function canShrink(database: Database.Database): boolean {
  return database.pragma('auto_vacuum', { simple: true }) === INCREMENTAL
}

/** Frees pages until `isOver` or none is left; says whether some are. Call it in a transaction. */
export function shrink(database: Database.Database, isOver: () => boolean): boolean {
  while (freePages(database) > 0) {
    if (isOver()) return true
    database.pragma(`incremental_vacuum(${PAGES_AT_ONCE})`)
  }
  return false
}

function freePages(database: Database.Database): number {
  return database.pragma('freelist_count', { simple: true }) as number
}
