// What the runs before a trace teach about its own: found out once per revision of each trace, and kept.

import { LRUCache } from 'lru-cache'
import { lessonsOfSpans, type RunLessons } from '../../analyzer/index.ts'
import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import { listTraces, type TraceSummary } from '../store/list-traces.ts'
import { readOverrides } from '../store/overrides.ts'
import { readTelemetry } from '../store/read-telemetry.ts'
import type { ReadStore } from '../store/store.ts'

/** How many traces back is looked: each is analysed once, when the list is first looked at. Chosen. */
const MAX_TRACES = 30

/** A larger trace teaches nothing: what it says is not worth the wait for it. Chosen. */
const MAX_SPANS = 2_000

/** Some kilobytes each. */
const MAX_CACHED = 2_000

/**
 * For a trace, the lessons of the traces that started before it. What cannot be read or analysed teaches nothing: one broken
 * trace must not hide those after it, and its own analysis says what is wrong with it.
 */
export type EarlierRuns = (traceId: TraceId) => readonly RunLessons[]

export function createEarlierRuns(store: ReadStore, options: Partial<AnalyzeOptions>): EarlierRuns {
  const known = new LRUCache<string, readonly RunLessons[]>({ max: MAX_CACHED })
  const lessonsOf = (trace: TraceSummary): readonly RunLessons[] => {
    const overrides = readOverrides(store, trace.traceId)
    const key = `${trace.traceId} ${trace.revision} ${trace.logRevision} ${JSON.stringify(overrides)}`
    const kept = known.get(key)
    if (kept) return kept
    try {
      const { spans, logs } = readTelemetry(store, trace.traceId)
      const lessons = lessonsOfSpans(spans, { ...options, overrides, logs })
      known.set(key, lessons)
      return lessons
    } catch {
      return []
    }
  }
  return (traceId) =>
    options.history === false
      ? []
      : listTraces(store, MAX_TRACES, traceId)
          .filter(({ spanCount }) => spanCount <= MAX_SPANS)
          .flatMap(lessonsOf)
}
