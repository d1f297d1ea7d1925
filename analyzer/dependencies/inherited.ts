// A value that a model made up is no better known when it is used again: what led to it may have led to each use.

import type { HistoryDocument } from './history.ts'
import type { Inherited, LeafTrace, Look } from './look.ts'

/** @param source the leaf of that document that is the whole pattern, if one is. */
export function madeUpAt(
  source: LeafTrace | undefined,
  pattern: number,
  bits: number,
  document: number,
  look: Look,
): Inherited | null {
  const { call, turn } = look.documents[document] as HistoryDocument
  const trace = source ?? look.argumentAt(call, placeOf(pattern, document, look))
  if (trace === undefined) return null
  if (trace.authoredBits > 0) return { bits: Math.min(bits, trace.authoredBits), turn }
  return trace.inherited === null ? null : { ...trace.inherited, bits: Math.min(bits, trace.inherited.bits) }
}

/** Bits of both, made up by the latest turn of the two. */
export function bothInherited(a: Inherited | null, b: Inherited | null): Inherited | null {
  if (a === null || b === null) return a ?? b
  return { bits: a.bits + b.bits, turn: Math.max(a.turn, b.turn) }
}

function placeOf(pattern: number, document: number, { index }: Look) {
  let entry = index.first(pattern)
  while (entry >= 0 && index.documentOf(entry) < document) entry = index.next(entry)
  return entry >= 0 ? index.pathOf(entry) : null
}
