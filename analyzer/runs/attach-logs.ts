import { eventOfLog, timeOfLog } from '../conventions/log-event.ts'
import { isAgentsOwn } from '../conventions/log-table.ts'
import type { LogRecord } from '../model/log.ts'
import type { Span } from '../model/span.ts'
import { keyOf } from './deduplicate.ts'

/**
 * `spans` with the log records that name one of them as events of it, after its own events and in order of time; records
 * of one time keep the order in which they are given, which is that of a chat's history where clocks are coarse. Those in
 * a coding agent's own words are left to `withLogFacts`.
 */
export function attachLogs(spans: readonly Span[], logs: readonly LogRecord[]): readonly Span[] {
  const ofSpan = new Map<string, LogRecord[]>()
  for (const log of logs) {
    if (log.traceId === null || log.spanId === null || isAgentsOwn(log)) continue
    const key = keyOf(log.traceId, log.spanId)
    const others = ofSpan.get(key)
    if (others) others.push(log)
    else ofSpan.set(key, [log])
  }
  if (ofSpan.size === 0) return spans
  return spans.map((span) => {
    const own = ofSpan.get(keyOf(span.traceId, span.spanId))
    return own ? { ...span, events: [...span.events, ...inOrder(own).map(eventOfLog)] } : span
  })
}

/** By the source's time, then by the time of observation, which is finer in some SDKs. */
const inOrder = (logs: readonly LogRecord[]): LogRecord[] =>
  [...logs].sort((a, b) => {
    const difference = timeOfLog(a) - timeOfLog(b) || a.observedTimeUnixNano - b.observedTimeUnixNano
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  })
