// Retention in the background of a server: steps between which the thread does its other work.

import type Database from 'better-sqlite3'
import type { RetentionLimits } from './limits.ts'
import { createPruner, type Pruner } from './pruner.ts'

/** How often limits are looked at when nothing was due, in milliseconds: a handful of header reads and one index seek. */
const LOOK_EVERY_MS = 1_000

/** After a failed step, in milliseconds: the database is locked or the disk is full, and exporters are told so already. */
const RETRY_MS = 1_000

/**
 * A step takes as long as all else has taken since the last one, within these bounds in milliseconds: at most half of the
 * thread, and enough of it to delete as fast as is written. With a fixed 8 ms between commits of 300 ms, a file with a
 * limit of 3 GB reached 12 GB in three minutes of overload.
 */
const LEAST_STEP_MS = 8
const LONGEST_STEP_MS = 100

/** How long nothing was deleted before the file is made smaller, in milliseconds. */
const QUIET_MS = 10_000

export interface RetainOptions {
  /** Takes a line for the person at the terminal. */
  readonly warn: (line: string) => void
  readonly now?: () => number
}

/**
 * Prunes until the function that it returns is called. `connect` gives the connection to write on, each time: it may be
 * another one after a failure, and may throw what SQLite throws.
 */
export function retain(connect: () => Database.Database, limits: RetentionLimits, options: RetainOptions): () => void {
  const { warn, now = Date.now } = options
  let connected: { readonly database: Database.Database; readonly pruner: Pruner } | null = null
  let failing = ''
  let endedMs = performance.now()
  const step = (elapsedMs: number): boolean => {
    const database = connect()
    if (connected?.database !== database) connected = { database, pruner: createPruner(database, limits, QUIET_MS) }
    return connected.pruner.step(now(), Math.min(LONGEST_STEP_MS, Math.max(LEAST_STEP_MS, elapsedMs)))
  }
  const turn = () => {
    const startedMs = performance.now()
    let pauseMs: number
    try {
      pauseMs = step(startedMs - endedMs) ? performance.now() - startedMs : LOOK_EVERY_MS
      failing = ''
    } catch (error) {
      const { message } = error as Error
      // Once per cause, not once per second.
      if (message !== failing) warn(`old traces cannot be deleted now: ${message}`)
      failing = message
      pauseMs = RETRY_MS
    }
    endedMs = performance.now()
    timer = setTimeout(turn, pauseMs)
  }
  let timer = setTimeout(turn, 0)
  return () => clearTimeout(timer)
}
