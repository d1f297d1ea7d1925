// What a turn of this run's model is made of: time to the first token, then so much per output token. The price of a turn
// that takes over another turn's calls.

import { assert } from '../base/assert.ts'
import { median } from '../base/median.ts'
import { float64Zeros } from '../base/zeros.ts'
import type { Run } from '../model/run.ts'

/** 15 ms a token (about 65 tokens a second), a usual speed of hosted models; used when the run says too little. */
export const DEFAULT_MS_PER_TOKEN = 15
/** Outside this range a fit measures something else (queueing, caching, a mocked model). */
const PLAUSIBLE_MS_PER_TOKEN = { min: 0, max: 200 }
/** Pairwise slopes are taken over at most this many turns, evenly spread: the cost is quadratic. */
const MAX_TURNS = 64

/** Latency of one model's turns, in ms. */
export interface ModelTime {
  readonly model: string | null
  readonly firstTokenMs: number
  readonly msPerToken: number
  readonly from: 'fit' | 'default'
}

/**
 * Per model of the run, in order of first use: Theil-Sen estimate (median of pairwise slopes, then median of what each turn
 * took beyond its tokens), robust against a few slow turns. Slopes are weighted by the tokens between their two turns
 * (Sievers 1978): turns that ask for one small call each differ by a token or two, and a millisecond of noise is a whole
 * millisecond per token there. Needs three turns with known, different token counts; else
 * the stated default. Neither is slower than the run's own turns can have been: 20 tokens in a turn of 100 ms took at
 * most 5 ms each.
 */
export function modelLatency(run: Run, turnMs: Float64Array): ModelTime[] {
  const pointsOf = new Map<string | null, Point[]>()
  run.turns.forEach(({ model, outputTokens }, t) => {
    const points = pointsOf.get(model) ?? []
    pointsOf.set(model, points)
    if (outputTokens !== null) points.push({ tokens: outputTokens, ms: turnMs[t]! })
  })
  return [...pointsOf].map(([model, points]) => ({ model, ...fitted(points) }))
}

export function modelTimeOf(latency: readonly ModelTime[], model: string | null): ModelTime {
  const known = latency.find((time) => time.model === model)
  return known ?? { model, firstTokenMs: 0, msPerToken: DEFAULT_MS_PER_TOKEN, from: 'default' }
}

interface Point {
  readonly tokens: number
  readonly ms: number
}

function fitted(known: readonly Point[]): Omit<ModelTime, 'model'> {
  const stride = Math.max(1, Math.ceil(known.length / MAX_TURNS))
  const points = known.filter((_, i) => i % stride === 0)
  const most = (points.length * (points.length - 1)) / 2
  const slopes = float64Zeros(most)
  const weights = float64Zeros(most)
  let count = 0
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      const tokens = points[j]!.tokens - points[i]!.tokens
      if (tokens === 0) continue
      slopes[count] = (points[j]!.ms - points[i]!.ms) / tokens
      weights[count++] = Math.abs(tokens)
    }
  }
  const slope = count < 2 ? null : weightedMedian(slopes, weights, count)
  // No time to the first token is less than nothing.
  const atMost = median(points.flatMap(({ tokens, ms }) => (tokens > 0 ? [ms / tokens] : []))) ?? DEFAULT_MS_PER_TOKEN
  if (slope !== null && slope >= PLAUSIBLE_MS_PER_TOKEN.min && slope <= PLAUSIBLE_MS_PER_TOKEN.max) {
    const msPerToken = Math.min(slope, atMost)
    return { firstTokenMs: restOf(points, msPerToken), msPerToken, from: 'fit' }
  }
  const msPerToken = Math.min(DEFAULT_MS_PER_TOKEN, atMost)
  return { firstTokenMs: restOf(points, msPerToken), msPerToken, from: 'default' }
}

/** Median of what is left of each turn without its tokens. */
function restOf(points: readonly Point[], msPerToken: number): number {
  return Math.max(0, median(points.map(({ tokens, ms }) => ms - tokens * msPerToken)) ?? 0)
}

/**
 * The least value with half of the weight at or below it, or midway to the next where that half is exact. Values 1, 2, 9 of
 * weights 1, 1, 4: 9. By Hoare's quickselect, on weights: the part of the values that cannot hold it is left alone, so this
 * takes time in proportion to their number and not to that of sorting them. Reorders both.
 * @param count how many of the values count; at least 1. Weights are above 0, and their sums exact: whole numbers.
 */
function weightedMedian(values: Float64Array, weights: Float64Array, count: number): number {
  assert(count > 0, 'a weighted median needs at least one value')
  let total = 0
  for (let at = 0; at < count; at++) total += weights[at]!
  const half = total / 2
  // Invariant: all before `low` are at most, and all from `high` on at least, what stands between; `below` is the weight before `low`.
  let low = 0
  let high = count
  let below = 0
  for (;;) {
    const pivot = values[(low + high) >> 1]!
    let smaller = low
    let larger = high
    let smallerWeight = 0
    let sameWeight = 0
    for (let at = low; at < larger; ) {
      const value = values[at]!
      if (value < pivot) {
        smallerWeight += weights[at]!
        swap(values, weights, at++, smaller++)
      } else if (value > pivot) swap(values, weights, at, --larger)
      else sameWeight += weights[at++]!
    }
    if (smaller > low && below + smallerWeight >= half) high = smaller
    else if (below + smallerWeight + sameWeight > half) return pivot
    else if (below + smallerWeight + sameWeight === half) return (pivot + leastFrom(values, larger, count)) / 2
    else {
      below += smallerWeight + sameWeight
      low = larger
    }
  }
}

function swap(values: Float64Array, weights: Float64Array, a: number, b: number): void {
  const [value, weight] = [values[a]!, weights[a]!]
  values[a] = values[b]!
  weights[a] = weights[b]!
  values[b] = value
  weights[b] = weight
}

function leastFrom(values: Float64Array, from: number, count: number): number {
  let least = values[from]!
  for (let at = from + 1; at < count; at++) least = Math.min(least, values[at]!)
  return least
}
