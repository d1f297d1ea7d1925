import type { Dependency } from '../model/dependency.ts'
import type { Finding } from '../model/report.ts'
import { NO_TURN, type Run } from '../model/run.ts'
import type { SpanId } from '../model/span.ts'
import type { PlannedCall } from '../schedule/plan.ts'
import { NOTHING_TO_CHANGE } from './fixes/index.ts'
import type { FindingContext, Rule } from './rule.ts'
import { fieldOf, listOf, quoted } from './words.ts'

/** Links written out; a longer chain says how many more there are. */
const MAX_LINKS = 8
/** Stretches named by their turns. */
const MAX_STRETCHES = 4

/** The links of one longest stretch, each from a call of one step to a call of the next. */
type Chain = readonly Dependency[]

/**
 * A stretch that looks like a waterfall and is not: each call needs one of the turn before. One finding for all longest
 * stretches in which the same tools need each other for the same reasons.
 */
export const sequentialIsRight: Rule = {
  id: 'sequential-is-right',
  find: (context) => {
    const { schedules } = context
    if (!schedules.replay.ok) return []
    const position = new Map(context.run.calls.map((call, i) => [call.id, i]))
    const alike = new Map<string, Chain[]>()
    let links: Dependency[] = []
    const close = (): void => {
      if (links.length === 0) return
      const key = likenessOf(context, position, links)
      const chains = alike.get(key)
      if (chains === undefined) alike.set(key, [links])
      else chains.push(links)
      links = []
    }
    const steps = schedules.batch.low.plan.steps
    for (let at = 1; at < steps.length; at++) {
      const link = strongestLink(context, steps[at - 1]!.calls, steps[at]!.calls)
      if (link === null) close()
      else links.push(link)
    }
    close()
    return [...alike.values()].map((chains) => findingOf(context, position, chains))
  },
}

/** Equal for stretches in which the same tools need each other for the same reasons, however often. */
function likenessOf({ run }: FindingContext, position: ReadonlyMap<SpanId, number>, links: Chain): string {
  const toolOf = (id: SpanId) => run.calls[position.get(id)!]!.tool
  const kinds = new Set(links.map(({ kind, from, to }) => JSON.stringify([kind, toolOf(from), toolOf(to)])))
  return [...kinds].sort().join()
}

/** The surest of the trusted dependencies of one step's calls on the step before. */
function strongestLink(
  { schedules: { links }, options }: FindingContext,
  before: readonly PlannedCall[],
  after: readonly PlannedCall[],
): Dependency | null {
  const candidates = new Set(before.map(({ call }) => call))
  let best: Dependency | null = null
  for (const { call: to } of after) {
    for (const from of links.into(to)) {
      if (!candidates.has(from)) continue
      for (const dependency of links.between(from, to)) {
        const { confidence } = dependency
        if (confidence >= options.threshold && (best === null || confidence > best.confidence)) best = dependency
      }
    }
  }
  return best
}

function findingOf(
  { run, options }: FindingContext,
  position: ReadonlyMap<SpanId, number>,
  chains: readonly Chain[],
): Finding {
  const inOrder = (links: Chain): SpanId[] =>
    [...new Set(links.flatMap((link) => [link.from, link.to]))].sort((a, b) => position.get(a)! - position.get(b)!)
  const links = chains.flat()
  const [first] = chains
  const names = inOrder(first!).map((id) => run.calls[position.get(id)!]!.tool)
  const evidence = first!.slice(0, MAX_LINKS).map((link) => linkSentence(run, position, link, options.content))
  const more = links.length - evidence.length
  if (more > 0) evidence.push(`${more} more ${more === 1 ? 'step' : 'steps'} of the same kind.`)
  const several = chains.length > 1
  if (several) {
    const turns = chains.map((chain) => turnsOf(inOrder(chain).map((id) => run.calls[position.get(id)!]!.turn)))
    evidence.unshift(`${chains.length} stretches: ${listOf(turns, MAX_STRETCHES)}.`)
  }
  return {
    rule: 'sequential-is-right',
    severity: 'info',
    calls: inOrder(links),
    savedMs: { low: 0, high: 0 },
    savedTokens: 0,
    confidence: links.reduce((least, link) => Math.min(least, link.confidence), 1),
    title: `${listOf(names)}: sequential is correct here${several ? `, in ${chains.length} stretches` : ''}`,
    evidence,
    fix: NOTHING_TO_CHANGE,
  }
}

/** `turn 3`, `turns 3 to 5`. */
function turnsOf(turns: readonly number[]): string {
  const asked = turns.filter((turn) => turn !== NO_TURN)
  if (asked.length === 0) return 'calls that no turn asked for'
  const [first, last] = [Math.min(...asked), Math.max(...asked)]
  return first === last ? `turn ${first}` : `turns ${first} to ${last}`
}

function linkSentence(run: Run, position: ReadonlyMap<SpanId, number>, link: Dependency, content: boolean): string {
  const from = run.calls[position.get(link.from)!]!.tool
  const to = run.calls[position.get(link.to)!]!.tool
  const [first] = link.evidence
  switch (link.kind) {
    case 'data':
      return first
        ? `${to} needs \`${fieldOf(first.toPath)}\` = ${quoted(first.value, content)}, which only ${from} returned (\`${fieldOf(first.fromPath)}\`).`
        : `${to} needs a value that ${from} returned.`
    case 'state':
      return `${to} comes after ${from}: they may touch the same thing, and not both only read.`
    case 'session':
      return `${to} and ${from} act on one session, whose order is its meaning.`
    case 'control':
      return `${to} was decided on because of what ${from} returned.`
    case 'declared':
      return `${to} was declared to need ${from}.`
  }
}
