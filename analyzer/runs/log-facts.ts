// Which trace each log record of a coding agent belongs to.

import { type Extent, nearestExtent } from '../base/nearest-extent.ts'
import { sessionOf } from '../conventions/fact-fields.ts'
import { factOf, logsInSpan } from '../conventions/log-table.ts'
import type { LogRecord } from '../model/log.ts'
import type { LogFact } from '../model/log-fact.ts'
import type { SpanRecord } from '../model/record.ts'
import type { TraceId } from '../model/span.ts'
import { joinFacts } from './join-facts.ts'
import { traceIdOfSession } from './synthetic-spans.ts'
import { endOf, maxOf, minOf, startOf } from './time.ts'

interface TraceExtent extends Extent {
  readonly traceId: TraceId
}

/**
 * `traces` with what `logs` tell, and events of spans that are such records: records go to the trace that they name, else to a trace of the same conversation at the
 * time, else conversations without a trace become one each.
 */
export function withLogFacts(
  traces: ReadonlyMap<TraceId, readonly SpanRecord[]>,
  logs: readonly LogRecord[],
): ReadonlyMap<TraceId, readonly SpanRecord[]> {
  const told: LogRecord[] = []
  for (const records of traces.values()) {
    for (const { span } of records) if (span.events.length > 0) for (const log of logsInSpan(span)) told.push(log)
  }
  const facts = [...logs, ...told].flatMap((log) => factOf(log) ?? [])
  if (facts.length === 0) return traces
  const conversations = extentsBySession(traces)
  const buckets = new Map<string, { traceId: TraceId; facts: LogFact[] }>()
  for (const fact of facts) {
    const traceId = traceOf(fact, traces, conversations)
    const key = `${traceId} ${fact.session}`
    const bucket = buckets.get(key) ?? { traceId, facts: [] }
    buckets.set(key, bucket)
    bucket.facts.push(fact)
  }
  const joined = new Map(traces)
  for (const { traceId, facts: own } of buckets.values()) {
    joined.set(traceId, joinFacts(traceId, joined.get(traceId) ?? [], own))
  }
  return joined
}

function traceOf(
  fact: LogFact,
  traces: ReadonlyMap<TraceId, readonly SpanRecord[]>,
  conversations: ReadonlyMap<string, readonly TraceExtent[]>,
): TraceId {
  if (fact.traceId !== null && traces.has(fact.traceId)) return fact.traceId
  const near = fact.session === '' ? undefined : nearestExtent(conversations.get(fact.session) ?? [], fact.at)
  return near?.traceId ?? traceIdOfSession(fact.convention, fact.session)
}

/** Per conversation: when each of its traces was, in order of start. */
function extentsBySession(traces: ReadonlyMap<TraceId, readonly SpanRecord[]>): Map<string, TraceExtent[]> {
  const conversations = new Map<string, TraceExtent[]>()
  for (const [traceId, records] of traces) {
    const sessions = new Set(records.map(({ span }) => sessionOf(span)))
    sessions.delete('')
    if (sessions.size === 0) continue
    const start = records.map(({ span }) => startOf(span)).reduce(minOf)
    const end = records.map(({ span }) => endOf(span)).reduce(maxOf)
    for (const session of sessions) {
      const extents = conversations.get(session)
      if (extents) extents.push({ traceId, start, end })
      else conversations.set(session, [{ traceId, start, end }])
    }
  }
  for (const extents of conversations.values()) {
    extents.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.traceId < b.traceId ? -1 : 1))
  }
  return conversations
}
