import type { Worker } from 'node:worker_threads'
import { startThread } from '../ingest/start-thread.ts'
import type { Elsewhere } from '../routes/analysed-traces.ts'
import type { Analysed, AnalysisData, Wanted } from './messages.ts'

export interface AnalysisThread extends Elsewhere {
  close(): Promise<void>
}

interface Asked {
  resolve(answer: Analysed): void
  reject(error: Error): void
}

/** A thread that starts with the first trace: a server that nobody looks at does without. */
export function startAnalysis(data: AnalysisData): AnalysisThread {
  const asked = new Map<number, Asked>()
  let nextId = 0
  let worker: Worker | null = null
  let isClosed = false

  function answered(answer: Analysed): void {
    const waiting = asked.get(answer.id)
    asked.delete(answer.id)
    if (answer.kind === 'failed') waiting?.reject(new Error(answer.message))
    else waiting?.resolve(answer)
  }

  function start(): Worker {
    const started = startThread('analysis-thread', data, [], import.meta.url)
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

  /** The answer has the kind of the question. */
  const ask = <K extends 'summaries' | 'report'>(wanted: Wanted & { kind: K }) =>
    new Promise<Analysed & { kind: K }>((resolve, reject) => {
      if (isClosed) return reject(new Error('the server is stopping'))
      worker ??= start()
      asked.set(wanted.id, { resolve: resolve as Asked['resolve'], reject })
      worker.postMessage(wanted)
    })
  return {
    async summarize(shown) {
      const traceIds = shown.map(({ traceId }) => traceId)
      return (await ask({ kind: 'summaries', id: nextId++, traceIds })).summaries
    },
    report: async (wanted) => (await ask({ kind: 'report', id: nextId++, wanted })).json,
    async close() {
      isClosed = true
      await worker?.terminate()
    },
  }
}
