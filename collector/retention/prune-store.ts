// Retention from start to end, as a command does it; a server may be writing to the same file.

import { setTimeout as sleep } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { isTransient } from '../store/is-transient.ts'
import type { RetentionLimits } from './limits.ts'
import { createPruner, type Pruned } from './pruner.ts'
import { INCREMENTAL } from './shrink.ts'

/** How long a step that fails is tried again, in milliseconds. A server lets go of its lock many times a second. */
const GIVE_UP_MS = 10_000

/** Deletes all that is past a limit now and gives the free pages back. Throws SqliteError when it cannot go on. */
export async function pruneStore(database: Database.Database, limits: RetentionLimits, nowMs: number): Promise<Pruned> {
  const pruner = createPruner(database, limits)
  let failingSinceMs: number | null = null
  for (;;) {
    const startedMs = performance.now()
    try {
      if (!pruner.step(nowMs)) break
      failingSinceMs = null
    } catch (error) {
      failingSinceMs ??= startedMs
      if (!isTransient(error) || startedMs - failingSinceMs > GIVE_UP_MS) throw error
    }
    // As long again as the step took, for the server.
    await sleep(performance.now() - startedMs)
  }
  writeBack(database)
  return pruner.pruned
}

/**
 * Writes the file anew without its free pages, and so that it can give pages back in steps from now on. Takes the space of
 * the data twice over while it runs, and holds up a server's writes for as long; it tells its exporters to try again.
 */
export function vacuum(database: Database.Database): void {
  database.pragma(`auto_vacuum = ${INCREMENTAL}`)
  database.exec('VACUUM')
  writeBack(database)
}

/** Brings the log into the file, whose size on disk follows only then. Does what it can while others read. */
function writeBack(database: Database.Database): void {
  database.pragma('wal_checkpoint(TRUNCATE)')
}
