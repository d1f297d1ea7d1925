import type { Finding } from '../model/report.ts'
import type { RungSchedule } from '../schedule/schedule-run.ts'
import { askTheUser, askTogether } from './fixes/index.ts'
import { historySentences } from './history-sentences.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'
import { sampled } from './sampled.ts'
import { fieldOf, listOf, originSentence, toolsOf } from './words.ts'

/** Arguments named per call; more would bury the point. */
const MAX_ORIGINS = 3
/** Pairs written out; the rest is in the report's verdicts. */
const MAX_SENTENCES = 8

/**
 * Independent calls were spread over turns: a false linear chain. One finding per turn that would take calls over.
 *
 *   turn 0  ==          asks for a
 *   a         ===
 *   turn 1       ==     asks for b, which needs nothing of a: this turn could go
 *   b              ===
 */
export const serializedTurns: Rule = {
  id: 'serialized-turns',
  find: (context) => {
    const { schedules } = context
    const low = groupsOf(context, schedules.batch.low)
    const known = new Set(low.flat())
    // What only the best case would merge is said too, as a question and not as a saving.
    const high = groupsOf(context, schedules.batch.high).filter((calls) => !calls.every((call) => known.has(call)))
    const find = (calls: readonly number[], trusted: boolean): Finding | [] => {
      const movable = new Set(calls)
      if (!worthSaying(schedules.mostSaved('batch', movable), context)) return []
      return findingOf(context, calls, movable, trusted) ?? []
    }
    return [...low.flatMap((calls) => find(calls, true)), ...high.flatMap((calls) => find(calls, false))]
  },
}

/** Calls of steps that hold calls of several turns. */
function groupsOf({ run }: FindingContext, schedule: RungSchedule): number[][] {
  const groups: number[][] = []
  for (const { calls } of schedule.plan.steps) {
    if (calls.length < 2) continue
    const { turn } = run.calls[calls[0]!.call]!
    if (calls.some(({ call }) => run.calls[call]!.turn !== turn)) groups.push(calls.map(({ call }) => call))
  }
  return groups
}

function findingOf(
  context: FindingContext,
  calls: readonly number[],
  movable: ReadonlySet<number>,
  trusted: boolean,
): Finding | null {
  const { run, schedules } = context
  const low = trusted ? schedules.whatIf('batch', 'low', movable) : undefined
  const lowMs = low?.savedMs ?? 0
  const highMs = Math.max(lowMs, schedules.whatIf('batch', 'high', movable).savedMs)
  const severity = trusted && lowMs > 0 ? 'warning' : 'info'
  if (!worthSaying(highMs, context) || (severity === 'info' && highMs <= 0)) return null
  const tools = toolsOf(run, calls)
  const turns = [...new Set(calls.map((call) => run.calls[call]!.turn))]
  return {
    rule: 'serialized-turns',
    severity,
    calls: calls.map((call) => run.calls[call]!.id),
    savedMs: { low: lowMs, high: highMs },
    savedTokens: low?.tokensRemoved() ?? 0,
    confidence: confidenceIn(context, calls),
    title: trusted
      ? `${tools} need nothing of each other, but were asked for over ${turns.length} turns`
      : `${tools} may not need each other, but nothing proves it`,
    evidence: trusted ? independenceSentences(context, calls) : doubtSentences(context, calls),
    fix: trusted ? askTogether(run, tools) : askTheUser(tools),
  }
}

/** How sure it is of the pair that it is least sure of that they are independent. */
function confidenceIn({ run, inference }: FindingContext, calls: readonly number[]): number {
  const asked = sampled(calls)
  let confidence = 1
  for (let at = 1; at < asked.length && confidence > 0; at++) {
    const later = asked[at]!
    for (let before = 0; before < at && confidence > 0; before++) {
      const earlier = asked[before]!
      if (run.calls[earlier]!.turn === run.calls[later]!.turn) continue
      const { verdict, confidence: sure } = inference.verdict(earlier, later)
      confidence = Math.min(confidence, verdict === 'independent' ? sure : 0)
    }
  }
  return confidence
}

/** For each call after the first turn's: where its arguments came from, and that no earlier result is among them. */
function independenceSentences(context: FindingContext, calls: readonly number[]): string[] {
  const { run, inference, options } = context
  const sentences: string[] = []
  for (const call of calls) {
    if (sentences.length >= MAX_SENTENCES) break
    const { tool, turn } = run.calls[call]!
    /** Tools that were called in earlier turns. */
    const before = new Set<string>()
    for (const other of calls) if (run.calls[other]!.turn < turn) before.add(run.calls[other]!.tool)
    if (before.size === 0) continue
    const origins = inference.leaves[call]!.slice(0, MAX_ORIGINS).map((leaf) => originSentence(leaf, options.content))
    const where = origins.length > 0 ? `${tool}: ${listOf(origins)}; ` : `${tool} takes no arguments; `
    sentences.push(`${where}no value that ${listOf([...before])} returned was found in its arguments.`)
  }
  return [...sentences, ...historySentences(context, calls)]
}

/** What stands in the way of calling these independent. */
function doubtSentences({ run, inference, options }: FindingContext, calls: readonly number[]): string[] {
  const sentences: string[] = []
  const asked = sampled(calls)
  for (const [at, i] of asked.entries()) {
    for (let next = at + 1; next < asked.length; next++) {
      if (sentences.length >= MAX_SENTENCES) return sentences
      const j = asked[next]!
      if (run.calls[i]!.turn === run.calls[j]!.turn) continue
      const { verdict, confidence } = inference.verdict(i, j)
      if (verdict === 'independent' && confidence >= options.threshold) continue
      const [first, second] = [run.calls[i]!, run.calls[j]!]
      const missing = second.arguments === undefined || first.result === undefined
      const authored = inference.leaves[j]!.filter((leaf) => leaf.origin === 'authored')
      const why = missing
        ? 'arguments or results were not captured'
        : authored.length > 0
          ? `the model wrote ${listOf(authored.slice(0, MAX_ORIGINS).map((leaf) => `\`${fieldOf(leaf.path)}\``))} after it had seen that result`
          : `they may touch the same thing (${inference.effects[i]!.effect.kind} and ${inference.effects[j]!.effect.kind})`
      sentences.push(`${second.tool} after ${first.tool}: not proven independent, because ${why}.`)
    }
  }
  return sentences
}
