// What a turn of this run's model is made of: time to the first token, then so much per output token. The price of a turn
// that takes over another turn's calls.

import { median } from '../base/median.ts'
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
export function modelLatency(run: Run, turnMs: readonly number[]): ModelTime[] {
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
  const slopes: Weighted[] = []
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      const tokens = points[j]!.tokens - points[i]!.tokens
      if (tokens !== 0) slopes.push({ value: (points[j]!.ms - points[i]!.ms) / tokens, weight: Math.abs(tokens) })
    }
  }
  const slope = slopes.length < 2 ? null : weightedMedian(slopes)
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

interface Weighted {
  readonly value: number
  readonly weight: number
}

/**
 * The least value with half of the weight at or below it, or midway to the next where that half is exact. Values 1, 2, 9 of
 * weights 1, 1, 4: 9.
 */
function weightedMedian(entries: readonly Weighted[]): number {
  const sorted = [...entries].sort((a, b) => a.value - b.value)
  let total = 0
  for (const { weight } of sorted) total += weight
  let below = 0
  for (const [at, { value, weight }] of sorted.entries()) {
    below += weight
    if (below * 2 === total) return (value + sorted[at + 1]!.value) / 2
    if (below * 2 > total) return value
  }
  throw new Error('A weighted median needs at least one value of a weight above 0.')
}
