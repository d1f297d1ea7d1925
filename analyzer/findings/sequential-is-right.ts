import { int32Zeros } from '../base/zeros.ts'
import type { Dependency } from '../model/dependency.ts'
import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { PlannedCall } from '../schedule/plan.ts'
import { NOTHING_TO_CHANGE } from './fixes/index.ts'
import type { FindingContext, Rule } from './rule.ts'
import { fieldOf, inStretches, listOf, quoted, stretchesSentence } from './words.ts'

/** Links written out; a longer chain says how many more there are. */
const MAX_LINKS = 8

interface Link {
  /** Indices of calls. */
  readonly from: number
  readonly to: number
  readonly dependency: Dependency
}

/** The links of one longest stretch, each from a call of one step to a call of the next. */
type Chain = readonly Link[]

/**
 * A stretch that looks like a waterfall and is not: each call needs one of the turn before. One finding for all longest
 * stretches in which the same tools need each other for the same reasons.
 */
export const sequentialIsRight: Rule = {
  id: 'sequential-is-right',
  find: (context) => {
    const { run, schedules } = context
    if (!schedules.replay.ok) return []
    const { steps } = schedules.batch.low.plan
    const stepOf = int32Zeros(run.calls.length).fill(-1)
    steps.forEach(({ calls }, at) => {
      for (const { call } of calls) stepOf[call] = at
    })
    const likenessOf = likenessIn(run)
    const alike = new Map<string, Chain[]>()
    let links: Link[] = []
    const close = (): void => {
      if (links.length === 0) return
      const key = likenessOf(links)
      const chains = alike.get(key)
      if (chains === undefined) alike.set(key, [links])
      else chains.push(links)
      links = []
    }
    for (let at = 1; at < steps.length; at++) {
      const link = strongestLink(context, stepOf, steps[at]!.calls)
      if (link === null) close()
      else links.push(link)
    }
    close()
    return [...alike.values()].map((chains) => findingOf(context, chains))
  },
}

/** Says the same of stretches in which the same tools need each other for the same reasons, however often. */
function likenessIn({ calls }: Run): (links: Chain) => string {
  const known = new Map<string, number>()
  const idOf = (name: string): number => {
    const id = known.get(name) ?? known.size
    known.set(name, id)
    return id
  }
  return (links) => {
    // Tools and kinds are numbered together, and are no more than calls and kinds.
    const most = calls.length + 8
    const kinds = new Set<number>()
    for (const { dependency, from, to } of links) {
      kinds.add((idOf(calls[from]!.tool) * most + idOf(calls[to]!.tool)) * most + idOf(dependency.kind))
    }
    return [...kinds].sort((a, b) => a - b).join()
  }
}

/** The surest of the trusted dependencies of one step's calls on the step before. */
function strongestLink(
  { schedules: { links }, options }: FindingContext,
  stepOf: Int32Array,
  calls: readonly PlannedCall[],
): Link | null {
  let best: Link | null = null
  for (const { call: to } of calls) {
    for (const from of links.into(to)) {
      if (stepOf[from] !== stepOf[to]! - 1) continue
      for (const dependency of links.between(from, to)) {
        const { confidence } = dependency
        if (confidence < options.threshold || (best !== null && confidence <= best.dependency.confidence)) continue
        best = { from, to, dependency }
      }
    }
  }
  return best
}

function findingOf({ run, options }: FindingContext, chains: readonly Chain[]): Finding {
  const links = chains.flat()
  const [first] = chains
  const names = callsOf(first!).map((call) => run.calls[call]!.tool)
  const evidence = first!.slice(0, MAX_LINKS).map((link) => linkSentence(run, link, options.content))
  const more = links.length - evidence.length
  if (more > 0) evidence.push(`${more} more ${more === 1 ? 'step' : 'steps'} of the same kind.`)
  const several = chains.length > 1
  if (several) evidence.unshift(stretchesSentence(run, chains, callsOf))
  return {
    rule: 'sequential-is-right',
    severity: 'info',
    calls: callsOf(links).map((call) => run.calls[call]!.id),
    savedMs: { low: 0, high: 0 },
    savedTokens: 0,
    confidence: links.reduce((least, { dependency }) => Math.min(least, dependency.confidence), 1),
    title: `${listOf(names)}: sequential is correct here${inStretches(chains.length)}`,
    evidence,
    fix: NOTHING_TO_CHANGE,
  }
}

/** The calls that links join, ascending and each once. */
function callsOf(links: Chain): number[] {
  const calls: number[] = []
  let last = -1
  let ascend = true
  const add = (call: number): void => {
    if (call === last) return
    ascend &&= call > last
    last = call
    calls.push(call)
  }
  for (const { from, to } of links) {
    add(from)
    add(to)
  }
  return ascend ? calls : [...new Set(calls)].sort((a, b) => a - b)
}

function linkSentence(run: Run, link: Link, content: boolean): string {
  const from = run.calls[link.from]!.tool
  const to = run.calls[link.to]!.tool
  const { kind, evidence } = link.dependency
  const [first] = evidence
  switch (kind) {
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
