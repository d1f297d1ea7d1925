import { mapped } from '../base/mapped.ts'
import type { Inference } from '../model/dependency.ts'
import { PAIR_WORDS } from '../model/pair-reason.ts'
import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { RungSchedule } from '../schedule/schedule-run.ts'
import { askTheUser, askTogether, inLoop } from './fixes/index.ts'
import { historySentences } from './history-sentences.ts'
import { findingsOfPlaces, inRunOrder, type Place, savedIn } from './repeats.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'
import { leastConfidence, sampledOfTurns } from './sampled.ts'
import {
  argumentOf,
  evidenceOfAll,
  inStretches,
  listOf,
  namesOf,
  originSentence,
  rangeOf,
  toolsOfEach,
} from './words.ts'

/** Arguments named per call; more would bury the point. */
const MAX_ORIGINS = 3
/** Calls written out; the rest is in the report's verdicts. */
const MAX_SENTENCES = 8
/** Pairs named with one reason. */
const MAX_PAIRS = 4

/**
 * Independent calls were spread over turns: a false linear chain. One finding per turn that would take calls over, and one
 * for all of a kind that are only worth saying together.
 *
 *   turn 0  ==          asks for a
 *   a         ===
 *   turn 1       ==     asks for b, which needs nothing of a: this turn could go
 *   b              ===
 */
export const serializedTurns: Rule = {
  id: 'serialized-turns',
  find: (context) => {
    const { run, schedules } = context
    const kindOf = kindsIn(run)
    const low = groupsOf(context, schedules.batch.low)
    const known = new Set(low.flat())
    // What only the best case would merge is said too, as a question and not as a saving.
    const high = groupsOf(context, schedules.batch.high).filter((calls) => !calls.every((call) => known.has(call)))
    const placeOf = (calls: readonly number[], kind: string): Place => ({
      calls,
      kind,
      mostMs: schedules.mostSaved('batch', new Set(calls)),
    })
    return [
      ...findingsOfPlaces(
        context,
        low.map((calls) => placeOf(calls, kindOf(calls))),
        (places) => findingOf(context, places, true),
      ),
      // Each for itself: many small questions are no better answered than one.
      ...findingsOfPlaces(
        context,
        high.map((calls, at) => placeOf(calls, `${at}`)),
        (places) => findingOf(context, places, false),
      ),
    ]
  },
}

/** Calls of steps that hold calls of several turns. */
function groupsOf({ run }: FindingContext, schedule: RungSchedule): number[][] {
  const groups: number[][] = []
  for (const { calls } of schedule.plan.steps) {
    if (calls.length < 2) continue
    const { turn } = run.calls[calls[0]!.call]!
    if (calls.some(({ call }) => run.calls[call]!.turn !== turn)) groups.push(mapped(calls, ({ call }) => call))
  }
  return groups
}

/**
 * Tells groups by the tools that the first turn asked for and those that later ones did: not how often, nor how much later.
 */
function kindsIn({ calls }: Run): (group: readonly number[]) => string {
  const known = new Map<string, number>()
  return (group) => {
    const first = calls[group[0]!]!.turn
    const found: number[] = []
    for (const call of group) {
      const { tool, turn } = calls[call]!
      let id = known.get(tool)
      if (id === undefined) {
        id = 2 * known.size
        known.set(tool, id)
      }
      const kind = turn === first ? id : id + 1
      if (!found.includes(kind)) insert(found, kind)
    }
    return found.join()
  }
}

/** Puts a number into an ascending list of a few. */
function insert(list: number[], number: number): void {
  let at = list.length
  for (; at > 0 && list[at - 1]! > number; at--) list[at] = list[at - 1]!
  list[at] = number
}

/** How many turns asked for these calls. */
function turnsCount({ calls }: Run, group: readonly number[]): number {
  const turns: number[] = []
  for (const call of group) if (!turns.includes(calls[call]!.turn)) turns.push(calls[call]!.turn)
  return turns.length
}

/** @param places one, or several of a kind that are trusted. */
function findingOf(context: FindingContext, places: readonly Place[], trusted: boolean): Finding | null {
  const { run, schedules, options } = context
  const saved = savedIn(context, places, 'batch', 'highMs', (together) => {
    const movable = new Set<number>()
    for (const { calls } of together) for (const call of calls) movable.add(call)
    if (!trusted) return { lowMs: 0, highMs: () => schedules.whatIf('batch', 'high', movable).savedMs, tokens: () => 0 }
    const { savedMs, tokensRemoved } = schedules.whatIf('batch', 'low', movable)
    const highMs = () => Math.max(savedMs, schedules.whatIf('batch', 'high', movable).savedMs)
    return { lowMs: savedMs, highMs, tokens: tokensRemoved }
  })
  const { lowMs, highMs } = saved
  if (highMs <= 0 || !worthSaying(highMs, context)) return null
  const groups = saved.places.map(({ calls }) => calls)
  const sentences = trusted ? independenceSentences(context, groups[0]!) : doubtSentences(context, groups[0]!)
  // The doubt is about calls that these need: whether these need each other is no question then.
  if (!trusted && sentences.length === 0) return null
  const tools = toolsOfEach(run, groups)
  const turns = groups.map((calls) => turnsCount(run, calls))
  return {
    rule: 'serialized-turns',
    severity: lowMs > 0 ? 'warning' : 'info',
    calls: inRunOrder(groups).map((call) => run.calls[call]!.id),
    savedMs: { low: lowMs, high: highMs },
    savedTokens: saved.tokens,
    confidence: leastConfidence(groups, (calls) => confidenceIn(context, calls), options.threshold),
    title: trusted
      ? `${tools} need nothing of each other, but were asked for over ${rangeOf(turns)} turns${inStretches(groups.length)}`
      : `${tools} may not need each other, but nothing proves it`,
    evidence: evidenceOfAll(run, groups, sentences),
    fix: inLoop(trusted ? askTogether(run, tools) : askTheUser(tools), groups.length),
  }
}

/** How sure it is of the pair that it is least sure of that they are independent. */
function confidenceIn({ run, inference }: FindingContext, calls: readonly number[]): number {
  const asked = sampledOfTurns(run, calls)
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

/** What stands in the way of calling these independent: pairs with one reason in one sentence. */
function doubtSentences({ run, inference, options }: FindingContext, calls: readonly number[]): string[] {
  const pairs = new Map<string, string[]>()
  const asked = sampledOfTurns(run, calls)
  const names = namesOf(run, asked)
  for (const [at, i] of asked.entries()) {
    for (let next = at + 1; next < asked.length; next++) {
      const j = asked[next]!
      if (run.calls[i]!.turn === run.calls[j]!.turn) continue
      const { verdict, confidence } = inference.verdict(i, j)
      if (verdict === 'independent' && confidence >= options.threshold) continue
      const why = doubtWords(inference, i, j)
      const known = pairs.get(why)
      const pair = `${names[next]} after ${names[at]}`
      if (known === undefined) pairs.set(why, [pair])
      else known.push(pair)
    }
  }
  // Of more calls than are asked about, how many pairs there are is not known.
  const told = (named: readonly string[]): string =>
    asked.length < calls.length && named.length > MAX_PAIRS
      ? `${named.slice(0, MAX_PAIRS).join(', ')} and more`
      : listOf(named, MAX_PAIRS)
  return [...pairs].map(([why, named]) => `${told(named)}: not proven independent, because ${why}.`)
}

function doubtWords({ reason, leaves, effects }: Inference, i: number, j: number): string {
  const why = reason(i, j)
  const authored = leaves[j]!.filter((leaf) => leaf.origin === 'authored')
  if (why === 'authored' && authored.length > 0) {
    const fields = authored.slice(0, MAX_ORIGINS).map((leaf) => argumentOf(leaf.path))
    return `the model wrote ${listOf(fields)} after it had seen that result`
  }
  if (why !== 'state') return PAIR_WORDS[why]
  return `they may touch the same thing (${effects[i]!.effect.kind} and ${effects[j]!.effect.kind})`
}
