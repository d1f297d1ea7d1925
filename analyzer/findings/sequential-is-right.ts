import type { Dependency } from '../model/dependency.ts'
import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { SpanId } from '../model/span.ts'
import type { PlannedCall } from '../schedule/plan.ts'
import { NOTHING_TO_CHANGE } from './fixes/index.ts'
import type { FindingContext, Rule } from './rule.ts'
import { fieldOf, listOf, quoted } from './words.ts'

/** Links written out; a longer chain says how many more there are. */
const MAX_LINKS = 8

/**
 * A stretch that looks like a waterfall and is not: each call needs one of the turn before. One finding per longest
 * stretch.
 */
export const sequentialIsRight: Rule = {
  id: 'sequential-is-right',
  find: (context) => {
    const { schedules } = context
    if (!schedules.replay.ok) return []
    const findings: Finding[] = []
    const position = new Map(context.run.calls.map((call, i) => [call.id, i]))
    let links: Dependency[] = []
    const close = (): void => {
      if (links.length > 0) findings.push(findingOf(context, position, links))
      links = []
    }
    const steps = schedules.batch.low.plan.steps
    for (let at = 1; at < steps.length; at++) {
      const link = strongestLink(context, steps[at - 1]!.calls, steps[at]!.calls)
      if (link === null) close()
      else links.push(link)
    }
    close()
    return findings
  },
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
  links: readonly Dependency[],
): Finding {
  const ids = [...new Set(links.flatMap((link) => [link.from, link.to]))]
  ids.sort((a, b) => position.get(a)! - position.get(b)!)
  const names = ids.map((id) => run.calls[position.get(id)!]!.tool)
  const evidence = links.slice(0, MAX_LINKS).map((link) => linkSentence(run, position, link, options.content))
  if (links.length > MAX_LINKS) evidence.push(`${links.length - MAX_LINKS} more steps of the same kind.`)
  return {
    rule: 'sequential-is-right',
    severity: 'info',
    calls: ids,
    savedMs: { low: 0, high: 0 },
    savedTokens: 0,
    confidence: links.reduce((least, link) => Math.min(least, link.confidence), 1),
    title: `${listOf(names)}: sequential is correct here`,
    evidence,
    fix: NOTHING_TO_CHANGE,
  }
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
