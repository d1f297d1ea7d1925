import type { Evidence } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import type { Edge } from './edges.ts'
import { pathText } from './leaves.ts'
import type { Match } from './look.ts'
import { matchProbability } from './match-weights.ts'
import type { CallTrace, Provenance } from './provenance.ts'
import { CONTROL, REPORTED_FROM } from './weights.ts'

/** A value that another result showed first has to say something before it is suspected of having decided. */
const INFORMATIVE = 0.5

const NONE: readonly Evidence[] = []

/** What speaks for one earlier call. */
interface Support {
  readonly from: number
  /** Matches that no other result has a better claim to. */
  first: Match[] | null
  confidence: number
  /** It holds a telling value that another result showed first. */
  repeats: boolean
}

/**
 * Data edges, one per pair of calls: as likely as their best-supported value. A value that several results hold is one
 * requirement, met by the first that showed it; the others may still have decided the choice, which is a suspicion.
 */
export function dataEdges(run: Run, provenance: Provenance): Edge[] {
  const edges: Edge[] = []
  /** Per call: its place in the list at hand, -1 for none. */
  const places = new Int32Array(run.calls.length).fill(-1)
  run.calls.forEach((_, to) => {
    const trace = provenance.calls[to]
    if (trace === undefined) return
    const supports: Support[] = []
    for (const { matches } of trace.leaves) {
      for (const match of matches) {
        const { from } = match
        if ((places[from] as number) < 0) {
          places[from] = supports.length
          supports.push({ from, first: null, confidence: 0, repeats: false })
        }
        const support = supports[places[from] as number] as Support
        if (match.rival === 'result') support.repeats ||= matchProbability(match) >= INFORMATIVE
        else {
          support.confidence = Math.max(support.confidence, matchProbability(match))
          if (support.first === null) support.first = [match]
          else support.first.push(match)
        }
      }
    }
    for (const { from, first, confidence, repeats } of supports) {
      places[from] = -1
      if (first !== null) {
        // A suspicion is never shown.
        const evidence = confidence < REPORTED_FROM ? NONE : first.map((match) => evidenceOf(trace, match))
        edges.push({ from, to, kind: 'data', confidence, evidence })
      }
      if (repeats && confidence < CONTROL.repeated) {
        edges.push({ from, to, kind: 'control', confidence: CONTROL.repeated, evidence: NONE })
      }
    }
  })
  return edges
}

function evidenceOf(trace: CallTrace, match: Match): Evidence {
  const leaf = trace.leaves[match.leaf]?.leaf
  return {
    toPath: pathText(leaf?.path ?? null),
    fromPath: pathText(match.hit.path),
    value: (leaf?.value ?? null) as Json,
    transform: match.numeric && match.kind === 'exact' ? 'number' : match.kind,
    origin: 'result',
  }
}
