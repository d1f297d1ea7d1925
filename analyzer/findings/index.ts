// The rules, in the order in which their findings are reported where savings are equal.

import type { Finding } from '../model/report.ts'
import { contentMissing } from './content-missing.ts'
import type { FindingContext, Rule } from './rule.ts'
import { sequentialIsRight } from './sequential-is-right.ts'
import { serializedBatch } from './serialized-batch.ts'
import { serializedTurns } from './serialized-turns.ts'

export type { FindingContext } from './rule.ts'

export const RULES: readonly Rule[] = [serializedBatch, serializedTurns, sequentialIsRight, contentMissing]

/** All findings of a run, the largest sure saving first. */
export function findingsOf(context: FindingContext): Finding[] {
  const findings = RULES.flatMap((rule) => [...rule.find(context)])
  return findings.sort((a, b) => b.savedMs.low - a.savedMs.low || b.savedMs.high - a.savedMs.high)
}
