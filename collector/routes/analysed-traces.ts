// Reports of stored traces, each computed once per revision of its trace and set of options.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { maxOf } from '../../analyzer/base/time.ts'
import { analyze, type Learnt, type Span, type SpanId, type TraceId } from '../../analyzer/index.ts'
import type { RunSummary } from '../../analyzer/model/api.ts'
import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import type { Report } from '../../analyzer/model/report.ts'
import type { TraceSummary } from '../store/list-traces.ts'
import { readOverrides } from '../store/overrides.ts'
import { readTelemetry } from '../store/read-telemetry.ts'
import type { ReadStore } from '../store/store.ts'
import { createTracePieces, MAX_PIECES, type TracePieces } from '../store/trace-pieces.ts'
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

/** Analyses a trace with its pieces in another thread. Rejects with an `AnalysisError` for what the analyzer cannot take. */
export type SummarizeElsewhere = (shown: readonly TraceSummary[]) => Promise<Summaries>

/** What is kept of each trace, or of all pieces of a run together. */
export interface Summaries {
  /** By the trace that the run is listed at: the latest of those that it has spans in, so that a live run stays on top. */
  readonly summaries: ReadonlyMap<TraceId, readonly RunSummary[]>
  /** By run: a report of the same spans counts with the same. */
  readonly learnt: ReadonlyMap<SpanId, Learnt>
}

/** `traceIds` by start. */
export function summariesOf(report: Report, spans: readonly Span[], traceIds: readonly TraceId[]): Summaries {
  const learnt = report.runs.flatMap((run) => (run.learnt ? [[run.runId, run.learnt] as const] : []))
  const summaries = new Map<TraceId, RunSummary[]>(traceIds.map((traceId) => [traceId, []]))
  const latest = latestTraces(report, spans, traceIds)
  summarizeRuns(report, spans).forEach((summary, i) => {
    summaries.get(latest[i]!)!.push(summary)
  })
  return { summaries, learnt: new Map(learnt) }
}

/** For each run the last of `traceIds` that holds a turn or a call of it. */
function latestTraces(report: Report, spans: readonly Span[], traceIds: readonly TraceId[]): TraceId[] {
  if (traceIds.length === 1) return report.runs.map(() => traceIds[0]!)
  const order = new Map(traceIds.map((traceId, i) => [traceId, i]))
  const lastOfSpan = new Map<SpanId, number>()
  for (const { spanId, traceId } of spans) {
    lastOfSpan.set(spanId, Math.max(order.get(traceId) ?? 0, lastOfSpan.get(spanId) ?? 0))
  }
  return report.runs.map((run) => {
    const places = [...run.turns, ...run.calls].map(({ id }) => lastOfSpan.get(id) ?? 0)
    return traceIds[places.reduce((a, b) => Math.max(a, b), order.get(run.traceId) ?? 0)]!
  })
}

export class AnalysisError extends Error {}

/**
 * `defaults` are the options of the server; those of a request are merged over them. A trace that may be a piece of a run is
 * analysed with the others.
 */
export function createAnalysedTraces(
  store: ReadStore,
  defaults: Partial<AnalyzeOptions>,
  elsewhere?: SummarizeElsewhere,
  pieces: TracePieces = createTracePieces(store),
): AnalysedTraces {
  const reports = new LRUCache<string, Report>({ maxSize: MAX_SPANS_CACHED, maxEntrySize: MAX_SPANS_CACHED })
  const summaries = new LRUCache<string, Summaries>({ max: MAX_SUMMARIES_CACHED })
  // What the analyzer cannot take, it will not take the next time either.
  const failures = new LRUCache<string, Error>({ max: MAX_FAILURES_CACHED })

  const earlierRuns = createEarlierRuns(store, defaults)
  const underWay = new Map<string, Promise<void>>()

  /** What users said counts from the moment it is stored. */
  const saidOf = (shown: Shown): Partial<AnalyzeOptions> => {
    const overrides = readOverrides(store, ...idsOf(shown))
    return overrides.length === 0 ? {} : { overrides }
  }

  const summarize = (shown: Shown): Summaries => {
    // Spans may have come since the traces were listed: a summary of more is as right as one of fewer, and the next listing
    // has a new revision.
    const { spans, logs } = readTelemetry(store, ...idsOf(shown))
    const said = saidOf(shown)
    const lessons = earlierRuns(shown[0]!.traceId)
    try {
      // The report is not kept: a list goes through many, and few of them are opened.
      const found = summariesOf(analyze(spans, { ...defaults, ...said, logs, lessons }), spans, idsOf(shown))
      summaries.set(keyOf(shown, said), found)
      return found
    } catch (error) {
      failures.set(keyOf(shown, said), error as Error)
      throw error
    }
  }
  async function prepareElsewhere(analyse: SummarizeElsewhere, shown: Shown, key: string): Promise<void> {
    try {
      summaries.set(key, await analyse(shown))
    } catch (error) {
      // A thread that has died says nothing about the trace.
      if (error instanceof AnalysisError) failures.set(key, error)
    } finally {
      underWay.delete(key)
    }
  }
  return {
    report(trace, options = {}) {
      const shown = pieces.around(trace)
      const said = saidOf(shown)
      const merged = { ...said, ...options }
      const key = keyOf(shown, merged)
      const known = reports.get(key)
      if (known) return known
      const { spans, logs } = readTelemetry(store, ...idsOf(shown))
      const learnt = summaries.get(keyOf(shown, said))?.learnt
      const history = learnt ? { learnt } : { lessons: earlierRuns(shown[0]!.traceId) }
      const found = analyze(spans, { ...defaults, ...merged, logs, ...history })
      const report = pieces.isCrowded(trace) ? withNote(found, LEFT_ALONE) : found
      reports.set(key, report, { size: Math.max(1, spans.length) })
      return report
    },
    summaries(trace) {
      const shown = pieces.around(trace)
      const key = keyOf(shown, saidOf(shown))
      const failure = failures.get(key)
      if (failure) throw failure
      return (summaries.get(key) ?? summarize(shown)).summaries.get(trace.traceId) ?? []
    },
    async prepare(trace) {
      const shown = pieces.around(trace)
      const key = keyOf(shown, saidOf(shown))
      if (summaries.has(key) || failures.has(key)) return
      if (!elsewhere) {
        // Exports get their turn between two traces.
        await nextTurn()
        try {
          summarize(shown)
        } catch {
          // Kept as the trace's failure, or met again by `summaries` if the database cannot be read.
        }
        return
      }
      const work = underWay.get(key) ?? prepareElsewhere(elsewhere, shown, key)
      underWay.set(key, work)
      await work
    },
    hasSummaries(trace) {
      const shown = pieces.around(trace)
      const key = keyOf(shown, saidOf(shown))
      return summaries.has(key) || failures.has(key)
    },
  }
}

const LEFT_ALONE =
  `This span has no parent and a trace of its own, and is one of more than ${MAX_PIECES} such spans of its process without a ` +
  'long pause: the server leaves those apart. `tailrace analyze` puts them together; an outer span around the agent does so ' +
  'everywhere.'

const withNote = (report: Report, note: string): Report => ({
  ...report,
  runs: report.runs.map((run) => ({ ...run, notes: [...run.notes, note] })),
})

/** A trace, or the pieces of a run, by start. */
type Shown = readonly TraceSummary[]

const idsOf = (shown: Shown): TraceId[] => shown.map(({ traceId }) => traceId)

/** A piece that joins or grows has a revision that no other had before it. */
function keyOf(shown: Shown, options: Partial<AnalyzeOptions>): string {
  const latest = (of: (trace: TraceSummary) => bigint) => shown.map(of).reduce(maxOf)
  const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  // JSON has no Infinity, which is a concurrency.
  return `${shown[0]!.traceId} ${shown.length} ${latest((trace) => trace.revision)} ${latest((trace) => trace.logRevision)} ${JSON.stringify(sorted, (_, value) => (value === Infinity ? 'none' : value))}`
}
