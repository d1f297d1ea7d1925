// The thread that analyses: one trace after the other, in the order in which they were asked for.

import { parentPort, workerData } from 'node:worker_threads'
import { analyze } from '../../analyzer/index.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { openDatabaseForReading } from '../database.ts'
import { summarizeRuns } from '../routes/run-summary.ts'
import { readOverrides } from '../store/overrides.ts'
import { readTelemetry } from '../store/read-telemetry.ts'
import type { Summarized, SummaryData, Wanted } from './messages.ts'

const { file, options } = workerData as SummaryData
const opened = openDatabaseForReading(file)
if (!opened.ok) throw new Error(opened.error)
const store = opened.value

parentPort!.on('message', (wanted: Wanted) => parentPort!.postMessage(summarize(wanted)))

function summarize({ id, traceId }: Wanted): Summarized {
  let telemetry: Telemetry
  try {
    telemetry = readTelemetry(store, traceId)
  } catch (error) {
    return { id, kind: 'unread', message: (error as Error).message }
  }
  const { spans, logs } = telemetry
  try {
    const overrides = readOverrides(store, traceId)
    return { id, kind: 'summaries', summaries: summarizeRuns(analyze(spans, { ...options, overrides, logs }), spans) }
  } catch (error) {
    return { id, kind: 'refused', message: (error as Error).message }
  }
}
