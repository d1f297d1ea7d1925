// The thread that analyses: one trace after the other, in the order in which they were asked for.

import { parentPort, workerData } from 'node:worker_threads'
import { openDatabaseForReading } from '../database.ts'
import { createEarlierRuns } from '../routes/earlier-runs.ts'
import { summarize } from '../routes/summarize.ts'
import { createTracePieces } from '../store/trace-pieces.ts'
import type { Summarized, SummaryData, Wanted } from './messages.ts'

const { file, options } = workerData as SummaryData
const opened = openDatabaseForReading(file)
if (!opened.ok) throw new Error(opened.error)
const store = opened.value
const earlierRuns = createEarlierRuns(store, options, createTracePieces(store))

parentPort!.on('message', (wanted: Wanted) => parentPort!.postMessage(answer(wanted)))

function answer({ id, traceIds }: Wanted): Summarized {
  try {
    return { id, kind: 'summaries', ...summarize(store, traceIds, options, earlierRuns) }
  } catch (error) {
    return { id, kind: 'unread', message: (error as Error).message }
  }
}
