// A result that is one number, alone or under one name, is worked out to be used, and mostly once. Where several results are the same number, or the prompt names
// it too, the one that nobody has used yet is the likeliest source.
//
//   c0 = 12 * 10 = 120    c1 = 8 * 15 = 120    c2 = 120 * 8 = 960 (takes c0)    c3 = 960 / 120 takes c2 and c1

import { remembered } from '../base/remembered.ts'
import type { Json } from '../model/json.ts'
import type { Run } from '../model/run.ts'
import { parseNested } from './nested-json.ts'

export interface UnusedResults {
  /** The result of call `call` is a bare number that no call has taken so far. */
  has(call: number): boolean
  isBare(call: number): boolean
  /** From now on it is taken: another leaf of the same value, in this call too, has to look elsewhere. */
  take(call: number): void
}

export function unusedResults(run: Run): UnusedResults {
  // Most results are asked about never.
  const isBare = remembered((call: number) => isNumber(onlyOf(run.calls[call]?.result)))
  const taken = new Set<number>()
  return {
    has: (call) => isBare(call) && !taken.has(call),
    isBare,
    take: (call) => void taken.add(call),
  }
}

/** A longer text holds more than a number. Units: UTF-16 code units. */
const MAX_TEXT = 200

/** `{"total": 120}` is 120, however deep. */
function onlyOf(result: Json | undefined): Json | undefined {
  let value = result
  for (;;) {
    const isShort = typeof value === 'string' && value.length < MAX_TEXT
    const inner: Json | undefined = isShort ? (parseNested(value as string) ?? value) : value
    if (inner === null || typeof inner !== 'object') return inner
    const keys = Array.isArray(inner) && inner.length > 1 ? [] : Object.keys(inner)
    if (keys.length !== 1) return undefined
    value = (inner as Readonly<Record<string, Json>>)[keys[0] as string]
  }
}

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' ||
  (typeof value === 'string' && value.length < 40 && /^\s*-?[\d,]+(\.\d+)?\s*$/.test(value))
