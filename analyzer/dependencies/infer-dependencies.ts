import type { Dependency, Inference } from '../model/dependency.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { controlEdges } from './control.ts'
import { dataEdges } from './data.ts'
import { derivationsOf } from './derivation.ts'
import type { Edge } from './edges.ts'
import { effectsOf } from './effects.ts'
import { leafOrigins } from './leaf-origins.ts'
import { traceProvenance } from './provenance.ts'
import { applyWords, spokenWords } from './spoken.ts'
import { stateEdges } from './state.ts'
import { toolConfigs } from './tool-config.ts'
import { serviceOf } from './tool-lexicon.ts'
import { authoredBitsOf, verdictsOf } from './verdicts.ts'
import { REPORTED_FROM } from './weights.ts'

/**
 * What depends on what in one run: effects, dependencies believed at even odds or better, a verdict for every pair of
 * calls, and the origin of every argument. Pure and deterministic; `run` is not changed.
 */
export function inferDependencies(run: Run, options: AnalyzeOptions): Inference {
  const configOf = toolConfigs(options.tools)
  const effects = effectsOf(run, options, configOf)
  const actors = effects.map((effect, i) => {
    const tool = run.calls[i]?.tool ?? ''
    return { ...effect, tool, service: serviceOf(tool) }
  })
  const provenance = traceProvenance(run)
  const spoken = spokenWords(run, options, configOf)
  const found = [...dataEdges(run, provenance), ...stateEdges(run, actors), ...controlEdges(run, provenance)]
  const edges = applyWords(found, spoken)
  const authored = run.calls.map((call, c) => authoredBitsOf(call, provenance.calls[c]?.leaves ?? []))
  return {
    effects,
    dependencies: edges
      .filter((edge) => edge.confidence >= REPORTED_FROM)
      .sort((a, b) => a.to - b.to || a.from - b.from || a.kind.localeCompare(b.kind))
      .map((edge) => dependencyOf(run, edge)),
    verdict: verdictsOf(run, actors, provenance, edges, spoken),
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
