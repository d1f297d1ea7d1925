// What the list shows of stored traces, and their reports: computed once per revision of a trace, or of all pieces of a run.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { maxOf } from '../../analyzer/base/time.ts'
import type { CameIn, SpanId, TraceId } from '../../analyzer/index.ts'
import type { RunSummary } from '../../analyzer/model/api.ts'
import type { AnalyzeOptions } from '../../analyzer/model/options.ts'
import { findTrace, type TraceSummary } from '../store/list-traces.ts'
import { readOverrides } from '../store/overrides.ts'
import type { ReadStore } from '../store/store.ts'
import { createTracePieces, MAX_PIECES, type TracePieces } from '../store/trace-pieces.ts'
import { createEarlierRuns } from './earlier-runs.ts'
import { createReports, type WantedReport } from './reports.ts'
import { type Summaries, summarize } from './summarize.ts'

/**
 * Lines of the list, 650 bytes each (measured). Each trace counts as one more: five of the longest pages that are given stay warm.
 */
const MAX_LINES_CACHED = 5_000

/** Pairs, paths and values that earlier runs teach, 150 bytes each (measured). One run may have thousands. */
const MAX_LEARNT_CACHED = 50_000

export interface AnalysedTraces {
  /** As `Reports` answers, elsewhere if there is such a place. Rejects with what the analyzer throws. */
  report(trace: TraceSummary, runId: SpanId, options?: Partial<AnalyzeOptions>): Promise<Uint8Array<ArrayBuffer> | null>
  /** Throws where the trace cannot be read, or the analyzer cannot take it. */
  summaries(trace: TraceSummary): readonly RunSummary[]
  /** `trace` and those that are analysed with it. The pieces of a group give the same array. */
  around(trace: TraceSummary): readonly TraceSummary[]
  /** What came in, where none of it is a run and `summaries` is known. The pieces of a group give the same objects. */
  cameIn(trace: TraceSummary): readonly CameIn[]
  /** Analyses what is missing, elsewhere if there is such a place. Never rejects: `summaries` has the failure. */
  prepare(trace: TraceSummary): Promise<void>
  /** Whether `summaries` would answer, or throw, without analysing. */
  hasSummaries(trace: TraceSummary): boolean
}

/** Another thread that analyses. */
export interface Elsewhere {
  /** A trace with its pieces. Rejects where another try may do. */
  summarize(shown: readonly TraceSummary[]): Promise<Summaries>
  report(wanted: WantedReport): Promise<Uint8Array<ArrayBuffer> | null>
}

/** What the list shows of a trace or group in one state. */
interface Lines extends Omit<Summaries, 'learnt'> {
  readonly state: string
}

type Learning = Summaries['learnt']

interface Lessons {
  readonly state: string
  readonly learnt: Learning
}

/**
 * `defaults` are the options of the server; those of a request are merged over them. A trace that may be a piece of a run is
 * analysed with the others.
 */
export function createAnalysedTraces(
  store: ReadStore,
  defaults: Partial<AnalyzeOptions>,
  elsewhere?: Elsewhere,
  pieces: TracePieces = createTracePieces(store),
): AnalysedTraces {
  // By the first trace of a group: a live run has one entry, however often it grows.
  const lines = new LRUCache<TraceId, Lines>({ maxSize: MAX_LINES_CACHED, sizeCalculation: sizeOfLines })
  const lessons = new LRUCache<TraceId, Lessons>({ maxSize: MAX_LEARNT_CACHED, sizeCalculation: sizeOfLessons })

  const earlierRuns = createEarlierRuns(store, defaults, pieces)
  const reports = createReports(store, defaults, earlierRuns)
  const underWay = new Map<string, Promise<void>>()

  /** A trace with its pieces, and what their analysis depends on. What users said counts from the moment it is stored. */
  function lookAt(trace: TraceSummary): Looked {
    const shown = pieces.around(trace)
    const known = looks.get(shown)
    if (known) return known
    const overrides = readOverrides(store, ...idsOf(shown))
    const looked = lookOf(shown, overrides.length === 0 ? {} : { overrides })
    looks.set(shown, looked)
    if (shown.length > 1 || isKept(looked)) return looked
    // Who asks may have listed the trace a while ago, and must not put an older state in the place of the one that is kept.
    const stored = lines.has(trace.traceId) ? findTrace(store, trace.traceId) : null
    return stored ? lookOf([stored], looked.said) : looked
  }
  const isKept = ({ shown, state }: Looked): boolean => lines.get(shown[0]!.traceId)?.state === state
  // All pieces of a page ask for the same. A group is given as the same array until something is stored.
  const looks = new WeakMap<Shown, Looked>()

  const linesOf = ({ shown, state }: Looked): Lines | undefined => {
    const kept = lines.get(shown[0]!.traceId)
    return kept?.state === state ? kept : undefined
  }
  const learntOf = ({ shown, state }: Looked): Learning | undefined => {
    const kept = lessons.get(shown[0]!.traceId)
    return kept?.state === state ? kept.learnt : undefined
  }
  const keep = ({ shown, state }: Looked, { learnt, ...found }: Summaries): Lines => {
    const kept = { ...found, state }
    lines.set(shown[0]!.traceId, kept)
    lessons.set(shown[0]!.traceId, { learnt, state })
    return kept
  }
  /** Without those that cannot be read, and alone where the pieces could not be analysed together. */
  function asAnalysed(looked: Looked, trace: TraceSummary): Looked {
    const kept = linesOf(looked)
    if (!kept || (!kept.isApart && kept.failed.size === 0)) return looked
    const isAlone = kept.isApart || kept.failed.has(trace.traceId)
    const shown = isAlone ? [trace] : looked.shown.filter(({ traceId }) => !kept.failed.has(traceId))
    return lookOf(shown, looked.said)
  }
  // The report is not kept: a list goes through many, and few of them are opened.
  const summarizeHere = (looked: Looked): Lines =>
    keep(looked, summarize(store, idsOf(looked.shown), defaults, earlierRuns))

  async function summarizeThere({ summarize }: Elsewhere, looked: Looked): Promise<void> {
    try {
      keep(looked, await summarize(looked.shown))
    } catch {
      // A thread that has died says nothing about the trace.
    } finally {
      underWay.delete(looked.state)
    }
  }
  async function prepareLook(looked: Looked): Promise<void> {
    if (!elsewhere) {
      // Exports get their turn between two traces.
      await nextTurn()
      try {
        summarizeHere(looked)
      } catch {
        // Met again by `summaries` if the database cannot be read.
      }
      return
    }
    const work = underWay.get(looked.state) ?? summarizeThere(elsewhere, looked)
    underWay.set(looked.state, work)
    await work
  }

  return {
    async report(trace, runId, options = {}) {
      const before = lookAt(trace)
      // What earlier runs teach is kept for fewer traces than what the list shows.
      if (!linesOf(before) || !learntOf(before)) await prepareLook(before)
      const looked = lookAt(trace)
      const { shown, said, state } = asAnalysed(looked, trace)
      const merged = { ...said, ...options }
      const wanted: WantedReport = {
        traceIds: idsOf(shown),
        state: `${state} ${textOf(merged)}`,
        options: merged,
        learnt: learntOf(looked) ?? null,
        note: pieces.isCrowded(shown[0]!) ? LEFT_ALONE : null,
        runId,
      }
      return elsewhere ? elsewhere.report(wanted) : reports(wanted)
    },
    summaries(trace) {
      const looked = lookAt(trace)
      const { summaries, failed } = linesOf(looked) ?? summarizeHere(looked)
      const failure = failed.get(trace.traceId)
      if (failure !== undefined) throw new Error(failure)
      return summaries.get(trace.traceId) ?? []
    },
    around: pieces.around,
    cameIn: (trace) => linesOf(lookAt(trace))?.came ?? [],
    async prepare(trace) {
      const looked = lookAt(trace)
      if (!linesOf(looked)) await prepareLook(looked)
    },
    hasSummaries: (trace) => linesOf(lookAt(trace)) !== undefined,
  }
}

const LEFT_ALONE =
  `This span has no parent and a trace of its own, and is one of more than ${MAX_PIECES} such spans of its process without a ` +
  'long pause: the server leaves those apart. `tailrace analyze` puts them together; an outer span around the agent does so ' +
  'everywhere.'

/** A trace, or the pieces of a run, by start. */
type Shown = readonly TraceSummary[]

interface Looked {
  readonly shown: Shown
  readonly said: Partial<AnalyzeOptions>
  /** What an analysis is made of, as text. A piece that joins or grows has a revision that no other had before it. */
  readonly state: string
}

function lookOf(shown: Shown, said: Partial<AnalyzeOptions>): Looked {
  const latest = (of: (trace: TraceSummary) => bigint) => shown.map(of).reduce(maxOf)
  const revisions = `${latest((trace) => trace.revision)} ${latest((trace) => trace.logRevision)}`
  return { shown, said, state: `${shown[0]!.traceId} ${shown.length} ${revisions} ${textOf(said)}` }
}

const idsOf = (shown: Shown): TraceId[] => shown.map(({ traceId }) => traceId)

/** JSON has no Infinity, which is a concurrency. */
function textOf(options: Partial<AnalyzeOptions>): string {
  const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(sorted, (_, value) => (value === Infinity ? 'none' : value))
}

/** What is larger than the cache would not be kept, and so be analysed anew at each look: it is kept alone. */
function sizeOfLines({ summaries, failed, came }: Lines): number {
  const names = came.reduce((sum, { names }) => sum + 1 + names.length, 0)
  const size = [...summaries.values()].reduce((sum, runs) => sum + runs.length, 1 + failed.size + names)
  return Math.min(size, MAX_LINES_CACHED)
}

/** As `sizeOfLines`. */
function sizeOfLessons({ learnt }: Lessons): number {
  const sizes = [...learnt.values()].map((of) => 1 + of.pairs.length + of.paths.length + of.values.length)
  return Math.min(
    sizes.reduce((sum, size) => sum + size, 1),
    MAX_LEARNT_CACHED,
  )
}
