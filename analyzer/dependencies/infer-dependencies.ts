import type { Dependency, Inference } from '../model/dependency.ts'
import type { Learnt } from '../model/learnt.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { type Answers, answersOf } from './answers.ts'
import { derivationsOf } from './derivation.ts'
import type { Edge } from './edges.ts'
import { evidenceOf, type RunEvidence } from './evidence.ts'
import { answersWithHistory, withHistory } from './from-history.ts'
import { leafOrigins } from './leaf-origins.ts'
import { type Situations, situationsOf } from './situations.ts'
import { REPORTED_FROM } from './weights.ts'

/**
 * What depends on what in one run: effects, dependencies believed at even odds or better, a verdict for every pair of
 * calls, and the origin of every argument. Pure and deterministic; `run` is not changed.
 * @param learnt what other runs of the agent say that bears on this one.
 * @param alone what this run shows by itself, if the caller has it already.
 */
export function inferDependencies(
  run: Run,
  options: AnalyzeOptions,
  learnt?: Learnt,
  alone: RunEvidence = evidenceOf(run, options),
): Inference {
  const situations = situationsOf(run, alone)
  if (learnt === undefined) return inferenceOf(run, alone, answersOf(run, alone, situations), situations)
  const evidence = withHistory(run, alone, learnt)
  const known = { evidence: alone, situations }
  return { ...inferenceOf(run, evidence, answersWithHistory(run, evidence, learnt, known), situations), learnt }
}

function inferenceOf(run: Run, evidence: RunEvidence, answers: Answers, { suspects }: Situations): Inference {
  const { effects, provenance, edges, authored } = evidence
  return {
    effects,
    dependencies: byTarget(run, edges).flatMap((into) => into.map((edge) => dependencyOf(run, edge))),
    ...answers,
    leaves: leafOrigins(run, provenance),
    derivations: derivationsOf(run, effects, provenance, authored, suspects),
  }
}

/** The edges that are reported, by the call that they lead to and then by the one that they come from. */
function byTarget(run: Run, edges: readonly Edge[]): Edge[][] {
  const groups: Edge[][] = run.calls.map(() => [])
  for (const edge of edges) if (edge.confidence >= REPORTED_FROM) groups[edge.to]!.push(edge)
  for (const into of groups) if (into.length > 1) into.sort((a, b) => a.from - b.from || a.kind.localeCompare(b.kind))
  return groups
}

function dependencyOf(run: Run, edge: Edge): Dependency {
  const from = run.calls[edge.from]
  const to = run.calls[edge.to]
  if (from === undefined || to === undefined) throw new Error(`Tailrace bug: edge ${edge.from}>${edge.to} has no call`)
  return { from: from.id, to: to.id, kind: edge.kind, confidence: edge.confidence, evidence: edge.evidence }
}
