import { remembered } from '../base/remembered.ts'
import { int32Zeros } from '../base/zeros.ts'
import { compareResources } from '../dependencies/resources.ts'
import { wordsOf } from '../dependencies/tool-lexicon.ts'
import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import { canonicalJson } from '../runs/canonical-json.ts'
import type { ArgumentIds } from './argument-ids.ts'
import { cacheResult, inLoop } from './fixes/index.ts'
import { findingsOfPlaces, inRunOrder, type Place } from './repeats.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'
import { evidenceOfAll, rangeOf } from './words.ts'

/** Tools whose answer is another one each time, or that are asked until it is: what they gave before is no cache. */
const MOVES = new Set('now time clock today random uuid status state progress health poll wait sleep ready'.split(' '))

/** An answer that says to come back: the call is made again to wait. */
const UNFINISHED =
  /\b(pending|queued|running|in.?progress|processing|waiting|not (yet )?(ready|done|finished)|building|scheduled|starting|loading|deploying|syncing|try again)\b/i

/** A longer answer is content, which may well speak of what is pending. */
const MAX_STATE_CHARS = 300

/**
 * The same tool with the same arguments gave the same result, and nothing was written in between that could have changed it.
 * The later calls were not needed. A tool whose answer to these arguments ever changed is being polled, and not repeated.
 */
export const duplicateCall: Rule = {
  id: 'duplicate-call',
  find: (context) => {
    const { run, schedules, argumentIds } = context
    if (!schedules.replay.ok) return []
    const places: Question[] = []
    for (const asked of askedAgain(run, argumentIds)) {
      const answered = withOneAnswer(context, asked)
      if (answered.length < 2) continue
      const repeats = repeatsOf(context, answered)
      if (repeats.length > 0) places.push(questionOf(context, answered[0]!, repeats, places.length))
    }
    return findingsOfPlaces(context, places, (questions) => findingOf(context, questions))
  },
}

/** One tool and its arguments: the first call, and those that were not needed. */
interface Question extends Place {
  readonly repeats: readonly number[]
  readonly reads: boolean
}

function questionOf(
  { run, inference }: FindingContext,
  first: number,
  repeats: readonly number[],
  at: number,
): Question {
  const reads = inference.effects[first]!.effect.kind === 'read'
  let mostMs = 0
  for (const call of repeats) mostMs += run.calls[call]!.endMs - run.calls[call]!.startMs
  // What may do something each time is asked about each for itself.
  const kind = reads ? run.calls[first]!.tool : `${at}`
  return { calls: [first, ...repeats], repeats, reads, kind: JSON.stringify([reads, kind]), mostMs }
}

/** Calls of one tool with the same arguments that all came to something, in the order of the first of each. */
function askedAgain(run: Run, ids: ArgumentIds): number[][] {
  const moves = remembered((tool: string) => wordsOf(tool).some((word) => MOVES.has(word)))
  const mayRepeat = (call: number): boolean => {
    const { tool, result, status, truncated, childRunId } = run.calls[call]!
    if (result === undefined || status === 'error' || truncated || childRunId !== null) return false
    return !moves(tool) && ids.has(call)
  }
  const asked: number[] = []
  for (let call = 0; call < run.calls.length; call++) if (mayRepeat(call)) asked.push(call)
  /** By what `wholeOf` says. Most of those are of one call, for which a list would be thrown away. */
  const counts = int32Zeros(ids.wholeEnd)
  for (const call of asked) counts[ids.wholeOf(call)]!++
  const groups = new Map<number, number[]>()
  for (const call of asked) {
    const whole = ids.wholeOf(call)
    if (counts[whole] === 1) continue
    const group = groups.get(whole)
    if (group === undefined) groups.set(whole, [call])
    else group.push(call)
  }
  return [...groups.values()]
}

/** Those of calls that got an answer that is final, if that is the same for all of them; else none. */
function withOneAnswer({ run }: FindingContext, calls: readonly number[]): number[] {
  let answer: string | undefined
  const found: number[] = []
  for (const call of calls) {
    const text = canonicalJson(run.calls[call]!.result!)
    if (text.length <= MAX_STATE_CHARS && UNFINISHED.test(text)) continue
    if (answer !== undefined && text !== answer) return []
    answer = text
    found.push(call)
  }
  return found
}

/** The calls after the first that nothing written in between excuses. */
function repeatsOf({ run, inference }: FindingContext, calls: readonly number[]): number[] {
  const own = inference.effects[calls[0]!]!
  // What writes or acts on a session does so again each time.
  if (own.effect.kind === 'write' || own.effect.kind === 'session') return []
  const repeats: number[] = []
  for (let at = 1; at < calls.length; at++) {
    const [from, to] = [calls[at - 1]!, calls[at]!]
    // Who asks again wants to know how it is now.
    let changed = run.turnsAfterUser.some((turn) => turn > run.calls[from]!.turn && turn <= run.calls[to]!.turn)
    for (let between = from + 1; between < to && !changed; between++) {
      const { effect, pure, resources } = inference.effects[between]!
      // Of a tool of which nothing is known, its other calls are not held against it.
      const isOwn = effect.kind === 'unknown' && run.calls[between]!.tool === run.calls[to]!.tool
      const mayWrite = effect.kind !== 'read' && pure !== true && !isOwn
      changed = mayWrite && compareResources(resources, own.resources) !== 'different'
    }
    if (!changed) repeats.push(to)
  }
  return repeats
}

/** @param questions one, or several to a tool that reads. */
function findingOf(context: FindingContext, questions: readonly Question[]): Finding | null {
  const { run, schedules } = context
  const savedMs = schedules.savedAsFound(
    questions.flatMap(({ repeats }) => repeats),
    { kind: 'no-time' },
  )
  if (!worthSaying(savedMs, context)) return null
  const { reads, calls } = questions[0]!
  const { tool } = run.calls[calls[0]!]!
  const groups = questions.map((question) => question.calls)
  const counts = rangeOf(groups.map(({ length }) => length))
  const others = groups.length === 1 ? '' : `, for ${groups.length} different questions`
  return {
    rule: 'duplicate-call',
    severity: reads ? 'warning' : 'info',
    calls: inRunOrder(groups).map((call) => run.calls[call]!.id),
    savedMs: { low: reads ? savedMs : 0, high: savedMs },
    savedTokens: 0,
    confidence: reads ? 0.95 : 0.5,
    title: `${tool} was asked the same ${counts === '2' ? 'twice' : `${counts} times`} and gave the same answer${others}`,
    evidence: evidenceOfAll(run, groups, [
      'Same tool, same arguments, same result, and no call in between that changes what it reads.',
      ...(reads ? [] : [`Whether ${tool} only reads is not known: if it does something each time, leave it.`]),
    ]),
    fix: inLoop(cacheResult(run, tool), groups.length),
  }
}
