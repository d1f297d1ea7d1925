import type { ResourceLimits, Worker } from 'node:worker_threads'
import { startThread } from '../ingest/start-thread.ts'
import type { Elsewhere } from '../routes/analysed-traces.ts'
import type { Analysed, AnalysisData, Wanted } from './messages.ts'

export interface AnalysisThread extends Elsewhere {
  close(): Promise<void>
}

interface Asked {
  readonly wanted: Wanted
  resolve(answer: Analysed): void
  reject(error: Error): void
}

const OUT_OF_MEMORY =
  'its analysis ran out of memory. Start the server with NODE_OPTIONS=--max-old-space-size=8192 (MB, of the memory that ' +
  'there is) to give it more.'

/**
 * A thread that starts with the first trace: a server that nobody looks at does without. A trace that takes all the memory of one
 * that keeps nothing yet is said to have failed, and is not tried in the thread that calls this, whose death would end the server.
 * @param limits of the thread's memory; the engine's own unless given.
 */
export function startAnalysis(data: AnalysisData, limits: ResourceLimits = {}): AnalysisThread {
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
    const started = startThread('analysis-thread', data, { resourceLimits: limits, beside: import.meta.url })
    let reason: Error & { code?: string } = new Error('the analysis has stopped')
    /** It keeps nothing of traces before. */
    let isFresh = true
    started.on('message', (answer) => {
      isFresh = false
      answered(answer)
    })
    started.on('error', (error) => {
      reason = error
    })
    started.on('exit', () => {
      if (worker === started) worker = null
      const waiting = [...asked.values()]
      asked.clear()
      if (reason.code !== 'ERR_WORKER_OUT_OF_MEMORY' || isClosed) {
        for (const { reject } of waiting) reject(reason)
        return
      }
      // It works on one after the other, so it died of the first; or of what it kept, of which the next thread has nothing.
      const [first] = waiting
      if (isFresh && first) fail(first)
      for (const question of isFresh ? waiting.slice(1) : waiting) send(question)
    })
    // What it works on is for a request, and a request keeps the process alive by itself.
    started.unref()
    return started
  }

  function send(question: Asked): void {
    worker ??= start()
    asked.set(question.wanted.id, question)
    worker.postMessage(question.wanted)
  }

  /** The answer has the kind of the question. */
  const ask = <K extends 'summaries' | 'report'>(wanted: Wanted & { kind: K }) =>
    new Promise<Analysed & { kind: K }>((resolve, reject) => {
      if (isClosed) return reject(new Error('the server is stopping'))
      send({ wanted, resolve: resolve as Asked['resolve'], reject })
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

function fail({ wanted, resolve, reject }: Asked): void {
  if (wanted.kind === 'report') reject(new Error(OUT_OF_MEMORY))
  else {
    const failed = new Map(wanted.traceIds.map((traceId) => [traceId, OUT_OF_MEMORY]))
    const summaries = { summaries: new Map(), learnt: new Map(), failed, came: [], isApart: false }
    resolve({ id: wanted.id, kind: 'summaries', summaries })
  }
}
