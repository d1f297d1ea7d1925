// The thread that analyses: one trace after the other, in the order in which they were asked for.

import { parentPort, workerData } from 'node:worker_threads'
import { analyze, type RunLessons } from '../../analyzer/index.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { openDatabaseForReading } from '../database.ts'
import { summariesOf } from '../routes/analysed-traces.ts'
import { createEarlierRuns } from '../routes/earlier-runs.ts'
import { readOverrides } from '../store/overrides.ts'
import { readTelemetry } from '../store/read-telemetry.ts'
import type { Summarized, SummaryData, Wanted } from './messages.ts'

const { file, options } = workerData as SummaryData
const opened = openDatabaseForReading(file)
if (!opened.ok) throw new Error(opened.error)
const store = opened.value
const earlierRuns = createEarlierRuns(store, options)

parentPort!.on('message', (wanted: Wanted) => parentPort!.postMessage(summarize(wanted)))

function summarize({ id, traceIds }: Wanted): Summarized {
  let telemetry: Telemetry
  let lessons: readonly RunLessons[]
  try {
    telemetry = readTelemetry(store, ...traceIds)
    lessons = earlierRuns(traceIds[0]!)
  } catch (error) {
    return { id, kind: 'unread', message: (error as Error).message }
  }
  const { spans, logs } = telemetry
  try {
    const overrides = readOverrides(store, ...traceIds)
    const report = analyze(spans, { ...options, overrides, logs, lessons })
    return { id, kind: 'summaries', ...summariesOf(report, spans, traceIds) }
  } catch (error) {
    return { id, kind: 'refused', message: (error as Error).message }
  }
}
