// From labelled matches to what a match is worth: counts for values that were known before, and for all others a logistic
// regression that is pulled back to the weights held before fitting. A pair of calls is judged, as the analyzer does, by the
// best of its matches, so the regression is repeated until the best ones stay the same.

import type { Match } from '../../analyzer/dependencies/look.ts'
import {
  eachFeature,
  KNOWN_BEFORE,
  type Known,
  knownOf,
  WEIGHTS_BEFORE,
  type Weight,
} from '../../analyzer/dependencies/match-weights.ts'
import { groupBy } from './count.ts'
import type { LabelledMatches } from './matches.ts'

/** One episode counts as at most so many pairs, one corpus as at most so many: many alike prove one thing. */
export const MOST_OF_EPISODE = 4
export const MOST_OF_CORPUS = 400
/** For a kind of known value, fewer: what one family of tasks does with numbers is no law. */
export const MOST_KNOWN = 20
/**
 * How far a weight may be off before it was fitted: the standard deviation of the belief. Chosen: with twice as much, small numbers
 * and plain words of long texts count that the tests of `analyzer/dependencies` say must not.
 */
export const DOUBT = 0.25
/** Which match is best hardly changes after the first times. */
const ROUNDS = 5
const STEPS = 12

export interface MatchTable {
  readonly weights: Readonly<Record<Weight, number>>
  /** Per weight: pairs whose best match it bears on. */
  readonly pairs: Readonly<Record<Weight, number>>
  readonly known: Readonly<Record<Known, readonly [needed: number, all: number]>>
}

const WEIGHTS = Object.keys(WEIGHTS_BEFORE) as Weight[]
const INDEX = new Map(WEIGHTS.map((weight, at) => [weight, at]))
const BEFORE: readonly number[] = WEIGHTS.map((weight) => WEIGHTS_BEFORE[weight])

export function matchTableOf(labelled: readonly LabelledMatches[]): MatchTable {
  const unexplained = labelled.flatMap(({ corpus, episode, needed, matches }) => {
    const rows = matches.filter((match) => knownOf(match) === undefined).map(rowOf)
    return rows.length === 0 ? [] : [{ corpus, episode, needed, rows }]
  })
  const weights = fitted(unexplained)
  const named = (values: readonly number[]) =>
    Object.fromEntries(WEIGHTS.map((weight, at) => [weight, values[at]])) as Record<Weight, number>
  const pairs = WEIGHTS.map((_, at) => unexplained.filter(({ rows }) => bestOf(rows, weights)[at] !== 0).length)
  return {
    weights: named(weights.map((weight) => Math.round(weight * 100) / 100)),
    pairs: named(pairs),
    known: knownCounts(labelled),
  }
}

/** Pairs of which all matches are of one kind of known value: what became of the others tells nothing of this kind. */
function knownCounts(labelled: readonly LabelledMatches[]): MatchTable['known'] {
  const kinds = Object.keys(KNOWN_BEFORE) as Known[]
  const rows = kinds.map((kind): [Known, readonly [number, number]] => {
    const pairs = labelled.filter(({ matches }) => matches.every((match) => knownOf(match) === kind))
    let [needed, all] = [0, 0]
    for (const { pair, weight } of weighted(pairs, MOST_KNOWN)) {
      all += weight
      if (pair.needed) needed += weight
    }
    return [kind, [Math.round(needed * 10) / 10, Math.round(all * 10) / 10]]
  })
  return Object.fromEntries(rows) as unknown as MatchTable['known']
}

interface Unexplained {
  readonly corpus: string
  readonly episode: string
  readonly needed: boolean
  /** One row of features per match. */
  readonly rows: readonly (readonly number[])[]
}

function rowOf(match: Match): number[] {
  const row = WEIGHTS.map(() => 0)
  eachFeature(match, (weight, amount) => {
    row[INDEX.get(weight) as number] = amount
  })
  return row
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, k) => sum + value * b[k]!, 0)

function bestOf(rows: readonly (readonly number[])[], weights: readonly number[]): readonly number[] {
  return rows.reduce((best, row) => (dot(row, weights) > dot(best, weights) ? row : best))
}

/** The most probable weights (Newton's method; Gaussian beliefs around the weights held before). */
function fitted(pairs: readonly Unexplained[]): readonly number[] {
  let weights: readonly number[] = BEFORE
  for (let round = 0; round < ROUNDS; round++) {
    const held = weights
    const cases = weighted(pairs).map(({ pair, weight }) => ({
      row: bestOf(pair.rows, held),
      needed: pair.needed,
      weight,
    }))
    for (let step = 0; step < STEPS; step++) {
      const gradient = weights.map((weight, k) => (BEFORE[k]! - weight) / DOUBT ** 2)
      const curvature = weights.map((_, k) => weights.map((_, m) => (k === m ? 1 / DOUBT ** 2 : 0)))
      for (const { row, needed, weight } of cases) {
        const likely = 1 / (1 + Math.exp(-dot(row, weights)))
        const pull = weight * ((needed ? 1 : 0) - likely)
        const bend = weight * likely * (1 - likely)
        row.forEach((value, k) => {
          if (value === 0) return
          gradient[k]! += pull * value
          row.forEach((other, m) => {
            curvature[k]![m]! += bend * value * other
          })
        })
      }
      const change = solved(curvature, gradient)
      weights = weights.map((weight, k) => weight + change[k]!)
    }
  }
  return weights
}

/** Gaussian elimination. The matrix is positive definite, so no pivot is zero. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, k) => [...row, right[k]!])
  const n = rows.length
  for (let k = 0; k < n; k++) {
    for (let m = k + 1; m < n; m++) {
      const factor = rows[m]![k]! / rows[k]![k]!
      for (let c = k; c <= n; c++) rows[m]![c]! -= factor * rows[k]![c]!
    }
  }
  const found = Array.from({ length: n }, () => 0)
  for (let k = n - 1; k >= 0; k--) {
    let rest = rows[k]![n]!
    for (let c = k + 1; c < n; c++) rest -= rows[k]![c]! * found[c]!
    found[k] = rest / rows[k]![k]!
  }
  return found
}

function weighted<T extends { readonly corpus: string; readonly episode: string }>(
  pairs: readonly T[],
  most = MOST_OF_CORPUS,
): { readonly pair: T; readonly weight: number }[] {
  return [...groupBy(pairs, ({ corpus }) => corpus).values()].flatMap((ofCorpus) => {
    const episodes = [...groupBy(ofCorpus, ({ episode }) => episode).values()]
    const counted = episodes.reduce((sum, { length }) => sum + Math.min(length, MOST_OF_EPISODE), 0)
    const share = Math.min(1, most / counted)
    return episodes.flatMap((group) =>
      group.map((pair) => ({ pair, weight: share * Math.min(1, MOST_OF_EPISODE / group.length) })),
    )
  })
}
