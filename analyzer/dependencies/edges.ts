import type { DependencyKind, Evidence } from '../model/dependency.ts'

/** A dependency between call indices, from < to; below even odds it is only a suspicion. */
export interface Edge {
  readonly from: number
  readonly to: number
  readonly kind: DependencyKind
  readonly confidence: number
  readonly evidence: readonly Evidence[]
}
