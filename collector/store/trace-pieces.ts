// Which traces may be pieces of one run: an instrumentation that knows no parents gives each of its spans a trace. Whether
// they are one run is for the analyzer to say, which is given all of them; here is only what could be, by process and time.
//
// The traces of one span that a process made, by start, fall into groups at the long pauses:
//
//   |= tool, two minutes ============|                          A pause is long where none of the pieces before it
//      |= model =|                      |= model =|     |= …    lasted until shortly before the next one began.
//   `------------- one group ------------------------´  ^ the next
//
// So a group is the same whichever piece it is asked for.

import { maxOf } from '../../analyzer/base/time.ts'
import { LONGEST_PAUSE_NS } from '../../analyzer/model/pieces.ts'
import type { TraceId } from '../../analyzer/model/span.ts'
import { listLoneTraces, type TraceSummary } from './list-traces.ts'
import { type ReadStore, statement } from './store.ts'

export interface TracePieces {
  /**
   * `trace` and those that may be pieces of the same run, by start, as they are stored now. Nearly always `trace` alone, as it
   * was given.
   */
  around(trace: TraceSummary): readonly TraceSummary[]
  /** Whether `trace` is one of more than `MAX_PIECES`, all of which are left alone. */
  isCrowded(trace: TraceSummary): boolean
  /** `traceIds`, and those of their pieces: what a change of them may show in. Of a flood only some are looked for. */
  with(traceIds: readonly TraceId[]): TraceId[]
}

/**
 * More pieces than this without a long pause are left alone: a service that calls a model all day, and no agent's run. No
 * piece lasts over so many others either. Chosen: they are found in milliseconds.
 */
export const MAX_PIECES = 2_000

/** A tool may take an hour. What seems to last longer has not ended, or has another clock. Chosen. */
const LONGEST_PIECE_NS = 3_600_000_000_000n

/** Rows looked at for one call of `with`, whatever its traces. A page asks for the list anew anyway. Chosen. */
const MAX_LOOKED_AT = 2 * MAX_PIECES

/** Processes of which a crowd is remembered, a few numbers each. Chosen. */
const MAX_CROWDS = 1_000

const COLUMNS = 'trace_id AS traceId, start_unix_nano AS start, end_unix_nano AS "end", lone_resource_id AS resourceId'
const ONE = `SELECT ${COLUMNS} FROM traces WHERE trace_id = ?`
const EARLIER = `SELECT ${COLUMNS} FROM traces
  WHERE lone_resource_id = ? AND (start_unix_nano, trace_id) < (?, ?) ORDER BY start_unix_nano DESC, trace_id DESC`
const LATER = `SELECT ${COLUMNS} FROM traces
  WHERE lone_resource_id = ? AND (start_unix_nano, trace_id) > (?, ?) ORDER BY start_unix_nano, trace_id`

interface Row {
  readonly traceId: TraceId
  readonly start: bigint
  readonly end: bigint
  /** Null unless the trace is one span without a parent. */
  readonly resourceId: bigint | null
}

/** By start. Of a crowd only those that were met. */
interface Group {
  readonly pieces: readonly Row[]
  readonly isCrowd: boolean
  /** The same, for the list; read when first asked for. */
  shown?: readonly TraceSummary[]
}

/** A stretch of a process's traces that is known to be a crowd. */
interface Crowd {
  readonly first: TraceId
  readonly from: bigint
  /** Until when the next of it may begin. */
  reach: bigint
}

export function createTracePieces(store: ReadStore): TracePieces {
  /** What was found since anything was last stored: every piece of a page asks for the others. */
  let known = new Map<TraceId, Group>()
  let version: unknown = null
  /** By process. A crowd only grows: it is not counted anew each time that something is stored, as it is all the time. */
  const crowds = new Map<bigint, Crowd>()

  function refresh(): void {
    const now = store.reader.pragma('data_version', { simple: true })
    if (now === version) return
    known = new Map()
    version = now
  }

  /** Null if more than `mayLookAt` rows would have to be looked at. */
  function find(traceId: TraceId, mayLookAt: number): { group: Group | null; looked: number } {
    const group = known.get(traceId)
    if (group) return { group, looked: 0 }
    const found = findGroup(store, crowds, traceId, mayLookAt)
    for (const piece of found.group?.pieces ?? []) known.set(piece.traceId, found.group!)
    return found
  }

  function groupOf({ traceId, spanCount }: TraceSummary): Group | null {
    if (spanCount !== 1) return null
    refresh()
    return find(traceId, Number.POSITIVE_INFINITY).group
  }
  return {
    around(trace) {
      if (trace.spanCount !== 1) return [trace]
      // In one snapshot, so that the list has all that the group has.
      return store.reader.transaction(() => {
        const group = groupOf(trace)
        if (!group || group.isCrowd || group.pieces.length === 1) return [trace]
        const [first, last] = [group.pieces[0]!, group.pieces.at(-1)!]
        group.shown ??= listLoneTraces(store, first.resourceId!, first.start, last.start)
        return group.shown
      })()
    },
    isCrowded: (trace) => groupOf(trace)?.isCrowd === true,
    with: (traceIds) => {
      refresh()
      const groups = new Set<Group>()
      let left = MAX_LOOKED_AT
      for (const traceId of traceIds) {
        const { group, looked } = find(traceId, left)
        if (group === null) break
        if (!group.isCrowd) groups.add(group)
        left -= looked
        if (left <= 0) break
      }
      const all = new Set(traceIds)
      for (const { pieces } of groups) for (const { traceId } of pieces) all.add(traceId)
      return [...all]
    },
  }
}

function findGroup(
  store: ReadStore,
  crowds: Map<bigint, Crowd>,
  traceId: TraceId,
  mayLookAt: number,
): { group: Group | null; looked: number } {
  const own = statement<Row>(store.reader, ONE).get(traceId)
  if (!own || own.resourceId === null) {
    const pieces = [own ?? { traceId, start: 0n, end: 0n, resourceId: null }]
    return { group: { pieces, isCrowd: false }, looked: 1 }
  }
  if (isInCrowd(store, crowds, own)) return { group: { pieces: [own], isCrowd: true }, looked: 2 }
  const looked = { rows: 1, max: mayLookAt }
  const earlier = walkBack(store, own, looked)
  const pieces = [...earlier.reverse(), own]
  if (pieces.length <= MAX_PIECES) walkOn(store, own, pieces, looked)
  if (looked.rows > mayLookAt) return { group: null, looked: looked.rows }
  const isCrowd = pieces.length > MAX_PIECES
  if (isCrowd) {
    if (crowds.size >= MAX_CROWDS) crowds.clear()
    const [first] = pieces as [Row]
    crowds.set(own.resourceId, { first: first.traceId, from: first.start, reach: pieces.map(reachOf).reduce(maxOf) })
  }
  return { group: { pieces, isCrowd }, looked: looked.rows }
}

/** Retention deletes the oldest: as long as the first is there, so is the rest. */
function isInCrowd(store: ReadStore, crowds: Map<bigint, Crowd>, own: Row): boolean {
  const crowd = crowds.get(own.resourceId!)
  if (!crowd || own.start < crowd.from || own.start > crowd.reach) return false
  if (statement<Row>(store.reader, ONE).get(crowd.first)?.resourceId !== own.resourceId) {
    crowds.delete(own.resourceId!)
    return false
  }
  crowd.reach = maxOf(crowd.reach, reachOf(own))
  return true
}

interface Looked {
  rows: number
  readonly max: number
}

/** Until when the next piece may begin. A span that is not over has an end of 0. */
const reachOf = ({ start, end }: Row): bigint =>
  (end > start + LONGEST_PIECE_NS ? start + LONGEST_PIECE_NS : maxOf(start, end)) + LONGEST_PAUSE_NS

/** Latest first. What ended long before the others began may lie inside of what is met later, and is kept until then. */
function walkBack(store: ReadStore, own: Row, looked: Looked): Row[] {
  const pieces: Row[] = []
  let apart: Row[] = []
  let first = own.start
  for (const row of statement<Row>(store.reader, EARLIER).iterate(own.resourceId, own.start, own.traceId)) {
    if (row.start + LONGEST_PIECE_NS + LONGEST_PAUSE_NS < first || apart.length === MAX_PIECES) break
    if (++looked.rows > looked.max) break
    apart.push(row)
    if (reachOf(row) < first) continue
    first = row.start
    pieces.push(...apart)
    apart = []
    if (pieces.length >= MAX_PIECES) break
  }
  return pieces
}

/** Adds to `pieces`, which end with `own`. */
function walkOn(store: ReadStore, own: Row, pieces: Row[], looked: Looked): void {
  let reach = pieces.map(reachOf).reduce(maxOf)
  for (const row of statement<Row>(store.reader, LATER).iterate(own.resourceId, own.start, own.traceId)) {
    if (row.start > reach || pieces.length > MAX_PIECES) break
    if (++looked.rows > looked.max) break
    pieces.push(row)
    reach = maxOf(reach, reachOf(row))
  }
}
