// Whether code could have written a call's arguments: verbatim from a result, a number in another form, an id cut out of a
// URL (see code-way.ts), every element of a list one by one. Not: one of several that were offered, something read out of a text, something
// put in other words. Whoever takes a turn of the model out of a run relies on this, so doubt is said.

import { IntPairMap, rowAfter } from '../base/int-pair-map.ts'
import { mapped } from '../base/mapped.ts'
import { IntList } from '../base/typed-lists.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Derivation, Effect } from '../model/dependency.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { AUTHORED_BITS, type Authored } from './authored.ts'
import { codeValueAt, codeWay, parsed } from './code-way.ts'
import type { LeafTrace, Match } from './look.ts'
import { matchProbability } from './match-weights.ts'
import { type PathNode, pathText } from './path-node.ts'
import type { Provenance } from './provenance.ts'
import { type Suspects, sumsOf } from './suspects.ts'
import { childOf, keysOf, opens } from './value-at.ts'
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
  const picks = picksOf(run, provenance)
  const sums = sumsOf(run.calls)
  const fromOf = new IntList()
  const isCopied = copies(run)
  return mapped(run.calls, (call, c): Derivation => {
    const trace = provenance.calls[c]
    const kind = effects[c]?.effect.kind ?? 'unknown'
    if (kind === 'session') return SESSION
    if (trace === undefined || call.truncated) return NOT_CAPTURED
    // Bits of leaves that a result holds, but more likely by chance than as their source.
    let unexplainedBits = 0
    let isReadOut = false
    fromOf.clear()
    for (const leaf of trace.leaves) {
      const source = sourceOf(leaf)
      if (source !== undefined) {
        fromOf.push(source.from)
        isReadOut ||= !isCopied(c, leaf, source)
      } else if (leaf.origin === 'result') unexplainedBits += leaf.bits
    }
    if (authored[c]!.bits + unexplainedBits >= AUTHORED_BITS) return MADE_UP
    if (isReadOut) return READ_OUT
    if (picks(c)) return PICKED
    // The value may be copied, and yet the call was only made because of what stood beside it.
    for (let at = 0; at < fromOf.size; at++) if (failed[fromOf.items[at]!]) return ERROR
    for (let at = 0; at < fromOf.size && !sums[c]; at++) {
      if (branch.of(fromOf.items[at]!, c) === 'about') return UNPROVEN
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

/** The first result that gave a leaf, if one did. */
function sourceOf({ matches }: LeafTrace): Match | undefined {
  for (const match of matches) if (match.rival !== 'result' && matchProbability(match) >= REPORTED_FROM) return match
  return undefined
}

/** Whether there is a way by code from where the result holds it to where the call's arguments have it. */
function copies({ calls }: Run): (call: number, leaf: LeafTrace, match: Match) => boolean {
  /** Results that hold much JSON in one text are asked for each value of it. */
  const known = new Map<string, Json | undefined>()
  const parse = (text: string): Json | undefined => {
    if (!known.has(text)) known.set(text, parsed(text))
    return known.get(text)
  }
  return (call, { leaf }, { kind, from, hit }) => {
    if (kind !== 'exact' && kind !== 'substring') return false
    const to = codeValueAt(calls[call]!.arguments, keysOf(leaf.path), parse)
    const source = codeValueAt(calls[from]?.result, keysOf(hit.path), parse)
    return to !== null && source !== null && codeWay(source.value, to.value) !== undefined
  }
}

/** Places of one result that are alike but for the indices in them, and which of those one tool was given. */
interface Offer {
  readonly from: number
  /** The first place that was taken, and how many were, each once. */
  readonly path: PathNode | null
  taken: number
  /** The places in words; of one there is no need. */
  words: Set<string> | undefined
  /** How many there are, once it was asked. */
  offered: number
}

/** Per call: whether one of its values is one of several that its result holds side by side, of which its tool was not given all. */
function picksOf(run: Run, provenance: Provenance): (c: number) => boolean {
  const offers: Offer[] = []
  const numberOf = offerNumbers()
  /** Offers of one call after the other; those of call c stand from `start[c]` to before `start[c + 1]`. */
  const taken = new IntList()
  const start = int32Zeros(run.calls.length + 1)
  for (let c = 0; c < run.calls.length; c++) {
    for (const leaf of provenance.calls[c]?.leaves ?? NO_LEAVES) {
      const source = sourceOf(leaf)
      if (source === undefined || !isInList(source.hit.path)) continue
      const { from, hit } = source
      const number = numberOf(from, run.calls[c]!.tool, hit.path)
      const offer = offers[number]
      if (offer === undefined) offers[number] = { from, path: hit.path, taken: 1, words: undefined, offered: -1 }
      else take(offer, hit.path)
      taken.push(number)
    }
    start[c + 1] = taken.size
  }
  return (c) => {
    for (let at = start[c]!; at < start[c + 1]!; at++) {
      const offer = offers[taken.items[at]!]!
      if (offer.offered < 0) offer.offered = countLike(run.calls[offer.from]?.result, keysOf(offer.path))
      if (offer.taken < offer.offered) return true
    }
    return false
  }
}

function take(offer: Offer, path: PathNode | null): void {
  if (path === offer.path) return
  offer.words ??= new Set([pathText(offer.path)])
  offer.words.add(pathText(path))
  offer.taken = offer.words.size
}

const NO_LEAVES: readonly LeafTrace[] = []

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
