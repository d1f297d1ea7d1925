// Why the analyzer believes what it believes of one call: for each part of its arguments everything that holds it, what was
// taken for its source, and what was not and why.

import type { Dependency, Origin, Verdict } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { Learnt } from '../model/learnt.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { PairReason } from '../model/pair-reason.ts'
import type { Run } from '../model/run.ts'
import type { SpanId } from '../model/span.ts'
import { evidenceOf } from './evidence.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { leafOrigins } from './leaf-origins.ts'
import { type Leaf, leavesOf } from './leaves.ts'
import type { Match } from './look.ts'
import { matchProbability } from './match-weights.ts'
import { pathText } from './path-node.ts'
import { REPORTED_FROM } from './weights.ts'

/** One place that holds the value of an argument. */
export interface ExplainedSource {
  readonly call: SpanId
  readonly tool: string
  /** JSON path in that call's result. */
  readonly path: string
  /** How it is held: `exact`, `substring`, `quoted`, `rounded`, `computed`, or `echo`. */
  readonly how: string
  /** P(the call needed this result for the value). */
  readonly probability: number
  /** Empty for what was taken for a source; else why it was not. */
  readonly rejected: string
}

export interface ExplainedArgument {
  readonly path: string
  readonly value: Json
  /** Information in the value. */
  readonly bits: number
  readonly origin: Origin
  /** Where it was first, in words. */
  readonly where: string
  readonly sources: readonly ExplainedSource[]
}

export interface Explanation {
  readonly arguments: readonly ExplainedArgument[]
  /** What the call was found to need, of any kind. */
  readonly dependencies: readonly Dependency[]
  /** The verdict against every earlier call, in run order. */
  readonly verdicts: readonly ExplainedVerdict[]
}

export interface ExplainedVerdict extends Verdict {
  readonly call: SpanId
  readonly tool: string
  /** Why it is not `independent`; left out where it is. */
  readonly reason?: PairReason
}

/**
 * @param j index of the call in the run.
 * @param learnt what other runs of the agent say.
 */
export function explainCall(run: Run, j: number, options: AnalyzeOptions, learnt?: Learnt): Explanation {
  const call = run.calls[j]
  if (call === undefined) throw new Error(`Tailrace bug: the run has no call ${j}`)
  const { provenance } = evidenceOf(run, options)
  const inference = inferDependencies(run, options, learnt)
  const origins = leafOrigins(run, provenance)[j]!
  const trace = provenance.calls[j]
  const explained = (trace?.leaves ?? []).map(({ leaf, bits, matches }, index): ExplainedArgument => {
    const { path, value, origin, where } = origins[index]!
    const sources = matches.map((match) => sourceOf(run, match))
    return { path, value, bits, origin, where, sources: [...sources, ...echoesOf(run, j, leaf, matches)] }
  })
  return {
    arguments: explained,
    dependencies: inference.dependencies.filter(({ to }) => to === call.id),
    verdicts: run.calls.slice(0, j).map(({ id, tool }, i): ExplainedVerdict => {
      const word = inference.verdict(i, j)
      const known = { call: id, tool, ...word }
      return word.verdict === 'independent' ? known : { ...known, reason: inference.reason(i, j) }
    }),
  }
}

function sourceOf(run: Run, match: Match): ExplainedSource {
  const probability = matchProbability(match)
  const { id, tool } = run.calls[match.from]!
  return {
    call: id,
    tool,
    path: pathText(match.hit.path),
    how: match.kind,
    probability,
    rejected: match.rival !== 'result' && probability >= REPORTED_FROM ? '' : whyNot(match),
  }
}

function whyNot(match: Match): string {
  if (match.rival === 'result') return 'another result is the likelier source of the same value'
  if (match.rival === 'prompt' && !match.incidental) return 'the user or the system had said it before'
  if (match.rival === 'argument' && !match.incidental) return 'an earlier call had been given it already'
  if (match.saidLater !== 'no') return 'the user said it afterwards'
  return 'too common a value, or too large a result, to be more than chance'
}

/** Results that hold the value because their own call had been given it. */
function echoesOf(run: Run, j: number, leaf: Leaf, matches: readonly Match[]): ExplainedSource[] {
  const listed = new Set(matches.map(({ from }) => from))
  const same = (other: Leaf): boolean => String(other.value) === String(leaf.value)
  return run.calls.slice(0, j).flatMap(({ id, tool, arguments: args, result }, i) => {
    if (listed.has(i) || args === undefined || result === undefined || !leavesOf(args).some(same)) return []
    const repeated = leavesOf(result).find(same)
    if (repeated === undefined) return []
    const rejected = 'it only repeats what it had been given'
    return [{ call: id, tool, path: pathText(repeated.path), how: 'echo', probability: 0, rejected }]
  })
}
