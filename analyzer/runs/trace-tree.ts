// The spans of one trace as a forest. Nodes are indices into `records`, which are in time order.
// Invariants: `parent` has no cycles; `order` holds every node once, parents before children, siblings in time order.

import { mapped } from '../base/mapped.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { SpanRecord } from '../model/record.ts'
import type { SpanId } from '../model/span.ts'
import { byTime, endOf, startOf, TIE_NS } from './time.ts'

/** `parent` of a node that has none. */
export const NO_NODE = -1

export interface TraceTree {
  readonly records: readonly SpanRecord[]
  readonly parent: Int32Array
  readonly order: Int32Array
  /** For a top node: the parent that it names and that never arrived; null for a real root and for all other nodes. */
  readonly missingParent: readonly (SpanId | null)[]
  /** For a node that was cut off a cycle: the parent that it names, which is itself or inside it; null for all others. */
  readonly cutFrom: readonly (SpanId | null)[]
}

/**
 * The forest of one trace. Of spans that name each other as parents, the one that begins first and lasts longest is outermost;
 * the others stay with a parent whose time holds theirs, and are tops where it does not.
 */
export function growTree(unordered: readonly SpanRecord[]): TraceTree {
  const records = unordered.toSorted(inTime)
  const missingParent: (SpanId | null)[] = []
  const parent = int32Zeros(records.length)
  const indexOf = parentsIn(records)
  for (let i = 0; i < records.length; i++) {
    const { parentSpanId } = records[i]!.span
    const found = parentSpanId === null ? NO_NODE : indexOf.get(parentSpanId)!
    missingParent.push(found === NO_NODE ? parentSpanId : null)
    parent[i] = found
  }
  const cutFrom = mapped(records, (): SpanId | null => null)
  for (const i of cyclesCut(records, parent)) {
    cutFrom[i] = records[i]!.span.parentSpanId
    parent[i] = NO_NODE
  }
  return { records, parent, missingParent, cutFrom, order: preorder(parent) }
}

/** Where the spans are that others name as their parents, which are few; NO_NODE for one that never arrived. */
function parentsIn(records: readonly SpanRecord[]): Map<SpanId, number> {
  const indexOf = new Map<SpanId, number>()
  let last: SpanId | null = null
  for (const { span } of records) {
    // One after another, siblings name the same.
    if (span.parentSpanId === null || span.parentSpanId === last) continue
    last = span.parentSpanId
    indexOf.set(last, NO_NODE)
  }
  for (let i = 0; i < records.length; i++) {
    const { spanId } = records[i]!.span
    if (indexOf.has(spanId)) indexOf.set(spanId, i)
  }
  return indexOf
}

/**
 * By time; what clocks of milliseconds do not tell apart, by how much of the conversation a model was given: a longer history
 * is that of a later turn.
 */
function inTime(a: SpanRecord, b: SpanRecord): number {
  const isTie = a.span.startTimeUnixNano === b.span.startTimeUnixNano && endOf(a.span) === endOf(b.span)
  return (isTie && historyOf(a) - historyOf(b)) || byTime(a.span, b.span)
}

const historyOf = (record: SpanRecord): number => (record.kind === 'model' ? record.input.length : 0)

/** `tree` with other parents for some nodes. The caller promises that this makes no cycle. */
export const withParents = (tree: TraceTree, parent: Int32Array): TraceTree => ({
  ...tree,
  parent,
  missingParent: tree.missingParent.map((id, i) => (parent[i] === NO_NODE ? id : null)),
  order: preorder(parent),
})

/** For each node the top of its tree. */
export function topsOf(tree: TraceTree): Int32Array {
  const tops = int32Zeros(tree.order.length)
  for (const i of tree.order) {
    const parent = tree.parent[i]!
    tops[i] = parent === NO_NODE ? i : tops[parent]!
  }
  return tops
}

/** The nodes to part from their parents. Walks up from each node once; a walk that meets itself found a cycle. */
function cyclesCut(records: readonly SpanRecord[], parent: Int32Array): number[] {
  const seenBy = int32Zeros(parent.length).fill(NO_NODE)
  const cut: number[] = []
  for (let start = 0; start < parent.length; start++) {
    let i = start
    while (i !== NO_NODE && seenBy[i] === NO_NODE) {
      seenBy[i] = start
      i = parent[i]!
    }
    if (i === NO_NODE || seenBy[i] !== start) continue
    let outermost = i
    for (let j = parent[i]!; j !== i; j = parent[j]!) if (isOuter(records[j]!, records[outermost]!)) outermost = j
    cut.push(outermost)
    for (let j = parent[outermost]!; j !== outermost; j = parent[j]!) {
      if (!isWithin(records[j]!, records[parent[j]!]!)) cut.push(j)
    }
  }
  return cut
}

function isOuter({ span: a }: SpanRecord, { span: b }: SpanRecord): boolean {
  return startOf(a) < startOf(b) || (startOf(a) === startOf(b) && endOf(a) > endOf(b))
}

const isWithin = ({ span: inner }: SpanRecord, { span: outer }: SpanRecord): boolean =>
  startOf(outer) - TIE_NS <= startOf(inner) && endOf(inner) <= endOf(outer) + TIE_NS

function preorder(parent: Int32Array): Int32Array {
  // Per node its first child, and the next child of its parent: backwards through the nodes, so that both are in time order.
  const firstChild = int32Zeros(parent.length).fill(NO_NODE)
  const next = int32Zeros(parent.length).fill(NO_NODE)
  let top = NO_NODE
  for (let i = parent.length - 1; i >= 0; i--) {
    const above = parent[i]!
    if (above === NO_NODE) {
      next[i] = top
      top = i
    } else {
      next[i] = firstChild[above]!
      firstChild[above] = i
    }
  }
  const order = int32Zeros(parent.length)
  for (let i = top, place = 0; i !== NO_NODE; ) {
    order[place++] = i
    if (firstChild[i] !== NO_NODE) i = firstChild[i]!
    else {
      while (i !== NO_NODE && next[i] === NO_NODE) i = parent[i]!
      if (i !== NO_NODE) i = next[i]!
    }
  }
  return order
}
