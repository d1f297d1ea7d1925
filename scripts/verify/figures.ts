// What the measurements come to, and what is demanded of them.

import type { Measured } from './measure.ts'

export interface Errors {
  readonly median: number
  readonly p90: number
  readonly max: number
}

/** Shares in [0, 1]. */
export const BOUNDS = { median: 0.03, p90: 0.08, promise: 0.01, replay: 0.01 } as const

/** By how much the achievable duration (low) is off the measured one, as a share of the latter; negative is too short. */
export const errorOf = ({ lowMs, fixedMs }: Measured): number => (lowMs - fixedMs) / fixedMs

/** What the run as found is promised to save, as a share of its duration. */
export const promiseOf = ({ foundMs, lowMs }: Measured): number => (foundMs - lowMs) / foundMs

/** Of the absolute values: the median, the 90th percentile by nearest rank, and the maximum. Throws when there are none. */
export function errorsOf(signed: readonly number[]): Errors {
  if (signed.length === 0) throw new Error('There is no case to take the errors of.')
  const sorted = signed.map(Math.abs).sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, p90: sorted[Math.ceil(0.9 * sorted.length) - 1]!, max: sorted.at(-1)! }
}

/** A sentence for each demand that is not met. */
export function shortfalls(measured: readonly Measured[], captureReplayError: number): string[] {
  const { median, p90 } = errorsOf(measured.map(errorOf))
  const sentences: string[] = []
  const demand = (what: string, share: number, bound: number) => {
    if (share > bound) sentences.push(`${what} is ${percent(share)}, more than ${percent(bound)}.`)
  }
  demand('The median error', median, BOUNDS.median)
  demand("The errors' p90", p90, BOUNDS.p90)
  for (const each of measured) {
    const name = `${each.case.name}, ${each.case.framework}:`
    if (each.case.inOrder) demand(`${name} the promised saving`, promiseOf(each), BOUNDS.promise)
    demand(`${name} the replay error`, each.replayError, BOUNDS.replay)
    const { planned, fixed } = each.turns
    if (planned !== fixed)
      sentences.push(`${name} the achievable schedule has ${planned} turns, and the fixed run ${fixed}.`)
  }
  demand('The replay error of the captures', captureReplayError, BOUNDS.replay)
  return sentences
}

/** One decimal; what rounds to nothing has no sign. */
export const percent = (share: number): string => `${(100 * share).toFixed(1).replace(/^-(?=0\.0$)/, '')} %`
