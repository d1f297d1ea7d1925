// Which traces may be pieces of one run: an instrumentation that knows no parents gives each of its spans a trace. Whether
// they are one run is for the analyzer to say, which is given all of them; here is only what could be, found by the list of
// traces and two columns of the spans.

import { maxOf } from '../../analyzer/base/time.ts'
import { LONGEST_PAUSE_NS } from '../../analyzer/model/pieces.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import { findTrace, type TraceSummary } from './list-traces.ts'
import { type ReadStore, statement } from './store.ts'

export interface TracePieces {
  /** `trace` and those that may be pieces of the same run, by start. Nearly always `trace` alone. */
  around(trace: TraceSummary): readonly TraceSummary[]
  /** `traceIds`, and those of their pieces: what a change of them may show in. */
  with(traceIds: readonly TraceId[]): TraceId[]
}

/**
 * More pieces than this without a long pause are no agent's run, but a service that calls a model all day: they are left
 * apart, and so are those that lie among more traces than are looked at. Chosen.
 */
const MAX_PIECES = 300
const MAX_LOOKED_AT = 1_000

/** A tool may take this long, and what began before it may still be of the same run. Chosen. */
const LONGEST_PIECE_NS = 600_000_000_000n

/** The resource only of a trace that is one span without a parent: a process has one resource. */
const COLUMNS = `trace_id AS traceId, start_unix_nano AS start, end_unix_nano AS "end",
  CASE WHEN span_count = 1
    THEN (SELECT resource_id FROM spans WHERE spans.trace_id = traces.trace_id AND parent_span_id IS NULL) END AS resourceId`
const ONE = `SELECT ${COLUMNS} FROM traces WHERE trace_id = ?`
const EARLIER = `SELECT ${COLUMNS} FROM traces WHERE (start_unix_nano, trace_id) < (?, ?)
  ORDER BY start_unix_nano DESC, trace_id DESC LIMIT ${MAX_LOOKED_AT}`
const LATER = `SELECT ${COLUMNS} FROM traces WHERE (start_unix_nano, trace_id) > (?, ?)
  ORDER BY start_unix_nano, trace_id LIMIT ${MAX_LOOKED_AT}`

interface Row {
  readonly traceId: TraceId
  readonly start: bigint
  readonly end: bigint
  readonly resourceId: bigint | null
}

export function createTracePieces(store: ReadStore): TracePieces {
  /** What was found since anything was last stored: every piece of a page asks for the others. */
  let known = new Map<TraceId, readonly TraceSummary[]>()
  let version: unknown = null

  function around(trace: TraceSummary): readonly TraceSummary[] {
    if (trace.spanCount !== 1) return [trace]
    const now = store.reader.pragma('data_version', { simple: true })
    if (now !== version) {
      known = new Map()
      version = now
    }
    const found = known.get(trace.traceId)
    if (found) return found
    const { ids, isWhole } = piecesNear(store, trace.traceId)
    if (isWhole && ids.length > 1) {
      const pieces = ids.flatMap((id) => (id === trace.traceId ? trace : (findTrace(store, id) ?? [])))
      for (const id of ids) known.set(id, pieces)
      return pieces
    }
    for (const id of ids) {
      const alone = id === trace.traceId ? trace : findTrace(store, id)
      if (alone) known.set(id, [alone])
    }
    return [trace]
  }
  return {
    around,
    with: (traceIds) => {
      const all = new Set(traceIds)
      const looked = new Set<TraceId>()
      // Of a flood only some: a page asks for the list anew anyway, and for the run that it shows when that goes on.
      for (const traceId of traceIds.slice(0, MAX_PIECES)) {
        if (looked.has(traceId)) continue
        const { ids, isWhole } = piecesNear(store, traceId)
        for (const id of ids) {
          looked.add(id)
          if (isWhole) all.add(id)
        }
      }
      return [...all]
    },
  }
}

/** By start. Not whole where the bounds were met first. */
function piecesNear(store: ReadStore, traceId: TraceId): { ids: TraceId[]; isWhole: boolean } {
  const own = statement<Row>(store.reader, ONE).get(traceId)
  if (!own || own.resourceId === null) return { ids: [traceId], isWhole: true }
  const earlier = walkBack(store, own)
  const later = walkOn(store, own, [own, ...earlier.pieces].map(({ end }) => end).reduce(maxOf))
  const ids = [...earlier.pieces.reverse(), own, ...later.pieces].map((row) => row.traceId)
  return { ids, isWhole: earlier.isWhole && later.isWhole && ids.length <= MAX_PIECES }
}

interface Walk {
  readonly pieces: Row[]
  readonly isWhole: boolean
}

/** Latest first. What ended long before the others began may lie inside of what is met later, and is kept until then. */
function walkBack(store: ReadStore, own: Row): Walk {
  const pieces: Row[] = []
  let apart: Row[] = []
  let first = own.start
  let looked = 0
  for (const row of statement<Row>(store.reader, EARLIER).iterate(own.start, own.traceId)) {
    if (++looked === MAX_LOOKED_AT || pieces.length > MAX_PIECES) return { pieces, isWhole: false }
    if (row.start < first - LONGEST_PAUSE_NS - LONGEST_PIECE_NS) break
    if (row.resourceId !== own.resourceId) continue
    apart.push(row)
    if (row.end < first - LONGEST_PAUSE_NS) continue
    first = row.start
    pieces.push(...apart)
    apart = []
  }
  return { pieces, isWhole: true }
}

/** Earliest first. */
function walkOn(store: ReadStore, own: Row, latestEnd: bigint): Walk {
  const pieces: Row[] = []
  let end = latestEnd
  let looked = 0
  for (const row of statement<Row>(store.reader, LATER).iterate(own.start, own.traceId)) {
    if (row.start > end + LONGEST_PAUSE_NS) break
    if (++looked === MAX_LOOKED_AT || pieces.length > MAX_PIECES) return { pieces, isWhole: false }
    if (row.resourceId !== own.resourceId) continue
    pieces.push(row)
    if (row.end > end) end = row.end
  }
  return { pieces, isWhole: true }
}
