import type { Worker } from 'node:worker_threads'
import { startThread } from '../ingest/start-thread.ts'
import type { SummarizeElsewhere } from '../routes/analysed-traces.ts'
import type { Summaries } from '../routes/summarize.ts'
import type { Summarized, SummaryData, Wanted } from './messages.ts'

export interface SummaryThread {
  readonly summarize: SummarizeElsewhere
  close(): Promise<void>
}

interface Asked {
  resolve(summaries: Summaries): void
  reject(error: Error): void
}

/** A thread that starts with the first trace: a server that nobody looks at does without. */
export function startSummaries(data: SummaryData): SummaryThread {
  const asked = new Map<number, Asked>()
  let nextId = 0
  let worker: Worker | null = null
  let isClosed = false

  function answered(message: Summarized): void {
    const waiting = asked.get(message.id)
    asked.delete(message.id)
    if (!waiting) return
    if (message.kind === 'summaries') waiting.resolve(message)
    else waiting.reject(new Error(message.message))
  }

  function start(): Worker {
    const started = startThread('summary-thread', data, [], import.meta.url)
    let reason = 'the analysis has stopped'
    started.on('message', answered)
    started.on('error', (error) => {
      reason = error.message
    })
    started.on('exit', () => {
      if (worker === started) worker = null
      for (const { reject } of asked.values()) reject(new Error(reason))
      asked.clear()
    })
    // What it works on is for a request, and a request keeps the process alive by itself.
    started.unref()
    return started
  }
  return {
    summarize: (shown) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('the server is stopping'))
        worker ??= start()
        const wanted: Wanted = { id: nextId++, traceIds: shown.map(({ traceId }) => traceId) }
        asked.set(wanted.id, { resolve, reject })
        worker.postMessage(wanted)
      }),
    async close() {
      isClosed = true
      await worker?.terminate()
    },
  }
}
