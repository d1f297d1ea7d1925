// Server-sent events, with a reconnection that backs off. EventSource reconnects by itself only after some failures,
// and never says for how long; doing it here gives one behaviour and something to show.

import type { RunsEvent } from '../../analyzer/model/api.ts'
import { connection } from '../state/app.ts'

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 15_000

/**
 * Calls `onRuns` with the traces that have new spans, and with null after a reconnection: anything may have been missed.
 * Returns the way to stop.
 */
export function listen(onRuns: (traceIds: readonly string[] | null) => void): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = FIRST_RETRY_MS
  let wasLost = false

  const open = () => {
    source = new EventSource('/api/events')
    source.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS
      connection.set({ state: 'open', retryInMs: 0 })
      if (wasLost) onRuns(null)
      wasLost = false
    })
    source.addEventListener('runs', (event) => {
      const data = readEvent((event as MessageEvent<string>).data)
      onRuns(data?.traceIds ?? null)
    })
    source.addEventListener('error', () => {
      source?.close()
      wasLost = true
      connection.set({ state: 'lost', retryInMs: retryMs })
      timer = setTimeout(open, retryMs)
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    })
  }
  const retryNow = () => {
    if (connection.get().state !== 'lost') return
    clearTimeout(timer)
    retryMs = FIRST_RETRY_MS
    open()
  }
  window.addEventListener('online', retryNow)
  open()
  return () => {
    window.removeEventListener('online', retryNow)
    clearTimeout(timer)
    source?.close()
  }
}

function readEvent(text: string): RunsEvent | null {
  try {
    const data = JSON.parse(text) as RunsEvent
    return Array.isArray(data.traceIds) ? data : null
  } catch {
    return null
  }
}
