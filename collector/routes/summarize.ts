// What the list of runs shows of a trace, or of the pieces of a run: read, analysed, and made small.

import {
  analyze,
  type CameIn,
  cameIn,
  type Learnt,
  type RunLessons,
  type Span,
  type SpanId,
  type TraceId,
} from '../../analyzer/index.ts'
import type { RunSummary } from '../../analyzer/model/api.ts'
import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import type { Report } from '../../analyzer/model/report.ts'
import { isTransient } from '../store/is-transient.ts'
import { readOverrides } from '../store/overrides.ts'
import { readTelemetry } from '../store/read-telemetry.ts'
import type { ReadStore } from '../store/store.ts'
import { summarizeRuns } from './run-summary.ts'

/** What is kept of a trace, or of all pieces of a run together. */
export interface Summaries {
  /**
   * By the trace that the run is listed at: the latest of those that it has spans in, so that a live run stays on top. Traces
   * without a run are left out.
   */
  readonly summaries: ReadonlyMap<TraceId, readonly RunSummary[]>
  /** By run: a report of the same spans counts with the same. */
  readonly learnt: ReadonlyMap<SpanId, Learnt>
  /** Traces that cannot be read, or that the analyzer cannot take, and why. */
  readonly failed: ReadonlyMap<TraceId, string>
  /** What came in, where none of it is a run. */
  readonly came: readonly CameIn[]
  /** Whether pieces were analysed one by one, because the analyzer could not take them together. */
  readonly isApart: boolean
}

/**
 * `traceIds` by start, analysed together but for those that cannot be read. Where the analyzer cannot take them each is analysed
 * alone: one that is broken must not hide the others. Throws what the database throws where another try may do.
 */
export function summarize(
  store: ReadStore,
  traceIds: readonly TraceId[],
  options: Partial<AnalyzeOptions>,
  earlierRuns: (traceId: TraceId) => readonly RunLessons[],
): Summaries {
  try {
    return together(store, traceIds, options, earlierRuns)
  } catch (error) {
    if (isTransient(error)) throw error
    if (traceIds.length === 1) {
      const failed = new Map([[traceIds[0]!, (error as Error).message]])
      return { summaries: new Map(), learnt: new Map(), failed, came: [], isApart: false }
    }
  }
  const unread = findUnread(store, traceIds)
  const rest = traceIds.filter((traceId) => !unread.has(traceId))
  if (unread.size > 0 && rest.length > 0) {
    const found = summarize(store, rest, options, earlierRuns)
    return { ...found, failed: new Map([...unread, ...found.failed]) }
  }
  const each = traceIds.map((traceId) => summarize(store, [traceId], options, earlierRuns))
  return {
    summaries: new Map(each.flatMap(({ summaries }) => [...summaries])),
    learnt: new Map(each.flatMap(({ learnt }) => [...learnt])),
    failed: new Map(each.flatMap(({ failed }) => [...failed])),
    came: each.flatMap(({ came }) => came),
    isApart: true,
  }
}

function findUnread(store: ReadStore, traceIds: readonly TraceId[]): Map<TraceId, string> {
  const unread = new Map<TraceId, string>()
  for (const traceId of traceIds) {
    try {
      readTelemetry(store, traceId)
    } catch (error) {
      if (isTransient(error)) throw error
      unread.set(traceId, (error as Error).message)
    }
  }
  return unread
}

function together(
  store: ReadStore,
  traceIds: readonly TraceId[],
  options: Partial<AnalyzeOptions>,
  earlierRuns: (traceId: TraceId) => readonly RunLessons[],
): Summaries {
  // Spans may have come since the traces were listed: a summary of more is as right as one of fewer, and the next listing
  // has a new revision.
  const { spans, logs } = readTelemetry(store, ...traceIds)
  const lessons = earlierRuns(traceIds[0]!)
  const overrides = readOverrides(store, ...traceIds)
  const said = overrides.length === 0 ? {} : { overrides }
  const report = analyze(spans, { ...options, ...said, logs, lessons })
  const latest = latestTraces(report, spans, traceIds)
  const summaries = new Map<TraceId, RunSummary[]>()
  summarizeRuns(report, spans).forEach((summary, i) => {
    const listed = summaries.get(latest[i]!)
    if (listed) listed.push(summary)
    else summaries.set(latest[i]!, [summary])
  })
  const learnt = report.runs.flatMap((run) => (run.learnt ? [[run.runId, run.learnt] as const] : []))
  const came = report.runs.length === 0 ? [cameIn({ spans, logs })] : []
  return { summaries, learnt: new Map(learnt), failed: new Map(), came, isApart: false }
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
