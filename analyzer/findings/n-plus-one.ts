import type { LeafOrigin } from '../model/dependency.ts'
import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import { type ArgumentGroup, argumentGroups } from './argument-groups.ts'
import { fanOut, inLoop } from './fixes/index.ts'
import { findingsOfPlaces, inRunOrder, type Saving, savedIn } from './repeats.ts'
import { type FindingContext, type Rule, worthSaying } from './rule.ts'
import { evidenceOfAll, fieldOf, inStretches, listOf, quoted, rangeOf } from './words.ts'

/** Values quoted as examples. */
const MAX_EXAMPLES = 4

/**
 * One tool called again and again with one argument changing, as a loop over a list does that waits for each element.
 *
 *   list_users   ===                   -> [{"id":1},{"id":2},{"id":3}]
 *   get_user(1)       ===
 *   get_user(2)            ===
 *   get_user(3)                 ===
 */
export const nPlusOne: Rule = {
  id: 'n-plus-one',
  find: (context) => {
    const { run, schedules, options } = context
    if (!schedules.replay.ok) return []
    const loops = argumentGroups(context, options.rules.nPlusOneCalls).flatMap((group) =>
      loopsOf(run, group, options.rules.nPlusOneCalls),
    )
    const places = loops.map((loop) => ({
      ...loop,
      kind: JSON.stringify([loop.tool, loop.path, loop.turns.size === 1]),
      mostMs: schedules.mostSaved('batch', new Set(loop.calls)),
    }))
    return findingsOfPlaces(context, places, (some) => findingOf(context, some))
  },
}

interface Loop extends ArgumentGroup {
  /** That asked for its calls. */
  readonly turns: ReadonlySet<number>
}

/** A loop goes on in the next turn, or soon after; what is asked again much later is another question. */
const MAX_TURNS_BETWEEN = 3

/** The stretches of a group in which call follows call. */
function loopsOf(run: Run, group: ArgumentGroup, least: number): Loop[] {
  const loops: number[][] = []
  let lastTurn = Number.NEGATIVE_INFINITY
  for (const call of group.calls) {
    const { turn } = run.calls[call]!
    if (turn - lastTurn > MAX_TURNS_BETWEEN) loops.push([])
    loops.at(-1)!.push(call)
    lastTurn = turn
  }
  return loops
    .filter((calls) => calls.length >= least)
    .map((calls) => ({ ...group, calls, turns: new Set(calls.map((call) => run.calls[call]!.turn)) }))
}

/** @param loops one, or several of one tool and argument. */
function findingOf(context: FindingContext, loops: readonly Loop[]): Finding | null {
  const { run, inference, options } = context
  // Of several, those that are sure: many doubts are no better than one.
  const sure = loops.length === 1 ? loops : loops.filter((loop) => isSure(context, loop))
  const saved = savedIn(context, sure, 'batch', 'lowMs', (together) => savingOf(context, together))
  const { lowMs, highMs } = saved
  const [first] = saved.places
  if (first === undefined || !worthSaying(highMs, context)) return null
  const trusted = lowMs > 0
  const { tool, path } = first
  const field = fieldOf(path) || 'argument'
  const leaves = first.calls.map((call) => inference.leaves[call]!.filter((leaf) => isUnder(leaf.path, path)))
  const examples = leaves.flatMap(([leaf]) => (leaf ? [quoted(leaf.value, options.content)] : []))
  const evidence = [
    `Only \`${field}\` changes from call to call${examples.length > 0 ? `: ${listOf(examples, MAX_EXAMPLES)}` : ''}.`,
    sourceSentence(context, field, leaves.flat()),
    ...(trusted ? [] : ['Whether these calls need one another is not known, so nothing is claimed for sure.']),
  ]
  const groups = saved.places.map(({ calls }) => calls)
  return {
    rule: 'n-plus-one',
    severity: trusted ? 'warning' : 'info',
    calls: inRunOrder(groups).map((call) => run.calls[call]!.id),
    savedMs: { low: lowMs, high: highMs },
    savedTokens: saved.tokens,
    confidence: saved.places.reduce((least, loop) => Math.min(least, confidenceIn(context, loop)), 1),
    title: `${tool} was called ${rangeOf(groups.map((calls) => calls.length))} times, with another \`${field}\` each time${inStretches(groups.length)}`,
    evidence: evidenceOfAll(run, groups, evidence),
    fix: inLoop(fanOut(run, tool, field, trusted), groups.length),
  }
}

/** Whether no call of a loop needs the one before, as far as a schedule trusts that. */
function isSure({ inference, options }: FindingContext, { calls }: Loop): boolean {
  for (let at = 1; at < calls.length; at++) {
    const { verdict, confidence } = inference.verdict(calls[at - 1]!, calls[at]!)
    if (verdict !== 'independent' || confidence < options.threshold) return false
  }
  return true
}

/** How sure it is of the step from call to call that it is least sure of. */
function confidenceIn({ run, inference }: FindingContext, { calls }: Loop): number {
  let confidence = 1
  for (let at = 1; at < calls.length; at++) {
    const { verdict, confidence: sure } = inference.verdict(calls[at - 1]!, calls[at]!)
    if (run.calls[calls[at]!]!.turn === run.calls[calls[at - 1]!]!.turn && verdict !== 'dependent') continue
    confidence = Math.min(confidence, verdict === 'independent' ? sure : 0)
  }
  return confidence
}

/** Calls of one turn are freed by the loop that runs them, calls of several by asking for them together. */
function savingOf({ schedules }: FindingContext, loops: readonly Loop[]): Saving {
  const [rung, movable] =
    loops[0]!.turns.size === 1
      ? (['overlap', new Set(loops.flatMap(({ turns }) => [...turns]))] as const)
      : (['batch', new Set(loops.flatMap(({ calls }) => calls))] as const)
  const { savedMs, tokensRemoved } = schedules.whatIf(rung, 'low', movable)
  const highMs = () => Math.max(savedMs, schedules.whatIf(rung, 'high', movable).savedMs)
  return { lowMs: savedMs, highMs, tokens: tokensRemoved }
}

/** Where the list comes from that the calls go through. */
function sourceSentence({ run }: FindingContext, field: string, leaves: readonly LeafOrigin[]): string {
  const counts = new Map<number, number>()
  for (const leaf of leaves)
    for (const producer of leaf.producers) counts.set(producer, (counts.get(producer) ?? 0) + 1)
  const [source] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  if (source !== undefined && source[1] * 2 > leaves.length) {
    const where = leaves.find((leaf) => leaf.producers.includes(source[0]))?.where ?? ''
    const list = where.split(', ')[0]!.replace(/\[\d+\]/g, '[*]')
    return `The values are a list that ${run.calls[source[0]]!.tool} returned: \`${list}\`.`
  }
  const prompted = leaves.filter(({ origin }) => origin === 'prompt').length
  return prompted * 2 > leaves.length
    ? `The values of \`${field}\` were in the prompt.`
    : `The values of \`${field}\` come from several places.`
}

const isUnder = (path: string, parent: string): boolean =>
  path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`)
