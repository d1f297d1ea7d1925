import { mapped } from '../base/mapped.ts'
import { metIn } from '../dependencies/resources.ts'
import type { CallEffect } from '../model/dependency.ts'
import type { Finding } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import { CLOCK_TICK_MS } from '../schedule/clock.ts'
import { waitFor } from './fixes/index.ts'
import type { FindingContext, Rule } from './rule.ts'
import { listOf, quoted, toolsOf } from './words.ts'

/** Calls that one call is compared with; a wide fan-out of writes is told by its first ones. */
const MAX_COMPARED = 64

/** Kinds of things that take in many deeds at once: two messages to one channel, two requests to one host get along. */
const PLACES = new Set(
  (
    'url channel topic queue to recipient email user username repo repository project bucket schema database collection ' +
    'calendar event in'
  ).split(' '),
)
/** Rows of their own. */
const TABLE = 'table'

/**
 * Calls overlapped that should not have: two writes to one thing, a read of what was being written, actions on one session.
 *
 *   write a  =====
 *   read a     =====      what it read depends on luck
 */
export const unsafeOverlap: Rule = {
  id: 'unsafe-overlap',
  find: (context) => {
    const { run, inference } = context
    const clashes = new Map<string, Clash>()
    const running: number[] = []
    for (const call of byStart(run)) {
      const { startMs } = run.calls[call]!
      let left = 0
      for (const other of running) if (run.calls[other]!.endMs > startMs + CLOCK_TICK_MS) running[left++] = other
      running.length = left
      for (let at = Math.max(0, left - MAX_COMPARED); at < left; at++) {
        const other = running[at]!
        const i = Math.min(other, call)
        const j = Math.max(other, call)
        const clash = clashOf(run, inference.effects, i, j)
        if (clash === null || inference.verdict(i, j).verdict === 'independent') continue
        const known = clashes.get(clash.key)
        if (known === undefined) clashes.set(clash.key, { ...clash, calls: new Set([i, j]) })
        else known.calls.add(i).add(j)
      }
      running.push(call)
    }
    return [...clashes.values()].map((clash) => findingOf(context, clash))
  },
}

/** The calls by their start. Mostly they are in that order. */
function byStart({ calls }: Run): number[] {
  const order = mapped(calls, (_, call) => call)
  let ascend = true
  for (let call = 1; call < calls.length; call++) ascend &&= calls[call - 1]!.startMs <= calls[call]!.startMs
  return ascend ? order : order.sort((a, b) => calls[a]!.startMs - calls[b]!.startMs || a - b)
}

interface Clash {
  /** The thing that they share. */
  readonly key: string
  readonly kind: 'session' | 'writes' | 'read-and-write'
  readonly calls: Set<number>
}

function clashOf(run: Run, effects: readonly CallEffect[], i: number, j: number): Omit<Clash, 'calls'> | null {
  const [a, b] = [effects[i]!, effects[j]!]
  if (a.pure === true || b.pure === true || isInside(run, i, j)) return null
  if (a.effect.kind === 'session' && b.effect.kind === 'session') {
    // A script that changes its shell: many tools start a new one for each call.
    if (a.effect.from === 'arguments' && b.effect.from === 'arguments') return null
    return a.session === b.session ? { key: `session ${a.session ?? ''}`, kind: 'session' } : null
  }
  // An unknown effect counts as a write where safety is at stake, but accuses nobody.
  const writes = (a.effect.kind === 'write' ? 1 : 0) + (b.effect.kind === 'write' ? 1 : 0)
  if (writes === 0 || a.effect.kind === 'unknown' || b.effect.kind === 'unknown') return null
  const isOne = (resource: string): boolean => {
    const kind = resource.slice(0, resource.indexOf(':'))
    return !PLACES.has(kind) && !(writes === 2 && kind === TABLE)
  }
  const [ofA, ofB] = [a.resources.filter(isOne), b.resources.filter(isOne)]
  const shared = metIn(ofA, ofB)
  return shared === undefined ? null : { key: shared, kind: writes === 2 ? 'writes' : 'read-and-write' }
}

/** A call inside another one's nested run is part of it. */
const isInside = (run: Run, i: number, j: number): boolean =>
  run.calls[i]!.childRunId !== null || run.calls[j]!.childRunId !== null

const WHAT: Readonly<Record<Clash['kind'], string>> = {
  session: 'acted on one session at the same time',
  writes: 'wrote to one thing at the same time',
  'read-and-write': 'read a thing while it was being written',
}

function findingOf({ run, inference, options }: FindingContext, { key, kind, calls }: Clash): Finding {
  const sorted = [...calls].sort((a, b) => a - b)
  const tools = toolsOf(run, sorted)
  const thing = key.replace(/^(id:\S* |[a-z]+:)/, '')
  const effects = sorted.map((call) => `${run.calls[call]!.tool} (${inference.effects[call]!.effect.kind})`)
  return {
    rule: 'unsafe-overlap',
    severity: 'error',
    calls: sorted.map((call) => run.calls[call]!.id),
    savedMs: { low: 0, high: 0 },
    savedTokens: 0,
    confidence: 0.85,
    title: `${tools} ${WHAT[kind]}`,
    evidence: [
      `They overlapped in time: ${listOf([...new Set(effects)])}.`,
      kind === 'session'
        ? 'The order of actions on a session is its meaning; at the same time, any order can happen.'
        : `Both are about ${quoted(thing, options.content)}. What is read, or what remains, depends on which one happens to be first.`,
    ],
    fix: waitFor(run, tools),
  }
}
