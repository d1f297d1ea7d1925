import type { ReportRun } from '../../analyzer/model/report.ts'
import { type ParentOf, parentLookup } from './parent-run.ts'

/** Which runs to look at; undefined for no limit. At most one of the two is set. */
export interface Selection {
  /** The latest n runs. Runs inside them come along and are not counted. */
  readonly last?: number | undefined
  /** Runs that started at or after this time, milliseconds since 1970. */
  readonly sinceUnixMs?: number | undefined
}

/** The runs that a selection leaves, in the order given. A nested run goes with the outermost run around it that is present. */
export function selectRuns(runs: readonly ReportRun[], selection: Selection): ReportRun[] {
  const { last, sinceUnixMs } = selection
  if (last === undefined && sinceUnixMs === undefined) return [...runs]
  const parentOf = parentLookup(runs)
  const outer = runs.filter((run) => outermost(run, parentOf) === run)
  const kept =
    last === undefined
      ? outer.filter((run) => Date.parse(run.startTime) >= (sinceUnixMs ?? 0))
      : outer.sort((a, b) => compareText(b.startTime, a.startTime)).slice(0, last)
  const keep = new Set(kept)
  return runs.filter((run) => keep.has(outermost(run, parentOf)))
}

/** Climbs to the outermost run; a circle of parents ends where it closes. */
function outermost(run: ReportRun, parentOf: ParentOf): ReportRun {
  const seen = new Set<ReportRun>()
  let current = run
  for (let parent = parentOf(run); parent && !seen.has(current); parent = parentOf(current)) {
    seen.add(current)
    current = parent
  }
  return current
}

/** ISO times with nine digits of fraction sort as text, to the nanosecond. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
