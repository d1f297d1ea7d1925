// Reports of stored traces, each computed once per revision of its trace and set of options.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { analyze, type Learnt, type Span, type SpanId } from '../../analyzer/index.ts'
import type { RunSummary } from '../../analyzer/model/api.ts'
import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import type { Report } from '../../analyzer/model/report.ts'
import type { TraceSummary } from '../store/list-traces.ts'
import { readOverrides } from '../store/overrides.ts'
import { readTelemetry } from '../store/read-telemetry.ts'
import type { ReadStore } from '../store/store.ts'
import { createEarlierRuns } from './earlier-runs.ts'
import { summarizeRuns } from './run-summary.ts'

/** Reports hold the content of their spans: as many are kept as come from this many spans. */
const MAX_SPANS_CACHED = 20_000

/** Summaries are small: the list of a whole database stays warm. */
const MAX_SUMMARIES_CACHED = 10_000

const MAX_FAILURES_CACHED = 1_000

export interface AnalysedTraces {
  /** Throws what the analyzer throws. What earlier runs teach is found out here and now, unless `prepare` has. */
  report(trace: TraceSummary, options?: Partial<AnalyzeOptions>): Report
  summaries(trace: TraceSummary): readonly RunSummary[]
  /** Analyses what is missing, elsewhere if there is such a place. Never rejects: `summaries` has the failure. */
  prepare(trace: TraceSummary): Promise<void>
  /** Whether `summaries` would answer, or throw, without analysing. */
  hasSummaries(trace: TraceSummary): boolean
}

/** Analyses a trace in another thread. Rejects with an `AnalysisError` for a trace that the analyzer cannot take. */
export type SummarizeElsewhere = (trace: TraceSummary) => Promise<Summaries>

/** What is kept of each trace. */
export interface Summaries {
  readonly summaries: readonly RunSummary[]
  /** By run: a report of the same spans counts with the same. */
  readonly learnt: ReadonlyMap<SpanId, Learnt>
}

export function summariesOf(report: Report, spans: readonly Span[]): Summaries {
  const learnt = report.runs.flatMap((run) => (run.learnt ? [[run.runId, run.learnt] as const] : []))
  return { summaries: summarizeRuns(report, spans), learnt: new Map(learnt) }
}

export class AnalysisError extends Error {}

/** `defaults` are the options of the server; those of a request are merged over them. */
export function createAnalysedTraces(
  store: ReadStore,
  defaults: Partial<AnalyzeOptions>,
  elsewhere?: SummarizeElsewhere,
): AnalysedTraces {
  const reports = new LRUCache<string, Report>({ maxSize: MAX_SPANS_CACHED, maxEntrySize: MAX_SPANS_CACHED })
  const summaries = new LRUCache<string, Summaries>({ max: MAX_SUMMARIES_CACHED })
  // What the analyzer cannot take, it will not take the next time either.
  const failures = new LRUCache<string, Error>({ max: MAX_FAILURES_CACHED })

  const earlierRuns = createEarlierRuns(store, defaults)
  const underWay = new Map<string, Promise<void>>()

  /** What users said counts from the moment it is stored. */
  const saidOf = ({ traceId }: TraceSummary): Partial<AnalyzeOptions> => {
    const overrides = readOverrides(store, traceId)
    return overrides.length === 0 ? {} : { overrides }
  }

  const summarize = (trace: TraceSummary): Summaries => {
    // Spans may have come since `trace` was listed: a summary of more is as right as one of fewer, and the next listing has
    // a new revision.
    const { spans, logs } = readTelemetry(store, trace.traceId)
    const said = saidOf(trace)
    const lessons = earlierRuns(trace.traceId)
    try {
      // The report is not kept: a list goes through many, and few of them are opened.
      const found = summariesOf(analyze(spans, { ...defaults, ...said, logs, lessons }), spans)
      summaries.set(keyOf(trace, said), found)
      return found
    } catch (error) {
      failures.set(keyOf(trace, said), error as Error)
      throw error
    }
  }
  async function prepareElsewhere(analyse: SummarizeElsewhere, trace: TraceSummary, key: string): Promise<void> {
    try {
      summaries.set(key, await analyse(trace))
    } catch (error) {
      // A thread that has died says nothing about the trace.
      if (error instanceof AnalysisError) failures.set(key, error)
    } finally {
      underWay.delete(key)
    }
  }
  return {
    report(trace, options = {}) {
      const merged = { ...saidOf(trace), ...options }
      const key = keyOf(trace, merged)
      const known = reports.get(key)
      if (known) return known
      const { spans, logs } = readTelemetry(store, trace.traceId)
      const learnt = summaries.get(keyOf(trace, saidOf(trace)))?.learnt
      const history = learnt ? { learnt } : { lessons: earlierRuns(trace.traceId) }
      const report = analyze(spans, { ...defaults, ...merged, logs, ...history })
      reports.set(key, report, { size: Math.max(1, trace.spanCount) })
      return report
    },
    summaries(trace) {
      const key = keyOf(trace, saidOf(trace))
      const failure = failures.get(key)
      if (failure) throw failure
      return (summaries.get(key) ?? summarize(trace)).summaries
    },
    async prepare(trace) {
      const key = keyOf(trace, saidOf(trace))
      if (summaries.has(key) || failures.has(key)) return
      if (!elsewhere) {
        // Exports get their turn between two traces.
        await nextTurn()
        try {
          summarize(trace)
        } catch {
          // Kept as the trace's failure, or met again by `summaries` if the database cannot be read.
        }
        return
      }
      const work = underWay.get(key) ?? prepareElsewhere(elsewhere, trace, key)
      underWay.set(key, work)
      await work
    },
    hasSummaries(trace) {
      const key = keyOf(trace, saidOf(trace))
      return summaries.has(key) || failures.has(key)
    },
  }
}

function keyOf(trace: TraceSummary, options: Partial<AnalyzeOptions>): string {
  const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  // JSON has no Infinity, which is a concurrency.
  return `${trace.traceId} ${trace.revision} ${trace.logRevision} ${JSON.stringify(sorted, (_, value) => (value === Infinity ? 'none' : value))}`
}
