import type { SpanRecord } from '../model/record.ts'
import type { SpanId } from '../model/span.ts'
import { endOf, startOf } from './time.ts'
import { NO_NODE, type TraceTree } from './trace-tree.ts'

export interface PersonWait {
  readonly start: bigint
  readonly end: bigint
}

/** By the span id of the agent or tool that a wait is directly inside of, or null for those inside of neither. */
export type PersonWaits = ReadonlyMap<SpanId | null, readonly PersonWait[]>

/** The stretches that spans of their own say a person was waited for, such as an approval. */
export function personWaits(tree: TraceTree): PersonWaits {
  const waits = new Map<SpanId | null, PersonWait[]>()
  if (!tree.records.some(isWait)) return waits
  const scope: number[] = []
  for (const i of tree.order) {
    const parent = tree.parent[i]!
    const above = parent === NO_NODE ? undefined : tree.records[parent]!.kind
    scope[i] = parent === NO_NODE || above === 'agent' || above === 'tool' ? parent : scope[parent]!
    const record = tree.records[i]!
    if (!isWait(record)) continue
    const id = scope[i] === NO_NODE ? null : tree.records[scope[i]!]!.span.spanId
    const wait = { start: startOf(record.span), end: endOf(record.span) }
    const others = waits.get(id)
    if (others) others.push(wait)
    else waits.set(id, [wait])
  }
  return waits
}

const isWait = (record: SpanRecord): boolean => record.kind === 'group' && record.part === 'wait'
