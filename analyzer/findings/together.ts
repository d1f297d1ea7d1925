// Findings that are about some of the same calls cannot be added up: what they save together is worked out once.

import type { Finding } from '../model/report.ts'
import type { SpanId } from '../model/span.ts'
import type { FindingContext } from './rule.ts'

/** Beyond so many findings of a run, the largest are looked at. */
const MAX_FINDINGS = 50

/** The findings with what each saves together with those that share calls with it, directly or through others. */
export function withTogether({ run, schedules }: FindingContext, findings: readonly Finding[]): Finding[] {
  const callOf = new Map(run.calls.map((call, index) => [call.id, index]))
  const saving = findings.flatMap((finding, at) => (finding.savedMs.high > 0 && at < MAX_FINDINGS ? [at] : []))
  const groupOf = new Map<number, number>()
  const byCall = new Map<number, number>()
  const rootOf = (at: number): number => {
    let root = at
    while (groupOf.get(root) !== undefined && groupOf.get(root) !== root) root = groupOf.get(root)!
    return root
  }
  for (const at of saving) {
    groupOf.set(at, at)
    for (const id of findings[at]!.calls) {
      const call = callOf.get(id)
      if (call === undefined) continue
      const other = byCall.get(call)
      if (other === undefined) byCall.set(call, at)
      else groupOf.set(rootOf(at), rootOf(other))
    }
  }
  const groups = new Map<number, number[]>()
  for (const at of saving) groups.set(rootOf(at), [...(groups.get(rootOf(at)) ?? []), at])
  const result = [...findings]
  for (const members of groups.values()) {
    if (members.length < 2) continue
    const savedMs = jointSaving(members)
    for (const at of members) {
      result[at] = { ...findings[at]!, together: { findings: members.filter((other) => other !== at), savedMs } }
    }
  }
  return result

  function turnOf(id: SpanId): number[] {
    const call = callOf.get(id)
    return call === undefined ? [] : [run.calls[call]!.turn]
  }

  function isOfOneTurn({ calls }: Finding): boolean {
    return new Set(calls.flatMap(turnOf)).size === 1
  }

  function jointSaving(members: readonly number[]): Finding['savedMs'] {
    const own = members.map((at) => findings[at]!)
    const movable = new Set(own.flatMap(({ calls }) => calls.flatMap((id) => callOf.get(id) ?? [])))
    const rung = own.some(({ rule }) => rule === 'mechanical-chain') ? 'plan' : 'batch'
    const turns = new Set(own.filter(isOfOneTurn).flatMap(({ calls }) => calls.flatMap((id) => turnOf(id))))
    // A rung is measured against itself without any freedom to move, which lets the calls of one turn run together: what
    // that gives comes on top.
    const of = (bound: 'low' | 'high'): number => {
      const most = schedules.actual.durationMs - schedules.plan[bound].durationMs
      const sum = schedules.whatIf('overlap', bound, turns).savedMs + schedules.whatIf(rung, bound, movable).savedMs
      return Math.max(Math.min(sum, most), ...own.map(({ savedMs }) => savedMs[bound]))
    }
    const low = of('low')
    return { low, high: Math.max(low, of('high')) }
  }
}
