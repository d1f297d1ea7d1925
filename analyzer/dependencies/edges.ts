import type { DependencyKind, Evidence } from '../model/dependency.ts'

/** A dependency between call indices, from < to; below even odds it is only a suspicion. */
export interface Edge {
  readonly from: number
  readonly to: number
  readonly kind: DependencyKind
  readonly confidence: number
  readonly evidence: readonly Evidence[]
}

/** Edges that are never shown, of which there may be many: hazards below even odds, and the further ones of one kind. Element k of each list is one. */
export interface UnlistedEdges {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly confidence: readonly number[]
}

export function pick(
  { from, to, confidence }: UnlistedEdges,
  keeps: (from: number, to: number) => boolean,
): UnlistedEdges {
  const kept = from.flatMap((one, at) => (keeps(one, to[at]!) ? [at] : []))
  const chosen = (list: readonly number[]): number[] => kept.map((at) => list[at]!)
  return { from: chosen(from), to: chosen(to), confidence: chosen(confidence) }
}
