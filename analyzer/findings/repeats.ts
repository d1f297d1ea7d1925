// The same small waterfall again and again, as in a loop: no place of it is worth saying by itself, all of them together are.

import type { Rung } from '../model/options.ts'
import type { Finding } from '../model/report.ts'
import { windowsOf } from '../schedule/window.ts'
import { type FindingContext, worthSaying } from './rule.ts'
import { turnsOf } from './words.ts'

/** Of one rule in one run; those that may save most are looked at. */
const MAX_PATTERNS = 20

/** Of one pattern, places whose savings are worked out one by one. Chosen: some milliseconds at most. */
const MAX_APART = 64

/** Calls that a rule has something to say of. */
export interface Place {
  /** Ascending. */
  readonly calls: readonly number[]
  /** Places of one kind are told in one sentence. */
  readonly kind: string
  /** Changing them saves no more than this, in ms. */
  readonly mostMs: number
}

/** Of calls that no turn asked for. */
const NOWHERE = { first: -1, last: -1 }

/**
 * What a rule says of these places: of each that is worth saying by itself, and of those of a kind that only are together.
 * @param findingOf what is said of one place, or of several of a kind; null if that is not worth saying.
 */
export function findingsOfPlaces<P extends Place>(
  context: FindingContext,
  places: readonly P[],
  findingOf: (places: readonly P[]) => Finding | null,
): Finding[] {
  const findings: Finding[] = []
  const small: P[] = []
  for (const place of places) {
    const finding = worthSaying(place.mostMs, context) ? findingOf([place]) : null
    if (finding === null) small.push(place)
    else findings.push(finding)
  }
  for (const alike of repeated(context, small)) {
    const finding = findingOf(alike)
    if (finding !== null) findings.push(finding)
  }
  return findings
}

/** The places of each kind that comes again and may be worth saying in all, the kinds that may save most first. */
function repeated<P extends Place>(context: FindingContext, places: readonly P[]): P[][] {
  const kinds = new Map<string, { readonly places: P[]; mostMs: number }>()
  for (const place of places) {
    const known = kinds.get(place.kind)
    if (known === undefined) kinds.set(place.kind, { places: [place], mostMs: place.mostMs })
    else {
      known.places.push(place)
      known.mostMs += place.mostMs
    }
  }
  return [...kinds.values()]
    .filter((kind) => kind.places.length > 1 && worthSaying(kind.mostMs, context))
    .sort((a, b) => b.mostMs - a.mostMs)
    .slice(0, MAX_PATTERNS)
    .map((kind) => kind.places)
}

/** What changing some places saves. */
export interface Saving {
  readonly lowMs: number
  readonly highMs: () => number
  readonly tokens: () => number
}

export interface Saved<P> {
  /** In run order. A place that is asked about alone is always there; of several, those that save something. */
  readonly places: readonly P[]
  readonly lowMs: number
  readonly highMs: number
  readonly tokens: number
}

/**
 * What changing all these places saves, each within its own window of the run. Of very many it is asked at once, and only what
 * is sure: in the best case they would also join one another. Of several no more than the rung saves: parts of a plan that are
 * better than the whole plan are left to it.
 * @param counts which saving a place of several must have.
 */
export function savedIn<P extends Pick<Place, 'calls'>>(
  context: FindingContext,
  places: readonly P[],
  rung: Rung,
  counts: 'lowMs' | 'highMs',
  savingOf: (together: readonly P[]) => Saving,
): Saved<P> {
  const kept: P[] = []
  let lowMs = 0
  let highMs = 0
  let tokens = 0
  const many = places.length > MAX_APART
  for (const together of many ? [places] : apart(context, places)) {
    const saving = savingOf(together)
    const own = { lowMs: saving.lowMs, highMs: many ? saving.lowMs : saving.highMs() }
    if (places.length > 1 && own[counts] <= 0) continue
    lowMs += own.lowMs
    highMs += own.highMs
    // Now: what a saving was worked out from is large.
    tokens += saving.tokens()
    for (const place of together) kept.push(place)
  }
  if (places.length > 1) {
    const { actual, [rung]: ofRung } = context.schedules
    lowMs = Math.min(lowMs, actual.durationMs - ofRung.low.durationMs)
    highMs = Math.min(highMs, actual.durationMs - ofRung.high.durationMs)
  }
  return { places: kept, lowMs, highMs, tokens }
}

/**
 * Places by the windows of the run (see schedule/window.ts) that they are in: what is changed in one moves the others as a
 * whole, so what the groups save can be added up. Places that share a window are one group.
 */
function apart<P extends Pick<Place, 'calls'>>(
  { run, schedules }: FindingContext,
  places: readonly P[],
): (readonly P[])[] {
  if (places.length === 1) return [places]
  const windowOf = windowsOf(run, schedules.observed.joins)
  const placed = places.map((place) => {
    const turns = turnsOf(run, place.calls)
    return { place, window: turns === null ? NOWHERE : windowOf(turns.first, turns.last) }
  })
  placed.sort((a, b) => a.window.first - b.window.first || a.window.last - b.window.last)
  const groups: P[][] = []
  let until = Number.NEGATIVE_INFINITY
  for (const { place, window } of placed) {
    if (window.first > until) groups.push([place])
    else groups.at(-1)!.push(place)
    until = Math.max(until, window.last)
  }
  return groups
}

/** The calls of places that share none, in run order. */
export function inRunOrder(groups: readonly (readonly number[])[]): readonly number[] {
  if (groups.length === 1) return groups[0]!
  const calls: number[] = []
  let ascend = true
  for (const group of groups) {
    for (const call of group) {
      ascend &&= calls.length === 0 || call > calls[calls.length - 1]!
      calls.push(call)
    }
  }
  return ascend ? calls : calls.sort((a, b) => a - b)
}
