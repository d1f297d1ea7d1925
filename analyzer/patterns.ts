import { roundMs } from './base/time.ts'
import type { Finding, Pattern, ReportRun, RuleId } from './model/report.ts'
import type { SpanId } from './model/span.ts'

const MAX_EXAMPLES = 5

/**
 * The same finding over many runs: findings with a saving, grouped by rule and set of tools. Largest total first.
 * Percentiles are nearest-rank over the runs that have the finding.
 */
export function patternsOf(runs: readonly ReportRun[]): Pattern[] {
  const groups = new Map<string, { rule: RuleId; tools: string[]; byRun: Map<ReportRun, number> }>()
  for (const run of runs) {
    const toolOf = new Map<SpanId, string>()
    for (const { id, tool } of run.calls) toolOf.set(id, tool)
    for (const finding of run.findings) {
      if (finding.savedMs.low <= 0) continue
      const tools = toolsOf(finding, toolOf)
      const key = JSON.stringify([finding.rule, ...tools])
      const group = groups.get(key) ?? { rule: finding.rule, tools, byRun: new Map<ReportRun, number>() }
      group.byRun.set(run, (group.byRun.get(run) ?? 0) + finding.savedMs.low)
      groups.set(key, group)
    }
  }
  const patterns = [...groups.values()].map(({ rule, tools, byRun }): Pattern => {
    const costs = [...byRun.values()].sort((a, b) => a - b)
    const at = (share: number): number => costs[Math.max(0, Math.ceil(share * costs.length) - 1)] ?? 0
    const worst = [...byRun].sort((a, b) => b[1] - a[1]).slice(0, MAX_EXAMPLES)
    return {
      rule,
      tools,
      runs: byRun.size,
      share: byRun.size / runs.length,
      p50Ms: roundMs(at(0.5)),
      p95Ms: roundMs(at(0.95)),
      totalMs: roundMs(costs.reduce((sum, ms) => sum + ms, 0)),
      exampleRunIds: worst.map(([run]) => run.runId),
    }
  })
  return patterns.sort((a, b) => b.totalMs - a.totalMs || (a.tools.join() < b.tools.join() ? -1 : 1))
}

function toolsOf(finding: Finding, toolOf: ReadonlyMap<SpanId, string>): string[] {
  const tools = new Set<string>()
  for (const id of finding.calls) {
    const tool = toolOf.get(id)
    if (tool !== undefined) tools.add(tool)
  }
  return [...tools].sort()
}
