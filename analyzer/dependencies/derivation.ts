// Whether code could have written a call's arguments: verbatim from a result, a number in another form, an id cut out of a
// URL, every element of a list one by one. Not: one of several that were offered, something read out of a text, something
// put in other words. Whoever takes a turn of the model out of a run relies on this, so doubt is said.

import { mapped } from '../base/mapped.ts'
import type { Derivation, Effect } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { AUTHORED_BITS, type Authored } from './authored.ts'
import { IntPairMap, rowAfter } from './int-pair-map.ts'
import { type PathNode, pathText } from './leaves.ts'
import type { Match } from './look.ts'
import { matchProbability } from './match-weights.ts'
import type { CallTrace, Provenance } from './provenance.ts'
import { type Suspects, sumsOf } from './suspects.ts'
import { childOf, keysOf, opens, valueAt } from './value-at.ts'
import { REPORTED_FROM } from './weights.ts'

/**
 * Per call, in run order. Effects count too: a session's order is its meaning, and what was read before a write may have
 * decided whether to write.
 * @param authored per call: what its model made up of its arguments. What it had made up before is known to code.
 */
export function derivationsOf(
  run: Run,
  effects: readonly { readonly effect: Effect }[],
  provenance: Provenance,
  authored: readonly Authored[],
  { failed, branch }: Pick<Suspects, 'failed' | 'branch'>,
): Derivation[] {
  const sources = mapped(run.calls, (_, c) => sourcesOf(provenance.calls[c]))
  const picks = picksOf(run, sources)
  const sums = sumsOf(run.calls)
  return mapped(run.calls, (call, c): Derivation => {
    const trace = provenance.calls[c]
    const kind = effects[c]?.effect.kind ?? 'unknown'
    if (kind === 'session') return SESSION
    if (trace === undefined || call.truncated) return NOT_CAPTURED
    const { matches, unexplainedBits } = sources[c]!
    if (authored[c]!.bits + unexplainedBits >= AUTHORED_BITS) return MADE_UP
    if (matches.length > 0) {
      if (matches.some((match) => !isCopied(run, match))) return READ_OUT
      if (picks(c)) return PICKED
      // The value may be copied, and yet the call was only made because of what stood beside it.
      if (matches.some(({ from }) => failed[from])) return ERROR
      if (!sums[c] && matches.some(({ from }) => branch.of(from, c) === 'about')) return UNPROVEN
    }
    return kind === 'read' ? MECHANICAL : WRITE
  })
}

const SESSION: Derivation = { kind: 'reasoned', reason: 'session' }
const NOT_CAPTURED: Derivation = { kind: 'unsure', reason: 'not-captured' }
const MADE_UP: Derivation = { kind: 'unsure', reason: 'authored' }
const READ_OUT: Derivation = { kind: 'unsure', reason: 'read-out' }
const PICKED: Derivation = { kind: 'unsure', reason: 'picked' }
const ERROR: Derivation = { kind: 'unsure', reason: 'error' }
const UNPROVEN: Derivation = { kind: 'unsure', reason: 'unproven' }
const WRITE: Derivation = { kind: 'unsure', reason: 'write' }
const MECHANICAL: Derivation = { kind: 'mechanical', reason: 'mechanical' }

interface Sources {
  /** Per leaf that a result gave: the first result that did. */
  readonly matches: readonly Match[]
  /** Bits of leaves that a result holds, but more likely by chance than as their source. */
  readonly unexplainedBits: number
}

const NO_SOURCES: Sources = { matches: [], unexplainedBits: 0 }

function sourcesOf(trace: CallTrace | undefined): Sources {
  if (trace === undefined) return NO_SOURCES
  let found: Match[] | undefined
  let unexplainedBits = 0
  for (const { origin, bits, matches } of trace.leaves) {
    const first = matches.find((match) => match.rival !== 'result' && matchProbability(match) >= REPORTED_FROM)
    if (first === undefined) {
      if (origin === 'result') unexplainedBits += bits
    } else if (found === undefined) found = [first]
    else found.push(first)
  }
  if (found === undefined && unexplainedBits === 0) return NO_SOURCES
  return { matches: found ?? NO_SOURCES.matches, unexplainedBits }
}

/** A whole leaf of the result, or a part of one that holds no words: an id in a URL or a path. */
function isCopied(run: Run, match: Match): boolean {
  if (match.kind !== 'substring') return match.kind === 'exact'
  const holder = valueAt(run.calls[match.from]?.result, keysOf(match.hit.path))
  return typeof holder === 'string' && !/\s/.test(holder)
}

/** Places of one result that are alike but for the indices in them, and which of those one tool was given. */
interface Offer {
  readonly from: number
  readonly path: PathNode | null
  readonly taken: Set<string>
  /** How many there are, once it was asked. */
  offered: number
}

/** Per call: whether one of its values is one of several that its result holds side by side, of which its tool was not given all. */
function picksOf(run: Run, sources: readonly Sources[]): (c: number) => boolean {
  const offers: Offer[] = []
  const numberOf = offerNumbers()
  const offersTo = mapped(run.calls, ({ tool }, c): readonly Offer[] => {
    let own: Offer[] | undefined
    for (const { from, hit } of sources[c]!.matches) {
      if (!isInList(hit.path)) continue
      const number = numberOf(from, tool, hit.path)
      offers[number] ??= { from, path: hit.path, taken: new Set(), offered: -1 }
      const offer = offers[number]
      offer.taken.add(pathText(hit.path))
      if (own === undefined) own = [offer]
      else own.push(offer)
    }
    return own ?? NO_OFFERS
  })
  return (c) =>
    offersTo[c]!.some((offer) => {
      if (offer.offered < 0) offer.offered = countLike(run.calls[offer.from]?.result, keysOf(offer.path))
      return offer.taken.size < offer.offered
    })
}

const NO_OFFERS: readonly Offer[] = []

/** One number for each result, tool, and way through names and lists, whatever the indices. Counted from 0. */
function offerNumbers(): (from: number, tool: string, path: PathNode | null) => number {
  const names = new Map<string, number>()
  const nameNumber = (name: string): number => {
    const number = names.get(name) ?? names.size + 1
    names.set(name, number)
    return number
  }
  /** Rows have numbers: by the row before their last element, and that, which for an index in a list is 0. */
  const rows = new IntPairMap()
  const offers = new IntPairMap()
  return (from, tool, path) => {
    let row = rowAfter(rows, 0, nameNumber(tool))
    for (let node = path; node !== null; node = node.parent) {
      row = rowAfter(rows, row, typeof node.key === 'number' ? 0 : nameNumber(node.key))
    }
    return rowAfter(offers, row, from) - 1
  }
}

function isInList(path: PathNode | null): boolean {
  for (let node = path; node !== null; node = node.parent) if (typeof node.key === 'number') return true
  return false
}

/** How many values a result holds at this path, whatever the indices in it. */
function countLike(value: Json | undefined, keys: readonly (string | number)[]): number {
  let level: (Json | undefined)[] = [value]
  for (const key of keys) {
    const below: Json[] = []
    for (const at of level) {
      const opened = opens(at)
      if (typeof key !== 'number') {
        const child = childOf(opened, key)
        if (child !== undefined) below.push(child)
      } else if (Array.isArray(opened)) for (const child of opened) below.push(child)
    }
    level = below
  }
  return level.length
}
