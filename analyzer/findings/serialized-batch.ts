import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { PlannedCall, Step } from '../schedule/plan.ts'
import { askTheUser, inLoop, runTogether } from './fixes/index.ts'
import { findingsOfPlaces, inRunOrder, type Place, savedIn } from './repeats.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'
import { leastConfidence, sampled } from './sampled.ts'
import { evidenceOfAll, inStretches, listOf, toolsOfEach } from './words.ts'

/**
 * Calls that one model response requested ran one after another. The surest waterfall there is: the model had seen no
 * result of one when it asked for the other. One finding per turn, and one for all turns with the same tools that are only
 * worth saying together.
 *
 *   turn   ====
 *   a          ===
 *   b             ===    asked for together with a
 */
export const serializedBatch: Rule = {
  id: 'serialized-batch',
  find: (context) => {
    const { run, schedules } = context
    const places: TurnPlace[] = []
    for (const { turn, calls: before } of schedules.actual.plan.steps) {
      if (turn === null || !before.some((planned) => planned.after.length > 0)) continue
      const mostMs = schedules.mostSaved('overlap', new Set([turn]))
      places.push({ turn, before, calls: before.map(({ call }) => call), kind: kindOf(run, before), mostMs })
    }
    return run.turns.length === 0 ? [] : findingsOfPlaces(context, places, (some) => findingOf(context, some))
  },
}

/** A turn and its calls as they ran. */
interface TurnPlace extends Place {
  readonly turn: number
  readonly before: readonly PlannedCall[]
}

/** The tools, not how often. */
function kindOf({ calls }: Run, planned: readonly PlannedCall[]): string {
  return JSON.stringify([...new Set(planned.map(({ call }) => calls[call]!.tool))].sort())
}

interface Freed {
  readonly turn: number
  /** Those that wait for fewer, and those that they waited for. Not empty. */
  readonly calls: readonly number[]
  readonly after: readonly PlannedCall[]
}

interface FreeingPlace extends Pick<Place, 'calls'> {
  readonly freed: Freed
}

/** What is freed, and what that saves. */
interface Gain {
  readonly freed: readonly Freed[]
  readonly lowMs: number
  readonly highMs: number
}

/** Null if it is not worth saying. */
function gainOf(context: FindingContext, place: TurnPlace): Gain | null {
  const { schedules } = context
  const movable = new Set([place.turn])
  const low = schedules.whatIf('overlap', 'low', movable)
  const high = schedules.whatIf('overlap', 'high', movable)
  const highMs = Math.max(low.savedMs, high.savedMs)
  if (!worthSaying(highMs, context)) return null
  const { plan } = low.savedMs > 0 ? low.schedule() : high.schedule()
  const step = plan.steps.find(({ turn }) => turn === place.turn)
  const freed = freedOf(place, step)
  return { freed: freed === null ? [] : [freed], lowMs: low.savedMs, highMs }
}

/** Of several turns, what is sure: many doubts are no better than one. Null if it is not worth saying. */
function gainOfAll(context: FindingContext, places: readonly TurnPlace[]): Gain | null {
  const { run, schedules } = context
  const stepOf = new Array<Step | undefined>(run.turns.length).fill(undefined)
  for (const step of schedules.overlap.low.plan.steps) if (step.turn !== null) stepOf[step.turn] = step
  // What frees no call would be a saving of turns that are not told.
  const freeing: FreeingPlace[] = []
  for (const place of places) {
    const freed = freedOf(place, stepOf[place.turn])
    if (freed !== null) freeing.push({ calls: place.calls, freed })
  }
  const saved = savedIn(context, freeing, 'overlap', 'lowMs', (together) => {
    const movable = new Set<number>()
    for (const { freed } of together) movable.add(freed.turn)
    const lowMs = schedules.whatIf('overlap', 'low', movable).savedMs
    const allFree = together.every(({ freed }) => freed.after.every(({ after }) => after.length === 0))
    const highMs = () => (allFree ? lowMs : Math.max(lowMs, schedules.whatIf('overlap', 'high', movable).savedMs))
    return { lowMs, highMs, tokens: () => 0 }
  })
  const { lowMs, highMs } = saved
  if (!worthSaying(highMs, context)) return null
  return { freed: saved.places.map(({ freed }) => freed), lowMs, highMs }
}

/** What becomes free where the calls of a turn are scheduled so; null for nothing. */
function freedOf({ turn, before }: TurnPlace, step: Step | undefined): Freed | null {
  if (step === undefined) return null
  const freed = new Set<number>()
  step.calls.forEach((planned, position) => {
    const waitedFor = before[position]!.after
    if (waitedFor.length === 0 || planned.after.length > 0) return
    freed.add(planned.call)
    for (const call of waitedFor) freed.add(call)
  })
  return freed.size === 0 ? null : { turn, calls: [...freed].sort((a, b) => a - b), after: step.calls }
}

/** @param places one, or several of a kind. */
function findingOf(context: FindingContext, places: readonly TurnPlace[]): Finding | null {
  const { run, options } = context
  const gain = places.length === 1 ? gainOf(context, places[0]!) : gainOfAll(context, places)
  const first = gain?.freed[0]
  if (gain === null || first === undefined) return null
  const { freed, lowMs, highMs } = gain
  const trusted = lowMs > 0
  const groups = freed.map(({ calls }) => calls)
  const tools = toolsOfEach(run, groups)
  const stayInOrder = first.after.filter((planned) => planned.after.length > 0)
  const evidence = [
    `Turn ${first.turn} asked for all of them in one response, so none can have used another's result.`,
    ...(trusted ? [] : ['Not all of them are known to only read: one may change what another reads.']),
    ...stayInOrder.map(
      (planned) =>
        `${run.calls[planned.call]!.tool} stays after ${listOf(planned.after.map((c) => run.calls[c]!.tool))}: they may touch the same thing, and not both only read.`,
    ),
  ]
  return {
    rule: 'serialized-batch',
    severity: trusted ? 'warning' : 'info',
    calls: inRunOrder(groups).map((call) => run.calls[call]!.id),
    savedMs: { low: lowMs, high: highMs },
    savedTokens: 0,
    confidence: leastConfidence(groups, (calls) => confidenceIn(context, calls), options.threshold),
    title: trusted
      ? `${tools} ran one after another, though one response asked for them together${inStretches(groups.length)}`
      : `${tools} ran one after another; whether they may run together is not known`,
    evidence: evidenceOfAll(run, groups, evidence),
    fix: inLoop(trusted ? runTogether(run, tools) : askTheUser(tools), groups.length),
  }
}

/** How sure it is of the pair that it is least sure of. */
function confidenceIn({ inference }: FindingContext, calls: readonly number[]): number {
  let confidence = 1
  const asked = sampled(calls)
  // By the later call, as verdicts are kept.
  for (let at = 1; at < asked.length && confidence > 0; at++) {
    for (let before = 0; before < at && confidence > 0; before++)
      confidence = Math.min(confidence, confidenceOf(inference.verdict(asked[before]!, asked[at]!)))
  }
  return confidence
}

function confidenceOf({ verdict, confidence }: { verdict: string; confidence: number }): number {
  return verdict === 'independent' ? confidence : verdict === 'dependent' ? 1 - confidence : 0
}
