// A bare number is worked out to be used, and mostly once. Where several results are the same number, or the prompt names
// it too, the one that nobody has used yet is the likeliest source.
//
//   c0 = 12 * 10 = 120    c1 = 8 * 15 = 120    c2 = 120 * 8 = 960 (takes c0)    c3 = 960 / 120 takes c2 and c1

import type { Run } from '../model/run.ts'

export interface UnusedResults {
  /** The result of call `call` is a bare number that no call has taken so far. */
  has(call: number): boolean
  isBare(call: number): boolean
  /** From now on it is taken: another leaf of the same value, in this call too, has to look elsewhere. */
  take(call: number): void
}

export function unusedResults(run: Run): UnusedResults {
  const bare = run.calls.map(({ result }) => isNumber(result))
  const taken = new Set<number>()
  return {
    has: (call) => bare[call] === true && !taken.has(call),
    isBare: (call) => bare[call] === true,
    take: (call) => void taken.add(call),
  }
}

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' ||
  (typeof value === 'string' && value.length < 40 && /^\s*-?[\d,]+(\.\d+)?\s*$/.test(value))
