// Reports of stored traces, each computed once per revision of its trace and set of options.

import { LRUCache } from 'lru-cache'
import { analyze } from '../../analyzer/index.ts'
import type { RunSummary } from '../../analyzer/model/api.ts'
import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import type { Report } from '../../analyzer/model/report.ts'
import type { TraceSummary } from '../store/list-traces.ts'
import { readTrace } from '../store/read-trace.ts'
import type { ReadStore } from '../store/store.ts'
import { summarizeRuns } from './run-summary.ts'

/** Reports hold the content of their spans: as many are kept as come from this many spans. */
const MAX_SPANS_CACHED = 20_000

/** Summaries are small: the list of a whole database stays warm. */
const MAX_SUMMARIES_CACHED = 10_000

export interface AnalysedTraces {
  /** Throws what the analyzer throws. */
  report(trace: TraceSummary, options?: Partial<AnalyzeOptions>): Report
  summaries(trace: TraceSummary): readonly RunSummary[]
  /** Whether `summaries` would answer without analysing. */
  hasSummaries(trace: TraceSummary): boolean
}

/** `defaults` are the options of the server; those of a request are merged over them. */
export function createAnalysedTraces(store: ReadStore, defaults: Partial<AnalyzeOptions>): AnalysedTraces {
  const reports = new LRUCache<string, Report>({ maxSize: MAX_SPANS_CACHED, maxEntrySize: MAX_SPANS_CACHED })
  const summaries = new LRUCache<string, readonly RunSummary[]>({ max: MAX_SUMMARIES_CACHED })

  const analyseTrace = (trace: TraceSummary, options: Partial<AnalyzeOptions>): Report => {
    const spans = readTrace(store, trace.traceId)
    const report = analyze(spans, { ...defaults, ...options })
    // Spans may have come since `trace` was listed: a report of more is as right as one of fewer, and the next listing
    // has a new revision.
    reports.set(keyOf(trace, options), report, { size: Math.max(1, trace.spanCount) })
    if (Object.keys(options).length === 0) summaries.set(keyOf(trace, {}), summarizeRuns(report, spans))
    return report
  }
  return {
    report: (trace, options = {}) => reports.get(keyOf(trace, options)) ?? analyseTrace(trace, options),
    summaries(trace) {
      const key = keyOf(trace, {})
      if (!summaries.has(key)) analyseTrace(trace, {})
      return summaries.get(key) ?? []
    },
    hasSummaries: (trace) => summaries.has(keyOf(trace, {})),
  }
}

function keyOf(trace: TraceSummary, options: Partial<AnalyzeOptions>): string {
  const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  // JSON has no Infinity, which is a concurrency.
  return `${trace.traceId} ${trace.revision} ${JSON.stringify(sorted, (_, value) => (value === Infinity ? 'none' : value))}`
}
