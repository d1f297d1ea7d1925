import type { RunEvidence } from '../dependencies/evidence.ts'
import { LearntKeys, pairKey } from '../dependencies/learnt-keys.ts'
import type { LeafTrace } from '../dependencies/look.ts'
import { matchProbability } from '../dependencies/match-weights.ts'
import { pathText } from '../dependencies/path-node.ts'
import { isQuoting } from '../dependencies/provenance.ts'
import { REPORTED_FROM } from '../dependencies/weights.ts'
import type { PairSeen, RunLessons } from '../model/learnt.ts'
import { NO_TURN, type Run } from '../model/run.ts'

/** A run with more tools, or more ways of values, teaches the first so many. */
const MAX_TOOLS = 100
const MAX_PATHS = 300
const MAX_VALUES = 200
/** Longer texts are not habits. */
export const MAX_VALUE_LENGTH = 64
/** A hazard below this is a guess about which things two calls touch, and no evidence. See `STATE`. */
const SURE_HAZARD = 0.8

/** What one run teaches, going by what was found in it alone: what other runs taught about it is not taught on. */
export function lessonsOf(run: Run, evidence: RunEvidence): RunLessons {
  const byTool = callsByTool(run)
  const tools = [...byTool.keys()]
  return {
    traceId: run.traceId,
    runId: run.runId,
    name: run.name,
    framework: run.framework,
    startTimeUnixNano: run.startTimeUnixNano,
    tools,
    explained: tools.filter((tool) => byTool.get(tool)!.some((call) => isExplained(run, evidence, call))),
    pairs: pairsOf(run, evidence, byTool),
    ...valuesOf(run, evidence),
  }
}

/** The calls of each tool, of the first MAX_TOOLS. */
function callsByTool({ calls }: Run): Map<string, number[]> {
  const byTool = new Map<string, number[]>()
  for (let call = 0; call < calls.length; call++) {
    const { tool } = calls[call]!
    const known = byTool.get(tool)
    if (known !== undefined) known.push(call)
    else if (byTool.size < MAX_TOOLS) byTool.set(tool, [call])
  }
  return byTool
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

function pairsOf(
  run: Run,
  evidence: RunEvidence,
  callsOf: ReadonlyMap<string, readonly number[]>,
): Map<string, PairSeen> {
  const tools = [...callsOf].map(([tool, calls]) => [tool, toolCalls(run, calls)] as const)
  const needs = needsOf(run, evidence)
  const pairs = new Map<string, PairSeen>()
  for (const [earlier, first] of tools) {
    const needing = reachableFrom(earlier, needs)
    for (const [later, second] of tools) {
      if (earlier === later) continue
      const seen = needing.has(later) ? 'needed' : orderOf(run, evidence, first, second)
      if (seen !== null) pairs.set(pairKey(earlier, later), seen)
    }
  }
  return pairs
}

function toolCalls(run: Run, calls: readonly number[]): ToolCalls {
  let firstTurn = Number.POSITIVE_INFINITY
  let firstEndMs = Number.POSITIVE_INFINITY
  let failed = false
  for (const call of calls) {
    const { turn, endMs, status } = run.calls[call]!
    firstTurn = Math.min(firstTurn, turn)
    firstEndMs = Math.min(firstEndMs, endMs)
    failed ||= status === 'error'
  }
  return { calls, firstTurn, firstEndMs, failed }
}

/** Per tool, the tools of which a call was found to need one of its calls. */
function needsOf(run: Run, { edges }: RunEvidence): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>()
  for (const { from, to, kind, confidence } of edges) {
    if (confidence < (kind === 'state' ? SURE_HAZARD : REPORTED_FROM)) continue
    const { tool } = run.calls[from]!
    const known = needs.get(tool)
    if (known === undefined) needs.set(tool, new Set([run.calls[to]!.tool]))
    else known.add(run.calls[to]!.tool)
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

const NO_LEAVES: readonly LeafTrace[] = []

/** How values went from results to arguments, and which the model wrote with nothing to take them from. */
function valuesOf(run: Run, { provenance }: RunEvidence): Pick<RunLessons, 'paths' | 'values'> {
  const paths = new Set<string>()
  const values = new Set<string>()
  const keys = new LearntKeys()
  for (let j = 0; j < run.calls.length; j++) {
    const { tool } = run.calls[j]!
    for (const { leaf, origin, bits, matches } of provenance.calls[j]?.leaves ?? NO_LEAVES) {
      let sourced = false
      for (const match of matches) {
        if (matchProbability(match) < REPORTED_FROM) continue
        sourced = true
        if (match.rival !== 'none' || match.kind === 'quoted' || paths.size >= MAX_PATHS) continue
        paths.add(keys.path(run.calls[match.from]!.tool, pathText(match.hit.path), tool, pathText(leaf.path)))
      }
      if (origin !== 'authored' || sourced || bits === 0 || values.size >= MAX_VALUES) continue
      if (typeof leaf.value === 'string' && leaf.value.length > MAX_VALUE_LENGTH) continue
      values.add(keys.value(tool, pathText(leaf.path), leaf.value))
    }
  }
  return { paths, values }
}
