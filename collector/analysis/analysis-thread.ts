// The thread that analyses: one trace after the other, in the order in which they were asked for.

import { parentPort, workerData } from 'node:worker_threads'
import { openDatabaseForReading } from '../database.ts'
import { createEarlierRuns } from '../routes/earlier-runs.ts'
import { createReports } from '../routes/reports.ts'
import { summarize } from '../routes/summarize.ts'
import { createTracePieces } from '../store/trace-pieces.ts'
import type { Analysed, AnalysisData, Wanted } from './messages.ts'

const { file, options } = workerData as AnalysisData
const opened = openDatabaseForReading(file)
if (!opened.ok) throw new Error(opened.error)
const store = opened.value
const earlierRuns = createEarlierRuns(store, options, createTracePieces(store))
const reports = createReports(store, options, earlierRuns)

parentPort!.on('message', (wanted: Wanted) => {
  const answer = answerTo(wanted)
  const isLarge = answer.kind === 'report' && answer.json !== null
  parentPort!.postMessage(answer, isLarge ? [answer.json!.buffer] : [])
})

function answerTo(asked: Wanted): Analysed {
  const { id, kind } = asked
  try {
    if (kind === 'report') return { id, kind, json: reports(asked.wanted) }
    return { id, kind, summaries: summarize(store, asked.traceIds, options, earlierRuns) }
  } catch (error) {
    return { id, kind: 'failed', message: (error as Error).message }
  }
}
