// What the runs before a trace teach about its own: found out once per revision of each trace, and kept.

import { LRUCache } from 'lru-cache'
import { lessonsOfSpans, type RunLessons } from '../../analyzer/index.ts'
import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import { listTraces, type TraceSummary } from '../store/list-traces.ts'
import { readOverrides } from '../store/overrides.ts'
import { readTelemetry } from '../store/read-telemetry.ts'
import type { ReadStore } from '../store/store.ts'
import type { TracePieces } from '../store/trace-pieces.ts'

/** How many traces back is looked, the pieces of a run counted as one: each is analysed once, when the list is first looked at. Chosen. */
const MAX_TRACES = 30

/** The same with each piece counted. Chosen. */
const MAX_LISTED = 600

/** A larger trace teaches nothing: what it says is not worth the wait for it. Chosen. */
const MAX_SPANS = 2_000

/**
 * Tools, pairs, paths and values, 100 bytes each (measured). One run teaches 10,500 of them at most (`lessons-of.ts`): those of 30
 * such runs have to fit, or each look at the list would analyse them all again.
 */
const MAX_CACHED = 400_000

/** A list is gone through by start, so that what one trace needs is nearly what the one before it needed. Chosen. */
const MAX_GROUPS_CACHED = 4 * MAX_TRACES

/**
 * For a trace, the lessons of the traces that started before it. What cannot be read or analysed teaches nothing: one broken
 * trace must not hide those after it, and its own analysis says what is wrong with it.
 */
export type EarlierRuns = (traceId: TraceId) => readonly RunLessons[]

interface Kept {
  readonly state: string
  readonly lessons: readonly RunLessons[]
}

export function createEarlierRuns(
  store: ReadStore,
  options: Partial<AnalyzeOptions>,
  pieces: TracePieces,
): EarlierRuns {
  // By the first trace of those that were analysed together.
  const known = new LRUCache<TraceId, Kept>({
    max: MAX_GROUPS_CACHED,
    maxSize: MAX_CACHED,
    sizeCalculation: sizeOf,
  })
  const lessonsOf = (shown: readonly TraceSummary[]): readonly RunLessons[] => {
    const traceIds = shown.map(({ traceId }) => traceId)
    const overrides = readOverrides(store, ...traceIds)
    const revisions = shown.map(({ revision, logRevision }) => `${revision} ${logRevision}`)
    const state = `${revisions.join(' ')} ${JSON.stringify(overrides)}`
    const kept = known.get(traceIds[0]!)
    if (kept?.state === state) return kept.lessons
    try {
      const { spans, logs } = readTelemetry(store, ...traceIds)
      const lessons = lessonsOfSpans(spans, { ...options, overrides, logs })
      known.set(traceIds[0]!, { state, lessons })
      return lessons
    } catch {
      return []
    }
  }
  return (traceId) =>
    options.history === false
      ? []
      : earlierTraces(store, pieces, traceId)
          .filter((shown) => shown.reduce((sum, { spanCount }) => sum + spanCount, 0) <= MAX_SPANS)
          .flatMap(lessonsOf)
}

/** Newest first, each with its pieces. Those of `traceId` itself are left out. */
function earlierTraces(store: ReadStore, pieces: TracePieces, traceId: TraceId): (readonly TraceSummary[])[] {
  const found: (readonly TraceSummary[])[] = []
  const seen = new Set<TraceId>()
  let before = traceId
  for (let listed = 0; listed < MAX_LISTED; listed += MAX_TRACES) {
    const page = listTraces(store, MAX_TRACES, before)
    for (const trace of page) {
      if (seen.has(trace.traceId)) continue
      const shown = pieces.around(trace)
      for (const piece of shown) seen.add(piece.traceId)
      if (shown.every((piece) => piece.traceId !== traceId)) found.push(shown)
      if (found.length === MAX_TRACES) return found
    }
    if (page.length < MAX_TRACES) return found
    before = page.at(-1)!.traceId
  }
  return found
}

function sizeOf({ lessons }: Kept): number {
  return lessons.reduce((sum, of) => sum + 1 + of.tools.length + of.pairs.size + of.paths.size + of.values.size, 1)
}
