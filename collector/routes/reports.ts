// Reports of runs as the API answers with them: read, analysed, and written as JSON, all in the thread that calls this.

import { LRUCache } from 'lru-cache'
import { analyze, type Learnt, type SpanId, type TraceId } from '../../analyzer/index.ts'
import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import type { Report } from '../../analyzer/model/report.ts'
import { readTelemetry } from '../store/read-telemetry.ts'
import type { ReadStore } from '../store/store.ts'
import type { EarlierRuns } from './earlier-runs.ts'
import { findRun } from './find-run.ts'

/** Reports hold the content of their spans: as many are kept as come from this many spans. */
const MAX_SPANS_CACHED = 20_000

export interface WantedReport {
  /** A trace with those that are analysed with it, by start. */
  readonly traceIds: readonly TraceId[]
  /** The same text stands for the same spans and the same options. */
  readonly state: string
  /** Merged over those of the server. */
  readonly options: Partial<AnalyzeOptions>
  /** What earlier runs teach; null where it has to be found out. */
  readonly learnt: ReadonlyMap<SpanId, Learnt> | null
  /** Said of each run. */
  readonly note: string | null
  /** The run asked for, or a turn or a call of it. */
  readonly runId: SpanId
}

/**
 * A report as UTF-8 JSON, the run asked for first and the others of its trace after it; null where there is no such run. Throws
 * what the analyzer throws.
 */
export type Reports = (wanted: WantedReport) => Uint8Array<ArrayBuffer> | null

export function createReports(store: ReadStore, defaults: Partial<AnalyzeOptions>, earlierRuns: EarlierRuns): Reports {
  const kept = new LRUCache<string, Report>({ maxSize: MAX_SPANS_CACHED, maxEntrySize: MAX_SPANS_CACHED })
  function reportOf({ traceIds, state, options, learnt, note }: WantedReport): Report {
    const known = kept.get(state)
    if (known) return known
    const { spans, logs } = readTelemetry(store, ...traceIds)
    const history = learnt ? { learnt } : { lessons: earlierRuns(traceIds[0]!) }
    const found = analyze(spans, { ...defaults, ...options, logs, ...history })
    const report = note === null ? found : withNote(found, note)
    kept.set(state, report, { size: Math.max(1, spans.length) })
    return report
  }
  return (wanted) => {
    const report = reportOf(wanted)
    const run = findRun(report, wanted.runId)
    if (!run) return null
    const runs = [run, ...report.runs.filter((other) => other !== run)]
    return new TextEncoder().encode(JSON.stringify({ ...report, runs }))
  }
}

const withNote = (report: Report, note: string): Report => ({
  ...report,
  runs: report.runs.map((run) => ({ ...run, notes: [...run.notes, note] })),
})
