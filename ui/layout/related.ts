// What a selected call waits for, directly or through others, and what waits for it.

import type { DependencyKind } from '../../analyzer/model/dependency.ts'
import type { ReportDependency } from '../../analyzer/model/report.ts'

/** solid: a value or a declaration; dashed: order without a value; dotted: someone's word. */
export type LineStyle = 'solid' | 'dashed' | 'dotted'

export interface Edge {
  readonly dependency: ReportDependency
  readonly style: LineStyle
  /** One end is the selected call itself. */
  readonly direct: boolean
}

export interface Related {
  readonly upstream: ReadonlySet<string>
  readonly downstream: ReadonlySet<string>
  /** Direct edges first, at most `cap`. */
  readonly edges: readonly Edge[]
  /** How many edges the cap left out. */
  readonly hidden: number
}

/** Drawing arrows costs raster time, not script: above this many the picture is a tangle anyway. */
export const EDGE_CAP = 60

export function relatedTo(id: string, dependencies: readonly ReportDependency[], cap = EDGE_CAP): Related {
  const upstream = reach(
    id,
    groupBy(dependencies, (d) => d.to),
    (d) => d.from,
  )
  const downstream = reach(
    id,
    groupBy(dependencies, (d) => d.from),
    (d) => d.to,
  )
  const edges: Edge[] = []
  for (const dependency of dependencies) {
    const up = upstream.has(dependency.from) && (dependency.to === id || upstream.has(dependency.to))
    const down = downstream.has(dependency.to) && (dependency.from === id || downstream.has(dependency.from))
    if (!up && !down) continue
    const direct = dependency.from === id || dependency.to === id
    edges.push({ dependency, style: lineStyle(dependency), direct })
  }
  edges.sort((a, b) => Number(b.direct) - Number(a.direct))
  return { upstream, downstream, edges: edges.slice(0, cap), hidden: Math.max(edges.length - cap, 0) }
}

/** The edges among a set of calls, for an open finding. */
export function edgesAmong(
  ids: ReadonlySet<string>,
  dependencies: readonly ReportDependency[],
  cap = EDGE_CAP,
): Edge[] {
  return dependencies
    .filter((d) => ids.has(d.from) && ids.has(d.to))
    .slice(0, cap)
    .map((dependency) => ({ dependency, style: lineStyle(dependency), direct: true }))
}

export function lineStyle(dependency: {
  readonly kind: DependencyKind
  readonly evidence: readonly { readonly origin: string }[]
}): LineStyle {
  if (dependency.evidence.some((e) => e.origin === 'override')) return 'dotted'
  return dependency.kind === 'data' || dependency.kind === 'declared' ? 'solid' : 'dashed'
}

function groupBy(
  dependencies: readonly ReportDependency[],
  key: (d: ReportDependency) => string,
): Map<string, ReportDependency[]> {
  const groups = new Map<string, ReportDependency[]>()
  for (const dependency of dependencies) {
    const list = groups.get(key(dependency))
    if (list === undefined) groups.set(key(dependency), [dependency])
    else list.push(dependency)
  }
  return groups
}

function reach(
  id: string,
  next: ReadonlyMap<string, readonly ReportDependency[]>,
  other: (d: ReportDependency) => string,
): Set<string> {
  const seen = new Set<string>()
  const queue = [id]
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const dependency of next.get(at) ?? []) {
      const there = other(dependency)
      if (there === id || seen.has(there)) continue
      seen.add(there)
      queue.push(there)
    }
  }
  return seen
}
