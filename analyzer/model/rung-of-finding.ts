import type { RuleId, Rung } from './options.ts'
import type { Finding, ReportRun } from './report.ts'

/** The first rung whose schedule has what a rule finds; null for what schedules keep as it was. */
const RUNG_OF_RULE: Readonly<Record<RuleId, Rung | null>> = {
  'serialized-batch': 'overlap',
  'serialized-turns': 'batch',
  'n-plus-one': 'batch',
  'mechanical-chain': 'plan',
  'duplicate-call': null,
  'late-start': null,
  'over-capacity': null,
  'unsafe-overlap': null,
  'sequential-is-right': null,
  'content-missing': null,
}

/** Whether the schedule of some rung has what a rule finds. */
export const isOfSchedules = (rule: RuleId): boolean => RUNG_OF_RULE[rule] !== null

/** The first rung whose schedule has what a finding of this run would change; null for none. */
export function rungOfFinding({ calls }: Pick<ReportRun, 'calls'>, finding: Finding): Rung | null {
  if (finding.rule !== 'n-plus-one') return RUNG_OF_RULE[finding.rule]
  const ids = new Set(finding.calls)
  const turns = new Set<number>()
  for (const { id, turn } of calls) if (ids.has(id)) turns.add(turn)
  // A loop in one turn is freed by whatever runs the calls of that turn.
  return turns.size === 1 ? 'overlap' : 'batch'
}
