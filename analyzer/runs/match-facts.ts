// Which span tells of the same thing as a log record: by id, else by name and time.

import type { ModelFact, ToolFact } from '../model/log-fact.ts'
import type { SpanRecord } from '../model/record.ts'
import type { Timed } from './fact-timeline.ts'
import { endOf } from './time.ts'

/** How far apart a span's end and the record of it may be: clocks of one machine, and a busy event loop. */
const NEAR_NS = 1_000_000_000n

/** Per tool fact: the index of the tool record that it tells of, or -1. */
export function matchTools(records: readonly SpanRecord[], facts: readonly ToolFact[]): number[] {
  const byId = new Map<string, number>()
  const byName = new Map<string, number[]>()
  records.forEach((record, i) => {
    if (record.kind !== 'tool') return
    if (record.callId !== null) byId.set(record.callId, i)
    byName.set(record.tool, [...(byName.get(record.tool) ?? []), i])
  })
  const taken = new Set<number>()
  const nearest = new Map([...byName].map(([name, indices]) => [name, createNearest(records, indices, taken)]))
  return facts.map((fact) => {
    if (fact.callId !== null) return byId.get(fact.callId) ?? -1
    return nearest.get(fact.tool)?.(fact.at) ?? -1
  })
}

/** Per model fact: the index of the model record that it tells of, or -1. */
export function matchModels(records: readonly SpanRecord[], facts: readonly (ModelFact & Timed)[]): number[] {
  const byId = new Map<string, number>()
  const indices: number[] = []
  records.forEach((record, i) => {
    if (record.kind !== 'model') return
    indices.push(i)
    const id = requestIdOf(record)
    if (id !== null) byId.set(id, i)
  })
  const found = facts.map((fact) => (fact.requestId === null ? undefined : byId.get(fact.requestId)))
  const taken = new Set(found.filter((i) => i !== undefined))
  const isUnnamed = (i: number) => requestIdOf(records[i]!) === null
  const nearest = createNearest(records, indices, taken)
  // Two ids that differ are two calls.
  const nearestUnnamed = createNearest(records, indices.filter(isUnnamed), taken)
  return facts.map((fact, f) => {
    if (found[f] !== undefined) return found[f]
    return (fact.requestId === null ? nearest(fact.end) : nearestUnnamed(fact.end)) ?? -1
  })
}

export function requestIdOf({ span }: SpanRecord): string | null {
  const id = span.attributes.get('gen_ai.response.id') ?? span.attributes.get('request_id')
  return typeof id === 'string' && id !== '' ? id : null
}

/** Takes the record that ended nearest to a time, each at most once: what is in `taken` is not found again. */
function createNearest(
  records: readonly SpanRecord[],
  indices: readonly number[],
  taken: Set<number>,
): (time: bigint) => number | undefined {
  const end = (i: number) => endOf(records[i]!.span)
  const sorted = [...indices].sort((a, b) => (end(a) < end(b) ? -1 : end(a) > end(b) ? 1 : a - b))
  return (time) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (end(sorted[middle]!) < time - NEAR_NS) low = middle + 1
      else high = middle
    }
    let best: number | undefined
    let bestNs = NEAR_NS + 1n
    for (let k = low; k < sorted.length && end(sorted[k]!) <= time + NEAR_NS; k++) {
      const off = end(sorted[k]!) - time
      const distance = off < 0n ? -off : off
      if (taken.has(sorted[k]!) || distance >= bestNs) continue
      best = sorted[k]
      bestNs = distance
    }
    if (best !== undefined) taken.add(best)
    return best
  }
}
