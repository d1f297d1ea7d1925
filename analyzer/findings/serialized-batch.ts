import type { Finding } from '../model/report.ts'
import type { PlannedCall } from '../schedule/plan.ts'
import { askTheUser, runTogether } from './fixes/index.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'
import { sampled } from './sampled.ts'
import { listOf, toolsOf } from './words.ts'

/**
 * Calls that one model response requested ran one after another. The surest waterfall there is: the model had seen no
 * result of one when it asked for the other.
 *
 *   turn   ====
 *   a          ===
 *   b             ===    asked for together with a
 */
export const serializedBatch: Rule = {
  id: 'serialized-batch',
  find: (context) => {
    const { run, schedules } = context
    const findings: Finding[] = []
    for (const { turn, calls } of schedules.actual.plan.steps) {
      if (turn === null || !calls.some((planned) => planned.after.length > 0)) continue
      if (!worthSaying(schedules.mostSaved('overlap', new Set([turn])), context)) continue
      const finding = findingOf(context, turn, calls)
      if (finding !== null) findings.push(finding)
    }
    return run.turns.length === 0 ? [] : findings
  },
}

function findingOf(context: FindingContext, turn: number, before: readonly PlannedCall[]): Finding | null {
  const { run, inference, schedules } = context
  const movable = new Set([turn])
  const low = schedules.whatIf('overlap', 'low', movable)
  const high = schedules.whatIf('overlap', 'high', movable)
  const highMs = Math.max(low.savedMs, high.savedMs)
  if (!worthSaying(highMs, context)) return null
  const trusted = low.savedMs > 0
  const chosen = trusted ? low.schedule() : high.schedule()
  const after = chosen.plan.steps.find((step) => step.turn === turn)?.calls ?? []
  const freed = new Set<number>()
  after.forEach((planned, position) => {
    const waitedFor = before[position]!.after
    if (waitedFor.length === 0 || planned.after.length > 0) return
    freed.add(planned.call)
    for (const call of waitedFor) freed.add(call)
  })
  if (freed.size === 0) return null
  const calls = [...freed].sort((a, b) => a - b)
  let confidence = 1
  const asked = sampled(calls)
  // By the later call, as verdicts are kept.
  for (let at = 1; at < asked.length && confidence > 0; at++) {
    for (let before = 0; before < at && confidence > 0; before++)
      confidence = Math.min(confidence, confidenceOf(inference.verdict(asked[before]!, asked[at]!)))
  }
  const stayInOrder = after.filter((planned) => planned.after.length > 0)
  const tools = toolsOf(run, calls)
  const evidence = [
    `Turn ${turn} asked for all of them in one response, so none can have used another's result.`,
    ...(trusted ? [] : ['Not all of them are known to only read: one may change what another reads.']),
    ...stayInOrder.map(
      (planned) =>
        `${run.calls[planned.call]!.tool} stays after ${listOf(planned.after.map((c) => run.calls[c]!.tool))}: they may touch the same thing, and not both only read.`,
    ),
  ]
  return {
    rule: 'serialized-batch',
    severity: trusted ? 'warning' : 'info',
    calls: calls.map((call) => run.calls[call]!.id),
    savedMs: { low: low.savedMs, high: highMs },
    savedTokens: 0,
    confidence,
    title: trusted
      ? `${tools} ran one after another, though one response asked for them together`
      : `${tools} ran one after another; whether they may run together is not known`,
    evidence,
    fix: trusted ? runTogether(run, tools) : askTheUser(tools),
  }
}

function confidenceOf({ verdict, confidence }: { verdict: string; confidence: number }): number {
  return verdict === 'independent' ? confidence : verdict === 'dependent' ? 1 - confidence : 0
}
