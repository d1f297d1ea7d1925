// How long this run's model takes per output token: the price of a turn that takes over another turn's calls.

import type { Run } from '../model/run.ts'

/** 15 ms a token (about 65 tokens a second), a usual speed of hosted models; used when the run says too little. */
export const DEFAULT_MS_PER_TOKEN = 15
/** Outside this range a fit measures something else (queueing, caching, a mocked model). */
const PLAUSIBLE_MS_PER_TOKEN = { min: 0, max: 200 }
/** Pairwise slopes are taken over at most this many turns, evenly spread: the cost is quadratic. */
const MAX_TURNS = 64

export interface DecodeSpeed {
  readonly msPerToken: number
  readonly from: 'fit' | 'default'
}

/**
 * Theil-Sen estimate (median of pairwise slopes) of model time over output tokens, robust against a few slow turns.
 * Needs three turns with known, different token counts; else the stated default, which is no slower than the run's own
 * turns can have been: 20 tokens in a turn of 100 ms took at most 5 ms each.
 */
export function decodeSpeed(run: Run, turnMs: readonly number[]): DecodeSpeed {
  const known = run.turns.flatMap((turn, t) =>
    turn.outputTokens === null ? [] : [{ tokens: turn.outputTokens, ms: turnMs[t]! }],
  )
  const stride = Math.max(1, Math.ceil(known.length / MAX_TURNS))
  const points = known.filter((_, i) => i % stride === 0)
  const slopes: number[] = []
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      const tokens = points[j]!.tokens - points[i]!.tokens
      if (tokens !== 0) slopes.push((points[j]!.ms - points[i]!.ms) / tokens)
    }
  }
  const fitted = slopes.length < 2 ? null : median(slopes)
  if (fitted !== null && fitted >= PLAUSIBLE_MS_PER_TOKEN.min && fitted <= PLAUSIBLE_MS_PER_TOKEN.max) {
    return { msPerToken: fitted, from: 'fit' }
  }
  const wholeTurns = points.flatMap(({ tokens, ms }) => (tokens > 0 ? [ms / tokens] : []))
  return { msPerToken: Math.min(DEFAULT_MS_PER_TOKEN, median(wholeTurns) ?? DEFAULT_MS_PER_TOKEN), from: 'default' }
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
