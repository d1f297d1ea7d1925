import { mapped } from '../base/mapped.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Dependency, Inference } from '../model/dependency.ts'
import type { Learnt } from '../model/learnt.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { answersOf } from './answers.ts'
import { derivationsOf } from './derivation.ts'
import type { Edge } from './edges.ts'
import { evidenceOf, type RunEvidence } from './evidence.ts'
import { answersWithHistory, withHistory } from './from-history.ts'
import { leafOrigins } from './leaf-origins.ts'
import type { Answers } from './pair-answers.ts'
import { pairReasonsOf } from './pair-reasons.ts'
import { rememberedVerdicts } from './remembered-verdicts.ts'
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
  if (learnt === undefined) return inferenceOf(run, alone, answersOf(run, alone, situations), situations, undefined)
  const evidence = withHistory(run, alone, learnt)
  const known = { evidence: alone, situations }
  return inferenceOf(run, evidence, answersWithHistory(run, evidence, learnt, known), situations, learnt)
}

function inferenceOf(
  run: Run,
  evidence: RunEvidence,
  { verdict, pairBits }: Answers,
  situations: Situations,
  learnt: Learnt | undefined,
): Inference {
  const { effects, provenance, edges, authored } = evidence
  return {
    effects,
    dependencies: dependenciesOf(run, edges),
    verdict: rememberedVerdicts(run.calls.length, verdict),
    reason: pairReasonsOf(run, evidence, situations, verdict),
    pairBits,
    leaves: leafOrigins(run, provenance),
    derivations: derivationsOf(run, effects, provenance, authored, situations.suspects),
    learnt,
  }
}

/** The edges that are reported, by the call that they lead to, then by the one that they come from. */
function dependenciesOf(run: Run, edges: readonly Edge[]): Dependency[] {
  const isReported = ({ confidence }: Edge): boolean => confidence >= REPORTED_FROM
  const start = int32Zeros(run.calls.length + 1)
  for (const edge of edges) if (isReported(edge)) start[edge.to + 1]!++
  for (let to = 0; to < run.calls.length; to++) start[to + 1]! += start[to]!
  const next = start.slice()
  const byTarget = new Array<Edge>(start[run.calls.length]!)
  for (const edge of edges) if (isReported(edge)) byTarget[next[edge.to]!++] = edge
  for (let to = 0; to < run.calls.length; to++) sortStretch(byTarget, start[to]!, start[to + 1]!)
  return mapped(byTarget, (edge) => dependencyOf(run, edge))
}

const isAfter = (a: Edge, b: Edge): boolean => (a.from === b.from ? a.kind.localeCompare(b.kind) > 0 : a.from > b.from)

/** Stretches of more edges than this are left to the engine, which copies them. */
const FEW = 32

/** A stable sort in place: most stretches hold a handful of edges, mostly in order. */
function sortStretch(edges: Edge[], first: number, end: number): void {
  if (end - first > FEW) {
    const sorted = edges.slice(first, end).sort((a, b) => a.from - b.from || a.kind.localeCompare(b.kind))
    for (let at = first; at < end; at++) edges[at] = sorted[at - first]!
    return
  }
  for (let at = first + 1; at < end; at++) {
    const edge = edges[at]!
    let to = at
    for (; to > first && isAfter(edges[to - 1]!, edge); to--) edges[to] = edges[to - 1]!
    edges[to] = edge
  }
}

function dependencyOf(run: Run, edge: Edge): Dependency {
  const from = run.calls[edge.from]
  const to = run.calls[edge.to]
  if (from === undefined || to === undefined) throw new Error(`Tailrace bug: edge ${edge.from}>${edge.to} has no call`)
  return { from: from.id, to: to.id, kind: edge.kind, confidence: edge.confidence, evidence: edge.evidence }
}
