import { int32Zeros } from '../base/zeros.ts'
import type { Dependency } from '../model/dependency.ts'
import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { PlannedCall } from '../schedule/plan.ts'
import type { RungSchedule } from '../schedule/schedule-run.ts'
import { KEEP_THE_ORDER, NOTHING_TO_CHANGE } from './fixes/index.ts'
import type { FindingContext, Rule } from './rule.ts'
import { argumentOf, fieldOf, inStretches, namesOf, quoted, stretchesSentence, toolsOf } from './words.ts'

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
 * A stretch that looks like a waterfall and is not: each call needs the one before it. One finding for all longest
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
    for (const links of chainsOf(context, stepOf)) {
      const key = likenessOf(links)
      const chains = alike.get(key)
      if (chains === undefined) alike.set(key, [links])
      else chains.push(links)
    }
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

/**
 * Stretches of steps, each told by its longest chain of trusted dependencies from step to step; of several the surest at the
 * first link where they part. The next stretch may begin in the step in which one ends.
 *
 *   step 0   find_user   list_jobs
 *   step 1   get_user*   get_job       * needs find_user; get_job needs list_jobs
 *   step 2   write_to                  needs get_user: find_user, get_user, write_to, and never get_job
 */
function chainsOf({ run, schedules, options }: FindingContext, stepOf: Int32Array): Chain[] {
  const { links, batch } = schedules
  const { steps } = batch.low.plan
  /** Per call: how many links its longest chain on has, and the first of them. */
  const length = int32Zeros(run.calls.length)
  const next = new Map<number, Link>()
  for (let at = steps.length - 1; at > 0; at--) {
    for (const { call: to } of steps[at]!.calls) {
      for (const from of links.into(to)) {
        if (stepOf[from] !== at - 1) continue
        for (const dependency of links.between(from, to)) {
          if (dependency.confidence < options.threshold) continue
          const longer = length[to]! + 1 - length[from]!
          const surer = dependency.confidence > (next.get(from)?.dependency.confidence ?? 0)
          if (longer < 0 || (longer === 0 && !surer)) continue
          length[from] = length[to]! + 1
          next.set(from, { from, to, dependency })
        }
      }
    }
  }
  const chains: Chain[] = []
  for (let at = 0; at < steps.length; ) {
    const first = longestOf(steps[at]!.calls, length, next)
    const chain: Link[] = []
    for (let link = first; link !== undefined; link = next.get(link.to)) chain.push(link)
    if (chain.length > 0) chains.push(chain)
    at += Math.max(1, chain.length)
  }
  return chains
}

/** The first link of the longest chain that begins in a step; the surest of several. */
function longestOf(
  calls: readonly PlannedCall[],
  length: Int32Array,
  next: ReadonlyMap<number, Link>,
): Link | undefined {
  let best: Link | undefined
  for (const { call } of calls) {
    const link = next.get(call)
    if (link === undefined) continue
    const longer = best === undefined ? 1 : length[call]! - length[best.from]!
    if (longer > 0 || (longer === 0 && link.dependency.confidence > best!.dependency.confidence)) best = link
  }
  return best
}

function findingOf({ run, schedules, options }: FindingContext, chains: readonly Chain[]): Finding {
  const links = chains.flat()
  const coded = links.every(inProgramOf(schedules.plan.low))
  const [first] = chains
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
    title: `${toolsOf(run, callsOf(first!))}: sequential is correct here${coded ? ', in a program too' : ''}${inStretches(chains.length)}`,
    evidence,
    fix: coded ? KEEP_THE_ORDER : NOTHING_TO_CHANGE,
  }
}

/** Whether one program could make both calls of a link: the order stays then, and the model's turns between need not. */
function inProgramOf({ programs }: RungSchedule): (link: Link) => boolean {
  const programOf = new Map<number, number>()
  programs.forEach((stages, program) => {
    for (const calls of stages) for (const call of calls) programOf.set(call, program)
  })
  return ({ from, to }) => programOf.has(to) && programOf.get(from) === programOf.get(to)
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
  const [from, to] = namesOf(run, [link.from, link.to])
  const { kind, evidence } = link.dependency
  const [first] = evidence
  switch (kind) {
    case 'data':
      return first
        ? `${to} needs ${argumentOf(first.toPath)} = ${quoted(first.value, content)}, which only ${from} returned${first.fromPath === '$' ? '' : ` (\`${fieldOf(first.fromPath)}\`)`}.`
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
