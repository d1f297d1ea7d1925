// Retention in the background of a server: steps between which the thread does its other work.

import type Database from 'better-sqlite3'
import type { RetentionLimits } from './limits.ts'
import { createPruner, type Pruner } from './pruner.ts'

/** How often limits are looked at when nothing was due, in milliseconds: a handful of header reads and one index seek. */
const LOOK_EVERY_MS = 1_000

/** After a failed step, in milliseconds: the database is locked or the disk is full, and exporters are told so already. */
const RETRY_MS = 1_000

/** The pause after a step is this many times as long as the step: ingest keeps at least half of the thread. */
const PAUSE_PER_STEP = 1

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
  const step = (): boolean => {
    const database = connect()
    if (connected?.database !== database) connected = { database, pruner: createPruner(database, limits) }
    return connected.pruner.step(now())
  }
  const turn = () => {
    const startedMs = performance.now()
    let pauseMs: number
    try {
      pauseMs = step() ? (performance.now() - startedMs) * PAUSE_PER_STEP : LOOK_EVERY_MS
      failing = ''
    } catch (error) {
      const { message } = error as Error
      // Once per cause, not once per second.
      if (message !== failing) warn(`old traces cannot be deleted now: ${message}`)
      failing = message
      pauseMs = RETRY_MS
    }
    timer = setTimeout(turn, pauseMs)
  }
  let timer = setTimeout(turn, 0)
  return () => clearTimeout(timer)
}
