import { float64Zeros, int32Zeros } from '../base/zeros.ts'
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
  readonly from: Int32Array
  readonly to: Int32Array
  readonly confidence: Float64Array
}

const FIRST_ROOM = 64

/** A list that grows. */
export class UnlistedList {
  private size = 0
  private from = int32Zeros(FIRST_ROOM)
  private to = int32Zeros(FIRST_ROOM)
  private confidence = float64Zeros(FIRST_ROOM)

  add(from: number, to: number, confidence: number): void {
    if (this.size === this.from.length) this.grow()
    this.from[this.size] = from
    this.to[this.size] = to
    this.confidence[this.size++] = confidence
  }

  edges(): UnlistedEdges {
    const { size } = this
    return {
      from: this.from.subarray(0, size),
      to: this.to.subarray(0, size),
      confidence: this.confidence.subarray(0, size),
    }
  }

  private grow(): void {
    const { from, to, confidence } = this
    this.from = int32Zeros(2 * from.length)
    this.from.set(from)
    this.to = int32Zeros(2 * to.length)
    this.to.set(to)
    this.confidence = float64Zeros(2 * confidence.length)
    this.confidence.set(confidence)
  }
}

export function pick(
  { from, to, confidence }: UnlistedEdges,
  keeps: (from: number, to: number) => boolean,
): UnlistedEdges {
  const kept = new UnlistedList()
  for (let at = 0; at < from.length; at++) {
    if (keeps(from[at]!, to[at]!)) kept.add(from[at]!, to[at]!, confidence[at]!)
  }
  return kept.edges()
}
