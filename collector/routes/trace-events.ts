// Tells the open pages which traces have grown. Many exports in a moment are one event.

import type { TraceId } from '../../analyzer/model/span.ts'

/** How long an event waits for more of its kind, in milliseconds: short to a person, long to a busy exporter. */
const GATHER_MS = 150

export interface TraceListener {
  /** These traces have new spans. */
  changed(traceIds: readonly TraceId[]): void
  /** The server is closing: nothing will follow. */
  closed(): void
}

export interface TraceEvents {
  publish(traceIds: readonly TraceId[]): void
  /** Returns the way to stop listening. After `close`, `closed` is called at once. */
  subscribe(listener: TraceListener): () => void
  /** How many are listening. */
  readonly listeners: number
  close(): void
}

/**
 * `related` gives the traces that show a change of the given ones, themselves among them. Where it fails, such as on a
 * database that cannot be read, the given ones are told alone; `warn` is given the reason once, until it works again.
 */
export function createTraceEvents(
  gatherMs = GATHER_MS,
  related: (traceIds: readonly TraceId[]) => readonly TraceId[] = (traceIds) => traceIds,
  warn: (line: string) => void = () => {},
): TraceEvents {
  const listeners = new Set<TraceListener>()
  const gathered = new Set<TraceId>()
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let isFailing = false

  // Called by a timer: what is thrown here would end the process.
  const withRelated = (traceIds: readonly TraceId[]): readonly TraceId[] => {
    try {
      const all = related(traceIds)
      isFailing = false
      return all
    } catch (error) {
      if (!isFailing) warn(`open pages may miss changes of some runs until they load anew: ${(error as Error).message}`)
      isFailing = true
      return traceIds
    }
  }
  const flush = () => {
    timer = undefined
    const traceIds = withRelated([...gathered])
    gathered.clear()
    for (const listener of listeners) listener.changed(traceIds)
  }
  return {
    publish(traceIds) {
      if (listeners.size === 0 || isClosed) return
      for (const id of traceIds) gathered.add(id)
      // Counted from the first, so that a steady stream of exports cannot put it off for ever.
      timer ??= setTimeout(flush, gatherMs)
    },
    subscribe(listener) {
      if (isClosed) listener.closed()
      else listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get listeners() {
      return listeners.size
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      for (const listener of listeners) listener.closed()
      listeners.clear()
    },
  }
}
