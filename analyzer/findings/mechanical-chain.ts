import type { LeafOrigin } from '../model/dependency.ts'
import type { Finding } from '../model/report.ts'
import type { RungSchedule } from '../schedule/schedule-run.ts'
import { writeProgram } from './fixes/index.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'
import { fieldOf, listOf, toolsOf } from './words.ts'

const MAX_SENTENCES = 8

/**
 * A chain whose values only pass through the model: one program could make all its calls.
 *
 *   turn  ==                 asks for find
 *   find     ===             -> {"id":"u-81"}
 *   turn         ==          copies the id
 *   load            ===      <- {"id":"u-81"}
 */
export const mechanicalChain: Rule = {
  id: 'mechanical-chain',
  find: (context) => {
    const { schedules } = context
    if (!schedules.replay.ok) return []
    // Only what is sure: whether a model copied or chose, nobody but it can say.
    return chainsOf(schedules.plan.low)
      .filter((stages) => worthSaying(schedules.mostSaved('plan', new Set(stages.flat())), context))
      .flatMap((stages) => findingOf(context, stages) ?? [])
  },
}

const chainsOf = (schedule: RungSchedule): (readonly (readonly number[])[])[] =>
  schedule.programs.filter((stages) => stages.length > 1)

function findingOf(context: FindingContext, stages: readonly (readonly number[])[]): Finding | null {
  const { run, schedules, options, inference } = context
  const calls = stages.flat().sort((a, b) => a - b)
  const movable = new Set(calls)
  // What asking for some of them together saves already is not the program's.
  const beyondBatchMs = (savedMs: number, bound: 'low' | 'high'): number =>
    Math.max(0, savedMs - schedules.whatIf('batch', bound, movable).savedMs)
  const low = schedules.whatIf('plan', 'low', movable)
  const lowMs = beyondBatchMs(low.savedMs, 'low')
  const highMs = Math.max(lowMs, beyondBatchMs(schedules.whatIf('plan', 'high', movable).savedMs, 'high'))
  if (!worthSaying(highMs, context)) return null
  const ids = new Set(calls.map((call) => run.calls[call]!.id))
  let confidence = 1
  for (const { kind, from, to, confidence: sure } of inference.dependencies) {
    if (kind === 'data' && ids.has(from) && ids.has(to)) confidence = Math.min(confidence, sure)
  }
  const tools = toolsOf(run, calls)
  const sentences = stages.slice(1).flatMap((stage) =>
    stage.map((call) => {
      const flows = inference.leaves[call]!.filter(({ origin }) => origin === 'result')
      return flows.length > 0
        ? `${run.calls[call]!.tool} got ${listOf(flows.map(flowWords))}.`
        : `${run.calls[call]!.tool} got nothing that had to be worked out.`
    }),
  )
  return {
    rule: 'mechanical-chain',
    severity: lowMs > 0 ? 'warning' : 'info',
    calls: calls.map((call) => run.calls[call]!.id),
    savedMs: { low: lowMs, high: highMs },
    savedTokens: low.tokensRemoved(),
    confidence,
    title: `${tools}: the model only passed values on, so a program could make these calls`,
    evidence: [
      `${stages.length - 1} of the model's turns did nothing but copy values from results into arguments.`,
      ...sentences.slice(0, MAX_SENTENCES),
      ...(sentences.length > MAX_SENTENCES ? [`${sentences.length - MAX_SENTENCES} more calls of the same kind.`] : []),
    ],
    fix: writeProgram(run, inference, stages, options.content),
  }
}

const flowWords = (leaf: LeafOrigin): string => `\`${fieldOf(leaf.path)}\` from ${leaf.where}`
