// The rules, in the order in which their findings are reported where savings are equal.

import { matchesWildcard } from '../base/wildcard.ts'
import type { Silence } from '../model/options.ts'
import type { Finding } from '../model/report.ts'
import type { SpanId } from '../model/span.ts'
import { ArgumentIds } from './argument-ids.ts'
import { contentMissing } from './content-missing.ts'
import { duplicateCall } from './duplicate-call.ts'
import { lateStart } from './late-start.ts'
import { mechanicalChain } from './mechanical-chain.ts'
import { nPlusOne } from './n-plus-one.ts'
import { overCapacity } from './over-capacity.ts'
import type { FindingContext, Rule } from './rule.ts'
import { sequentialIsRight } from './sequential-is-right.ts'
import { serializedBatch } from './serialized-batch.ts'
import { serializedTurns } from './serialized-turns.ts'
import { withTogether } from './together.ts'
import { unsafeOverlap } from './unsafe-overlap.ts'

export const RULES: readonly Rule[] = [
  unsafeOverlap,
  serializedBatch,
  serializedTurns,
  nPlusOne,
  mechanicalChain,
  duplicateCall,
  lateStart,
  overCapacity,
  sequentialIsRight,
  contentMissing,
]

/** All findings of a run, the largest sure saving first, without those that were silenced, which are counted. */
export function findingsOf(known: Omit<FindingContext, 'argumentIds'>): {
  readonly findings: Finding[]
  readonly silenced: number
  /** Calls that ran at the same time and should not have. A silence accepts that they did; it does not make them safe. */
  readonly clashing: ReadonlySet<SpanId>
} {
  const { run, inference, schedules, options } = known
  const context: FindingContext = { run, inference, schedules, options, argumentIds: new ArgumentIds(run) }
  const all = RULES.flatMap((rule) => rule.find(context))
  const { silence } = options
  const heard = all.filter((finding) => !silence.some((one) => covers(context, one, finding)))
  heard.sort((a, b) => b.savedMs.low - a.savedMs.low || b.savedMs.high - a.savedMs.high)
  const clashing = new Set(all.flatMap(({ rule, calls }) => (rule === unsafeOverlap.id ? calls : [])))
  return { findings: withTogether(context, heard), silenced: all.length - heard.length, clashing }
}

/** A silence is about a finding if each of its tools fits one of the names. */
function covers({ run }: FindingContext, { rule, tools }: Silence, finding: Finding): boolean {
  if (rule !== undefined && rule !== finding.rule) return false
  const ids = new Set(finding.calls)
  const named = new Set(run.calls.filter((call) => ids.has(call.id)).map((call) => call.tool))
  return [...named].every((tool) => tools.some((pattern) => matchesWildcard(pattern, tool)))
}
