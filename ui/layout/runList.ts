// The order of the runs list: filtered, sorted, nested runs under their parents, and stable under the pointer.

import type { RunSummary } from '../../analyzer/model/api.ts'

export type SortKey = 'name' | 'framework' | 'when' | 'actual' | 'achievable' | 'saving' | 'findings' | 'calls'

export interface Sort {
  readonly key: SortKey
  readonly descending: boolean
}

export interface RunLine {
  readonly run: RunSummary
  /** How many of its ancestors are in the list right above it. */
  readonly depth: number
}

const compare: Readonly<Record<SortKey, (a: RunSummary, b: RunSummary) => number>> = {
  name: (a, b) => a.name.localeCompare(b.name),
  framework: (a, b) => a.framework.localeCompare(b.framework),
  when: (a, b) => (a.startTime < b.startTime ? -1 : a.startTime > b.startTime ? 1 : 0),
  actual: (a, b) => a.durationMs - b.durationMs,
  achievable: (a, b) => a.achievableMs - b.achievableMs,
  saving: (a, b) => a.serializedMs - b.serializedMs,
  findings: (a, b) => a.findings - b.findings,
  calls: (a, b) => a.calls - b.calls,
}

/** Every word of `query` must be in the run's name, framework or ids. */
export function filterRuns(runs: readonly RunSummary[], query: string): RunSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...runs]
  return runs.filter((run) => {
    const text = `${run.name} ${run.framework} ${run.runId} ${run.traceId}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Outer runs by `sort`; the runs inside them right below, oldest first. A run whose parent is not here stands alone. */
export function orderRuns(runs: readonly RunSummary[], sort: Sort): RunLine[] {
  const here = new Set(runs.map((run) => keyOf(run)))
  const inside = new Map<string, RunSummary[]>()
  const outer: RunSummary[] = []
  for (const run of runs) {
    const parent = run.parentRunId === null ? null : `${run.traceId}/${run.parentRunId}`
    if (parent === null || parent === keyOf(run) || !here.has(parent)) outer.push(run)
    else inside.set(parent, [...(inside.get(parent) ?? []), run])
  }
  const sign = sort.descending ? -1 : 1
  outer.sort((a, b) => sign * compare[sort.key](a, b) || -compare.when(a, b) || (keyOf(a) < keyOf(b) ? -1 : 1))

  const lines: RunLine[] = []
  const seen = new Set<string>()
  const stack: RunLine[] = outer.map((run) => ({ run, depth: 0 })).reverse()
  for (let line = stack.pop(); line !== undefined; line = stack.pop()) {
    if (seen.has(keyOf(line.run))) continue
    seen.add(keyOf(line.run))
    lines.push(line)
    const nested = [...(inside.get(keyOf(line.run)) ?? [])].sort(compare.when)
    for (const run of nested.reverse()) stack.push({ run, depth: line.depth + 1 })
  }
  // Parents that name each other in a ring have no outermost run: they are listed rather than lost.
  for (const run of runs) if (!seen.has(keyOf(run))) lines.push({ run, depth: 0 })
  return lines
}

/**
 * The order to show while the pointer rests on the list: runs already shown keep their places, new ones wait.
 * Returns how many wait, so that the page can say so.
 */
export function holdOrder(shown: readonly string[], lines: readonly RunLine[]): { lines: RunLine[]; waiting: number } {
  const byKey = new Map(lines.map((line) => [keyOf(line.run), line]))
  const kept = shown.flatMap((key) => byKey.get(key) ?? [])
  return { lines: kept, waiting: lines.length - kept.length }
}

export function keyOf(run: { readonly traceId: string; readonly runId: string }): string {
  return `${run.traceId}/${run.runId}`
}
