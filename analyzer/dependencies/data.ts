import type { Evidence } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import type { Edge } from './edges.ts'
import { pathText } from './leaves.ts'
import type { Match } from './look.ts'
import { matchProbability } from './match-weights.ts'
import type { CallTrace, Provenance } from './provenance.ts'
import { CONTROL, REPORTED_FROM } from './weights.ts'

/**
 * Data edges, one per pair of calls: as likely as their best-supported value. A value that several results hold is one
 * requirement, met by the first that showed it; the others may still have decided the choice, which is a suspicion.
 */
export function dataEdges(run: Run, provenance: Provenance): Edge[] {
  const edges: Edge[] = []
  run.calls.forEach((_, to) => {
    const trace = provenance.calls[to]
    if (trace === undefined) return
    const byProducer = new Map<number, Match[]>()
    for (const match of trace.matches) {
      const matches = byProducer.get(match.from)
      if (matches === undefined) byProducer.set(match.from, [match])
      else matches.push(match)
    }
    for (const [from, matches] of byProducer) {
      const first = matches.filter((match) => match.rival !== 'result')
      const confidence = first.reduce((best, match) => Math.max(best, matchProbability(match)), 0)
      if (first.length > 0) {
        // A suspicion is never shown.
        const evidence = confidence < REPORTED_FROM ? [] : first.map((match) => evidenceOf(trace, match))
        edges.push({ from, to, kind: 'data', confidence, evidence })
      }
      const repeated = matches.filter((match) => match.rival === 'result')
      const informative = repeated.reduce((best, match) => Math.max(best, matchProbability(match)), 0)
      if (confidence < CONTROL.repeated && informative >= 0.5) {
        edges.push({ from, to, kind: 'control', confidence: CONTROL.repeated, evidence: [] })
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
