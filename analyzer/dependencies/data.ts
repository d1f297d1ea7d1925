import { float64Zeros, uint8Zeros } from '../base/zeros.ts'
import type { Evidence } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import type { Edge } from './edges.ts'
import type { Leaf } from './leaves.ts'
import type { Match } from './look.ts'
import { matchProbability } from './match-weights.ts'
import { pathText } from './path-node.ts'
import type { CallTrace, Provenance } from './provenance.ts'
import { CONTROL, REPORTED_FROM } from './weights.ts'

/** A value that another result showed first has to say something before it is suspected of having decided. */
const INFORMATIVE = 0.5

const NONE: readonly Evidence[] = []

/**
 * Data edges, one per pair of calls: as likely as their best-supported value. A value that several results hold is one
 * requirement, met by the first that showed it; the others may still have decided the choice, which is a suspicion.
 */
export function dataEdges(run: Run, provenance: Provenance): Edge[] {
  const edges: Edge[] = []
  const { length } = run.calls
  /** Per earlier call, of the call at hand: whether it has matches, some that no other result has a better claim to, and the likeliest of these. */
  const isMet = uint8Zeros(length)
  const isFirst = uint8Zeros(length)
  const confidenceOf = float64Zeros(length)
  /** It holds a telling value that another result showed first. */
  const repeats = uint8Zeros(length)
  const met: number[] = []
  provenance.calls.forEach((trace, to) => {
    if (trace === undefined) return
    for (const { matches } of trace.leaves) {
      for (const match of matches) {
        const { from } = match
        if (isMet[from] === 0) {
          isMet[from] = 1
          met.push(from)
        }
        if (match.rival === 'result') {
          if (repeats[from] === 0 && matchProbability(match) >= INFORMATIVE) repeats[from] = 1
        } else {
          isFirst[from] = 1
          confidenceOf[from] = Math.max(confidenceOf[from]!, matchProbability(match))
        }
      }
    }
    for (const from of met) {
      const confidence = confidenceOf[from]!
      if (isFirst[from] === 1) {
        // A suspicion is never shown.
        const evidence = confidence < REPORTED_FROM ? NONE : evidenceFrom(from, trace)
        edges.push({ from, to, kind: 'data', confidence, evidence })
      }
      if (repeats[from] === 1 && confidence < CONTROL.repeated) {
        edges.push({ from, to, kind: 'control', confidence: CONTROL.repeated, evidence: NONE })
      }
      isMet[from] = 0
      isFirst[from] = 0
      confidenceOf[from] = 0
      repeats[from] = 0
    }
    met.length = 0
  })
  return edges
}

/** Of the matches with one result, those that no other result has a better claim to. */
function evidenceFrom(from: number, { leaves }: CallTrace): readonly Evidence[] {
  let evidence: Evidence[] | undefined
  for (const { leaf, matches } of leaves) {
    for (const match of matches) {
      if (match.from !== from || match.rival === 'result') continue
      if (evidence === undefined) evidence = [evidenceOf(leaf, match)]
      else evidence.push(evidenceOf(leaf, match))
    }
  }
  return evidence ?? NONE
}

function evidenceOf({ path, value }: Leaf, match: Match): Evidence {
  return {
    toPath: pathText(path),
    fromPath: pathText(match.hit.path),
    value: value as Json,
    transform: match.numeric && match.kind === 'exact' ? 'number' : match.kind,
    origin: 'result',
  }
}
