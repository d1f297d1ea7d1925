// Retention in the background of a server: steps between which the thread does its other work.

import type Database from 'better-sqlite3'
import type { RetentionLimits } from './limits.ts'
import { createPruner, type Pruner } from './pruner.ts'

/** How often limits are looked at when nothing was due, in milliseconds: a handful of header reads and one index seek. */
const LOOK_EVERY_MS = 1_000

/** After a failed step, in milliseconds: the database is locked or the disk is full, and exporters are told so already. */
const RETRY_MS = 1_000

/** A step between two exports of an idle server, in milliseconds. */
const IDLE_STEP_MS = 8

/**
 * Steps after a commit may together take this many times as long as the commit. Deleting a span takes about half as long as storing
 * one, so that the file stays at its limit however fast exports come; with half of the thread's time at the most, a file
 * with a limit of 4 GB reached 9 GB in five minutes of overload.
 */
const STEPS_PER_COMMIT = 2

/** Bounds of one step after a commit, in milliseconds: the longest also says how long another process waits for the lock. */
const LEAST_STEP_MS = 2
const LONGEST_STEP_MS = 100

/** How long after a look that found nothing due a commit leaves the limits alone, in milliseconds. */
const REST_MS = 10

/** How long nothing was deleted before the file is made smaller, in milliseconds. */
const QUIET_MS = 10_000

export interface RetainOptions {
  /** Takes a line for the person at the terminal. */
  readonly warn: (line: string) => void
  readonly now?: () => number
}

export interface Retention {
  /** Takes steps in proportion to a commit that took `tookMs` milliseconds, if anything is due. Never throws. */
  afterCommit(tookMs: number): void
  stop(): void
}

/**
 * Prunes until it is stopped: a little after each commit, and by itself when there are none. `connect` gives the connection
 * to write on, each time: it may be another one after a failure, and may throw what SQLite throws.
 */
export function retain(connect: () => Database.Database, limits: RetentionLimits, options: RetainOptions): Retention {
  const { warn, now = Date.now } = options
  let connected: { readonly database: Database.Database; readonly pruner: Pruner } | null = null
  let failing = ''
  let isBehind = false
  let startedMs = 0
  let endedMs = Number.NEGATIVE_INFINITY

  /** Gives the milliseconds until the next step, if no commit comes before. */
  function step(budgetMs: number): number {
    startedMs = performance.now()
    try {
      const database = connect()
      if (connected?.database !== database) connected = { database, pruner: createPruner(database, limits, QUIET_MS) }
      isBehind = connected.pruner.step(now(), budgetMs)
      failing = ''
    } catch (error) {
      const { message } = error as Error
      // Once per cause, not once per second.
      if (message !== failing) warn(`old traces cannot be deleted now: ${message}`)
      failing = message
      isBehind = false
    }
    endedMs = performance.now()
    if (failing !== '') return RETRY_MS
    return isBehind ? endedMs - startedMs : LOOK_EVERY_MS
  }
  const turn = () => {
    timer = setTimeout(turn, step(IDLE_STEP_MS))
  }
  let timer = setTimeout(turn, 0)
  return {
    afterCommit(tookMs) {
      if (!isBehind && performance.now() - endedMs < (failing === '' ? REST_MS : RETRY_MS)) return
      let leftMs = Math.max(LEAST_STEP_MS, STEPS_PER_COMMIT * tookMs)
      do {
        step(Math.min(LONGEST_STEP_MS, leftMs))
        leftMs -= endedMs - startedMs
      } while (isBehind && leftMs > 0)
    },
    stop: () => clearTimeout(timer),
  }
}
