// Retention as a state machine: each step is one short transaction, and between two the database is whole.
//
//     delete expired traces, oldest first  ->  delete orphaned resources  ->  give free pages back  ->  idle
//
// A later state is left for the first as soon as a trace is past a limit again.

import type Database from 'better-sqlite3'
import { deleteOrphanedResources } from './delete-orphaned-resources.ts'
import { deleteSome } from './delete-some.ts'
import { type Expired, findExpired } from './find-expired.ts'
import type { RetentionLimits } from './limits.ts'
import { canShrink, shrink } from './shrink.ts'

/** How long a step works before it commits unless told, in milliseconds. An export that comes meanwhile waits about twice that. */
const STEP_MS = 8

/** Rows between two looks at the clock. Deleting one takes 5 to 30 us. */
const ROWS_AT_ONCE = 32

const RESOURCES_AT_ONCE = 256

/** What a step, or all steps so far, have taken out. */
export interface Pruned {
  readonly traces: number
  readonly spans: number
  readonly logs: number
  readonly resources: number
}

export interface Pruner {
  /**
   * Does a little of what is due, for about `budgetMs`. False when nothing was. Throws SqliteError with the step undone; the next call tries
   * again, so a database that is locked or a disk that is full costs nothing but time.
   */
  step(nowMs: number, budgetMs?: number): boolean
  readonly pruned: Pruned
}

/**
 * A pruner on a connection that may write. Free pages are given back when nothing was deleted for `quietMs`: a server that
 * is at its limit fills them again at once, and moving pages would be work for nothing. It begins with a sweep for orphans that an earlier
 * process may have left.
 */
export function createPruner(database: Database.Database, limits: RetentionLimits, quietMs = 0): Pruner {
  const mayShrink = canShrink(database)
  let victim: Expired | null = null
  let sweptTo: bigint | null = 0n
  let deletedMs = Number.NEGATIVE_INFINITY
  let total: Pruned = { traces: 0, spans: 0, logs: 0, resources: 0 }

  const step = (nowMs: number, budgetMs = STEP_MS): boolean => {
    const startedMs = performance.now()
    const isOver = () => performance.now() - startedMs >= budgetMs
    // Changes of state are kept back until the commit: a step that fails has not happened.
    let current = victim
    let cursor = sweptTo
    let { traces, spans, logs, resources } = total
    let worked = false
    database
      .transaction(() => {
        do {
          current ??= findExpired(database, limits, nowMs)
          if (current === null) break
          const deletion = deleteSome(database, current, ROWS_AT_ONCE)
          worked = true
          deletedMs = startedMs
          spans += deletion.spans
          logs += deletion.logs
          cursor = 0n
          if (deletion.isDone) {
            if (current.kind === 'trace') traces += 1
            current = null
          }
        } while (!isOver())
        // A little even when the look for traces took all the time: a step that did nothing says that nothing is due.
        while (current === null && cursor !== null && !(worked && isOver())) {
          const swept = deleteOrphanedResources(database, cursor, RESOURCES_AT_ONCE)
          resources += swept.deleted
          cursor = swept.after
          worked = true
        }
        const mayBegin = current === null && cursor === null && mayShrink && startedMs - deletedMs >= quietMs
        if (mayBegin && !(worked && isOver())) worked = shrink(database, isOver) || worked
      })
      .immediate()
    victim = current
    sweptTo = cursor
    total = { traces, spans, logs, resources }
    return worked
  }
  return {
    step,
    get pruned() {
      return total
    },
  }
}
