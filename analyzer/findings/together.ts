// Findings that are about some of the same calls cannot be added up: what they save together is worked out once.

import { int32s } from '../base/typed-lists.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Finding } from '../model/report.ts'
import { isOfSchedules } from '../model/rung-of-finding.ts'
import type { SpanId } from '../model/span.ts'
import type { FindingContext } from './rule.ts'

/** Beyond so many findings of a run, the largest are looked at. */
const MAX_FINDINGS = 50

/** Of a call that no finding is about. */
const NO_FINDING = -1

/**
 * The findings with what each saves together with those that share calls with it, directly or through others. Only of those
 * that a schedule has: none shows what a repeated call or a late start saves beside them.
 */
export function withTogether({ run, schedules }: FindingContext, findings: readonly Finding[]): Finding[] {
  const saving = findings.flatMap(({ rule, savedMs }, at) =>
    isOfSchedules(rule) && savedMs.high > 0 && at < MAX_FINDINGS ? [at] : [],
  )
  if (saving.length < 2) return [...findings]
  const callOf = new Map<SpanId, number>()
  for (let call = 0; call < run.calls.length; call++) callOf.set(run.calls[call]!.id, call)
  /** Per finding, one that it is in a group with; itself for the one that stands for the group. */
  const next = int32s(findings, (_, at) => at)
  const rootOf = (at: number): number => {
    let root = at
    while (next[root] !== root) root = next[root]!
    return root
  }
  /** Per call: the first finding that is about it. */
  const findingOf = int32Zeros(run.calls.length).fill(NO_FINDING)
  for (const at of saving) {
    for (const call of callsOf(findings[at]!)) {
      const other = findingOf[call]!
      if (other === NO_FINDING) findingOf[call] = at
      else next[rootOf(at)] = rootOf(other)
    }
  }
  const groups = new Map<number, number[]>()
  for (const at of saving) {
    const members = groups.get(rootOf(at))
    if (members === undefined) groups.set(rootOf(at), [at])
    else members.push(at)
  }
  const result = [...findings]
  for (const members of groups.values()) {
    if (members.length < 2) continue
    const savedMs = jointSaving(members)
    for (const at of members) {
      result[at] = { ...findings[at]!, together: { findings: members.filter((other) => other !== at), savedMs } }
    }
  }
  return result

  function callsOf({ calls }: Finding): number[] {
    const found: number[] = []
    for (const id of calls) {
      const call = callOf.get(id)
      if (call !== undefined) found.push(call)
    }
    return found
  }

  function jointSaving(members: readonly number[]): Finding['savedMs'] {
    const own = members.map((at) => findings[at]!)
    const movable = new Set<number>()
    const turns = new Set<number>()
    for (const finding of own) {
      const calls = callsOf(finding)
      for (const call of calls) movable.add(call)
      const first = calls.length === 0 ? undefined : run.calls[calls[0]!]!.turn
      if (first !== undefined && calls.every((call) => run.calls[call]!.turn === first)) turns.add(first)
    }
    const rung = own.some(({ rule }) => rule === 'mechanical-chain') ? 'plan' : 'batch'
    // A rung is measured against itself without any freedom to move, which lets the calls of one turn run together: what
    // that gives comes on top.
    const of = (bound: 'low' | 'high'): number => {
      const most = schedules.actual.durationMs - schedules.plan[bound].durationMs
      const withinTurnsMs = schedules.whatIf('overlap', bound, turns).savedMs
      const betweenTurnsMs = withinTurnsMs >= most ? 0 : schedules.whatIf(rung, bound, movable).savedMs
      return Math.max(Math.min(withinTurnsMs + betweenTurnsMs, most), ...own.map(({ savedMs }) => savedMs[bound]))
    }
    const low = of('low')
    return { low, high: Math.max(low, of('high')) }
  }
}
