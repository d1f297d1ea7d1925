import type { RunEvidence } from '../dependencies/evidence.ts'
import { LearntKeys, pairKey } from '../dependencies/learnt-keys.ts'
import { pathText } from '../dependencies/leaves.ts'
import { matchProbability } from '../dependencies/match-weights.ts'
import { isQuoting, matchesOf } from '../dependencies/provenance.ts'
import { REPORTED_FROM } from '../dependencies/weights.ts'
import type { PairSeen, RunLessons } from '../model/learnt.ts'
import { NO_TURN, type Run } from '../model/run.ts'

/** A run with more tools, or more ways of values, teaches the first so many. */
const MAX_TOOLS = 100
const MAX_PATHS = 300
const MAX_VALUES = 200
/** Longer texts are not habits. */
const MAX_VALUE_LENGTH = 64
/** A hazard below this is a guess about which things two calls touch, and no evidence. See `STATE`. */
const SURE_HAZARD = 0.8

/** What one run teaches, going by what was found in it alone: what other runs taught about it is not taught on. */
export function lessonsOf(run: Run, evidence: RunEvidence): RunLessons {
  const tools = [...new Set(run.calls.map((call) => call.tool))].slice(0, MAX_TOOLS)
  return {
    traceId: run.traceId,
    runId: run.runId,
    name: run.name,
    framework: run.framework,
    startTimeUnixNano: run.startTimeUnixNano,
    tools,
    explained: tools.filter((tool) => run.calls.some((call, i) => call.tool === tool && isExplained(run, evidence, i))),
    pairs: pairsOf(run, evidence, tools),
    ...valuesOf(run, evidence),
  }
}

function isExplained(run: Run, { authored, provenance }: RunEvidence, index: number): boolean {
  const call = run.calls[index]!
  const trace = provenance.calls[index]
  if (trace === undefined || call.status !== 'ok' || call.truncated || !run.promptKnown) return false
  return authored[index]!.since === -1 && !isQuoting(trace)
}

interface ToolCalls {
  readonly calls: readonly number[]
  /** First turn that asked for one; NO_TURN if that is not known of all. */
  readonly firstTurn: number
  readonly firstEndMs: number
  readonly failed: boolean
}

function pairsOf(run: Run, evidence: RunEvidence, tools: readonly string[]): Map<string, PairSeen> {
  const byTool = new Map(tools.map((tool) => [tool, callsOf(run, tool)]))
  const needs = needsOf(run, evidence)
  const pairs = new Map<string, PairSeen>()
  for (const [earlier, first] of byTool) {
    const needing = reachableFrom(earlier, needs)
    for (const [later, second] of byTool) {
      if (earlier === later) continue
      const seen = needing.has(later) ? 'needed' : orderOf(run, evidence, first, second)
      if (seen !== null) pairs.set(pairKey(earlier, later), seen)
    }
  }
  return pairs
}

function callsOf(run: Run, tool: string): ToolCalls {
  const calls = run.calls.flatMap((call, i) => (call.tool === tool ? [i] : []))
  return {
    calls,
    firstTurn: Math.min(...calls.map((i) => run.calls[i]!.turn)),
    firstEndMs: Math.min(...calls.map((i) => run.calls[i]!.endMs)),
    failed: calls.some((i) => run.calls[i]!.status === 'error'),
  }
}

/** Per tool, the tools of which a call was found to need one of its calls. */
function needsOf(run: Run, { edges }: RunEvidence): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>()
  for (const { from, to, kind, confidence } of edges) {
    if (confidence < (kind === 'state' ? SURE_HAZARD : REPORTED_FROM)) continue
    const { tool } = run.calls[from]!
    needs.set(tool, (needs.get(tool) ?? new Set<string>()).add(run.calls[to]!.tool))
  }
  return needs
}

function reachableFrom(tool: string, needs: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set(needs.get(tool))
  for (const next of reached) for (const further of needs.get(next) ?? []) reached.add(further)
  return reached
}

/** Nothing is learnt where a call failed, no turn is known, or all that came after is explained anyway. */
function orderOf(run: Run, { authored }: RunEvidence, first: ToolCalls, second: ToolCalls): PairSeen | null {
  if (first.failed || second.failed || first.firstTurn === NO_TURN || second.firstTurn === NO_TURN) return null
  const unseen = second.calls.filter((j) => {
    const { turn, startMs, arguments: args } = run.calls[j]!
    return args !== undefined && (turn <= first.firstTurn || startMs < first.firstEndMs)
  })
  const madeUp = (j: number): boolean => authored[j]!.since !== -1
  if (unseen.length > 0) return unseen.some(madeUp) ? 'free, made up' : 'free'
  return second.calls.some(madeUp) ? 'after' : null
}

/** How values went from results to arguments, and which the model wrote with nothing to take them from. */
function valuesOf(run: Run, { provenance }: RunEvidence): Pick<RunLessons, 'paths' | 'values'> {
  const paths = new Set<string>()
  const values = new Set<string>()
  const keys = new LearntKeys()
  provenance.calls.forEach((trace, j) => {
    if (trace === undefined) return
    const { tool } = run.calls[j]!
    const sourced = new Set<number>()
    for (const match of matchesOf(trace)) {
      if (matchProbability(match) < REPORTED_FROM) continue
      sourced.add(match.leaf)
      if (match.rival !== 'none' || match.kind === 'quoted' || paths.size >= MAX_PATHS) continue
      const to = pathText(trace.leaves[match.leaf]?.leaf.path ?? null)
      paths.add(keys.path(run.calls[match.from]!.tool, pathText(match.hit.path), tool, to))
    }
    trace.leaves.forEach(({ leaf, origin, bits }, index) => {
      if (origin !== 'authored' || sourced.has(index) || bits === 0 || values.size >= MAX_VALUES) return
      if (typeof leaf.value === 'string' && leaf.value.length > MAX_VALUE_LENGTH) return
      values.add(keys.value(tool, pathText(leaf.path), leaf.value))
    })
  })
  return { paths, values }
}
