import type { Finding, ReportRun } from '../../analyzer/model/report.ts'
import type { Related } from './related.ts'

/**
 * The rows that stay lit: the selected one with its turn, what it waits for and what waits for it; else the open finding's calls
 * and the turns that asked for them. Null where nothing is picked out and every row is as bright as any other.
 */
export function litRows(
  run: ReportRun,
  selected: string | null,
  related: Related | null,
  finding: Finding | null,
): ReadonlySet<string> | null {
  if (selected !== null && related !== null) {
    const turn = run.turns.find((t) => (t.id as string) === selected)
    const asker = run.turns.find((t) => t.calls.some((id) => (id as string) === selected))
    const around = [...(turn?.calls ?? []), ...(asker === undefined ? [] : [asker.id])]
    return new Set([selected, ...related.upstream, ...related.downstream, ...around])
  }
  if (finding === null || finding.calls.length === 0) return null
  const calls = new Set<string>(finding.calls)
  for (const turn of run.turns) if (turn.calls.some((id) => calls.has(id))) calls.add(turn.id)
  return calls
}
