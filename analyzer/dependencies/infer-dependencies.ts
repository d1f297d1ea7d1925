import type { Dependency, Inference } from '../model/dependency.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { derivationsOf } from './derivation.ts'
import type { Edge } from './edges.ts'
import { evidenceOf } from './evidence.ts'
import { leafOrigins } from './leaf-origins.ts'
import { situationsOf } from './situations.ts'
import { verdictsOf } from './verdicts.ts'
import { REPORTED_FROM } from './weights.ts'

/**
 * What depends on what in one run: effects, dependencies believed at even odds or better, a verdict for every pair of
 * calls, and the origin of every argument. Pure and deterministic; `run` is not changed.
 */
export function inferDependencies(run: Run, options: AnalyzeOptions): Inference {
  const evidence = evidenceOf(run, options)
  const { effects, provenance, edges, spoken, authored } = evidence
  return {
    effects,
    dependencies: edges
      .filter((edge) => edge.confidence >= REPORTED_FROM)
      .sort((a, b) => a.to - b.to || a.from - b.from || a.kind.localeCompare(b.kind))
      .map((edge) => dependencyOf(run, edge)),
    verdict: verdictsOf(run, situationsOf(run, evidence), spoken),
    leaves: leafOrigins(run, provenance),
    derivations: derivationsOf(run, effects, provenance, authored),
  }
}

function dependencyOf(run: Run, edge: Edge): Dependency {
  const from = run.calls[edge.from]
  const to = run.calls[edge.to]
  if (from === undefined || to === undefined) throw new Error(`Tailrace bug: edge ${edge.from}>${edge.to} has no call`)
  return { from: from.id, to: to.id, kind: edge.kind, confidence: edge.confidence, evidence: edge.evidence }
}
