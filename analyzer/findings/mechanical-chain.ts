import type { LeafOrigin } from '../model/dependency.ts'
import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { SpanId } from '../model/span.ts'
import type { RungSchedule } from '../schedule/schedule-run.ts'
import { inLoop, writeProgram } from './fixes/index.ts'
import { findingsOfPlaces, inRunOrder, type Place, type Saving, savedIn } from './repeats.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'
import { argumentOf, evidenceOfAll, inStretches, listOf, toolsOfEach } from './words.ts'

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
    const { run, schedules } = context
    if (!schedules.replay.ok) return []
    // Only what is sure: whether a model copied or chose, nobody but it can say.
    const places = chainsOf(schedules.plan.low).map((stages): Chain => {
      const calls = stages.flat().sort((a, b) => a - b)
      return { stages, calls, kind: kindOf(run, stages), mostMs: schedules.mostSaved('plan', new Set(calls)) }
    })
    return findingsOfPlaces(context, places, (chains) => findingOf(context, chains))
  },
}

interface Chain extends Place {
  readonly stages: readonly (readonly number[])[]
}

/** The tools of each stage, not how often. */
const kindOf = ({ calls }: Run, stages: Chain['stages']): string =>
  JSON.stringify(stages.map((stage) => [...new Set(stage.map((call) => calls[call]!.tool))].sort()))

const chainsOf = (schedule: RungSchedule): (readonly (readonly number[])[])[] =>
  schedule.programs.filter((stages) => stages.length > 1)

/** @param chains one, or several of the same tools. */
function findingOf(context: FindingContext, chains: readonly Chain[]): Finding | null {
  const { run, options, inference } = context
  const saved = savedIn(context, chains, 'plan', 'lowMs', (together) => savingOf(context, together))
  const { lowMs, highMs } = saved
  const [first] = saved.places
  if (first === undefined || !worthSaying(highMs, context)) return null
  const chainOf = new Map<SpanId, Chain>()
  for (const chain of saved.places) for (const call of chain.calls) chainOf.set(run.calls[call]!.id, chain)
  let confidence = 1
  for (const { kind, from, to, confidence: sure } of inference.dependencies) {
    const chain = kind === 'data' ? chainOf.get(from) : undefined
    if (chain !== undefined && chain === chainOf.get(to)) confidence = Math.min(confidence, sure)
  }
  const groups = saved.places.map(({ calls }) => calls)
  const { stages } = first
  const tools = toolsOfEach(run, groups)
  const asked = new Set(first.calls.map((call) => run.calls[call]!.turn)).size
  const copied = new Set(stages.slice(1).flatMap((stage) => stage.map((call) => run.calls[call]!.turn))).size
  const sentences = stages.slice(1).flatMap((stage) => flowSentences(context, stage))
  const evidence = [
    `${copied} of the model's ${run.turns.length} turns did nothing but copy values from results into arguments.`,
    ...(asked > stages.length
      ? [
          `Asked for together where they can be, these calls take ${stages.length} turns and not ${asked}: the figures are what a program saves on top of that.`,
        ]
      : []),
    ...sentences.slice(0, MAX_SENTENCES),
    ...(sentences.length > MAX_SENTENCES ? [`${sentences.length - MAX_SENTENCES} more of the same kind.`] : []),
  ]
  return {
    rule: 'mechanical-chain',
    severity: lowMs > 0 ? 'warning' : 'info',
    calls: inRunOrder(groups).map((call) => run.calls[call]!.id),
    savedMs: { low: lowMs, high: highMs },
    savedTokens: saved.tokens,
    confidence,
    title: `${tools}: the model only passed values on, so a program could make these calls${inStretches(groups.length)}`,
    evidence: evidenceOfAll(run, groups, evidence),
    fix: inLoop(writeProgram(run, inference, { stages, asked }, options.content), groups.length),
  }
}

function savingOf({ schedules }: FindingContext, chains: readonly Chain[]): Saving {
  const movable = new Set(chains.flatMap(({ calls }) => calls))
  // What asking for some of them together saves already is not the program's.
  const saved = (rung: 'plan' | 'batch', bound: 'low' | 'high') => schedules.whatIf(rung, bound, movable)
  const [low, batch] = [saved('plan', 'low'), saved('batch', 'low')]
  const lowMs = Math.max(0, low.savedMs - batch.savedMs)
  const highMs = () => Math.max(lowMs, saved('plan', 'high').savedMs - saved('batch', 'high').savedMs)
  return { lowMs, highMs, tokens: () => Math.max(0, low.tokensRemoved() - batch.tokensRemoved()) }
}

/** What the calls of a stage got from where; those that got the same from other places of one list are told in one. */
function flowSentences({ run, inference }: FindingContext, stage: readonly number[]): string[] {
  const alike = new Map<string, { readonly tool: string; readonly words: string[] }>()
  for (const call of stage) {
    const { tool } = run.calls[call]!
    const flows = inference.leaves[call]!.filter(({ origin }) => origin === 'result')
    const words = flows.length > 0 ? listOf(flows.map(flowWords)) : 'nothing that had to be worked out'
    const key = JSON.stringify([tool, inList(words)])
    const known = alike.get(key)
    if (known === undefined) alike.set(key, { tool, words: [words] })
    else known.words.push(words)
  }
  return [...alike.values()].map(({ tool, words }) =>
    words.length === 1 ? `${tool} got ${words[0]}.` : `${tool} (x${words.length}) got ${inList(words[0]!)}.`,
  )
}

/** `$.rooms[3].id` -> `$.rooms[*].id` */
const inList = (words: string): string => words.replace(/\[\d+\]/g, '[*]')

const flowWords = (leaf: LeafOrigin): string => `${argumentOf(leaf.path)} from ${leaf.where}`
