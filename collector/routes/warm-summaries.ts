// Keeps the newest runs analysed while somebody looks at their list. A trace takes some milliseconds, so fifty new ones at
// once would make a request wait for half a second. They are analysed as they come; a request that comes first takes what
// is ready, and the pages are told when the rest is.

import type { TraceId } from '../../analyzer/model/span.ts'
import { listTraces } from '../store/list-traces.ts'
import type { ReadStore } from '../store/store.ts'
import type { AnalysedTraces } from './analysed-traces.ts'

/** How long after a look at the list it is kept ready, in milliseconds. A page looks again at each event. */
const WATCHED_MS = 10_000

/** How long it waits for more exports before it begins, in milliseconds. */
const GATHER_MS = 25

/** How long one request may analyse while the list is kept ready, in milliseconds. */
const LOOK_MS = 20

export interface WarmSummaries {
  /**
   * Somebody asks for the first `traces` of the list. Gives how many milliseconds the request may analyse: any number for
   * the first look in a while, which has nobody to rely on.
   */
  look(traces: number): number
  /** A request had no time for these; `publish` is called when they are ready. */
  leave(traceIds: readonly TraceId[]): void
  /** Something was stored. */
  changed(): void
  close(): void
}

export function createWarmSummaries(
  store: ReadStore,
  traces: AnalysedTraces,
  publish: (traceIds: readonly TraceId[]) => void,
  warn: (line: string) => void,
): WarmSummaries {
  const left = new Set<TraceId>()
  let watchedUntilMs = Number.NEGATIVE_INFINITY
  let page = 0
  let isWarming = false
  let hasChanged = false
  let isClosed = false
  const isWatched = () => !isClosed && performance.now() < watchedUntilMs

  async function warm(): Promise<void> {
    isWarming = true
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS).unref())
    try {
      while (hasChanged && isWatched()) {
        hasChanged = false
        await warmPage()
      }
    } catch (error) {
      warn(`the list of runs cannot be kept ready: ${(error as Error).message}`)
    }
    isWarming = false
  }

  async function warmPage(): Promise<void> {
    for (const trace of listTraces(store, page)) {
      if (!traces.hasSummaries(trace)) {
        await traces.prepare(trace)
        if (!isWatched()) return
      }
      if (left.delete(trace.traceId)) publish([trace.traceId])
      // What is newer is at the top of the page, and wanted first.
      if (hasChanged) return
    }
    // The others have moved to the next page.
    left.clear()
  }

  const changed = () => {
    hasChanged = true
    if (!isWarming && isWatched()) void warm()
  }
  return {
    look(wanted) {
      const budgetMs = isWatched() ? LOOK_MS : Number.POSITIVE_INFINITY
      watchedUntilMs = performance.now() + WATCHED_MS
      page = wanted
      return budgetMs
    },
    leave(traceIds) {
      for (const traceId of traceIds) left.add(traceId)
      changed()
    },
    changed,
    close() {
      isClosed = true
    },
  }
}
