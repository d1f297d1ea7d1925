import { compare } from '../base/compare.ts'
import type { LogRecord } from '../model/log.ts'
import type { Attributes, AttributeValue, Span, SpanId, TraceId } from '../model/span.ts'

export interface Deduplicated {
  readonly spans: readonly Span[]
  /** Spans that had to take another id, by `traceId/spanId` as they have it now; with the id that they came with. */
  readonly renamed: ReadonlyMap<string, SpanId>
}

/**
 * Each span once: exporters send again after a timeout. Copies of one span that differ (an SDK that exports at the start
 * and at the end) leave the most complete one: latest end, then most attributes and events. Spans that share an id and
 * differ in name or start are no copies: the earliest keeps the id, the others take the next free ones. The order of
 * `spans` does not matter.
 */
export function deduplicate(spans: readonly Span[]): Deduplicated {
  if (areUnique(spans)) return { spans, renamed: NOTHING_RENAMED }
  const kept = new Map<string, Map<string, Span>>()
  const clashes = new Map<string, Map<string, Span>>()
  for (const span of spans) {
    const ofTrace = kept.get(span.traceId)
    const other = ofTrace?.get(span.spanId)
    if (ofTrace === undefined) kept.set(span.traceId, new Map([[span.spanId, span]]))
    else if (other === undefined) ofTrace.set(span.spanId, span)
    else if (!isCopy(span, other)) addClash(clashes, span)
    else if (other !== span && moreComplete(span, other)) ofTrace.set(span.spanId, span)
  }
  const renamed = clashes.size === 0 ? NOTHING_RENAMED : resolve(kept, clashes, spans)
  return { spans: [...kept.values()].flatMap((ofTrace) => [...ofTrace.values()]), renamed }
}

/** Whether no two spans have one id, and those of one trace stand together: the rule, and cheaper to find out than to make so. */
function areUnique(spans: readonly Span[]): boolean {
  const traces = new Set<TraceId>()
  let ids = new Set<SpanId>()
  let count = 0
  let traceId: TraceId | null = null
  for (const span of spans) {
    if (span.traceId !== traceId) {
      if (traces.size === traces.add(span.traceId).size) return false
      traceId = span.traceId
      ids = new Set()
      count = 0
    }
    if (ids.add(span.spanId).size !== ++count) return false
  }
  return true
}

const NOTHING_RENAMED: ReadonlyMap<string, SpanId> = new Map()

const isCopy = (a: Span, b: Span): boolean => a.startTimeUnixNano === b.startTimeUnixNano && a.name === b.name

/** Adds to the spans that have the id of a kept one and are no copies of it, each of them once. */
function addClash(clashes: Map<string, Map<string, Span>>, span: Span): void {
  const key = keyOf(span.traceId, span.spanId)
  const others = clashes.get(key) ?? new Map<string, Span>()
  clashes.set(key, others)
  const identity = `${span.startTimeUnixNano} ${span.name}`
  const other = others.get(identity)
  if (other === undefined || (other !== span && moreComplete(span, other))) others.set(identity, span)
}

/** Leaves the earliest of each clash its id and adds the others to `kept` under free ones. */
function resolve(
  kept: ReadonlyMap<string, Map<string, Span>>,
  clashes: ReadonlyMap<string, ReadonlyMap<string, Span>>,
  spans: readonly Span[],
): Map<string, SpanId> {
  const taken = new Set<string>()
  for (const { traceId, spanId, parentSpanId } of spans) {
    taken.add(keyOf(traceId, spanId))
    if (parentSpanId !== null) taken.add(keyOf(traceId, parentSpanId))
  }
  const renamed = new Map<string, SpanId>()
  // In order of id, so that which id is free does not depend on the order of arrival.
  for (const [, others] of [...clashes].sort((a, b) => compare(a[0], b[0]))) {
    const clashing = [...others.values()]
    const { traceId, spanId } = clashing[0]!
    const ofTrace = kept.get(traceId)!
    const [first, ...later] = [ofTrace.get(spanId)!, ...clashing].sort(
      (a, b) => compare(a.startTimeUnixNano, b.startTimeUnixNano) || compare(a.name, b.name),
    )
    ofTrace.set(spanId, first!)
    let last = spanId
    for (const span of later) {
      // On from the last one: a thousand spans under one id would else each try all ids before theirs.
      last = nextFree(traceId, last, taken)
      taken.add(keyOf(traceId, last))
      renamed.set(keyOf(traceId, last), spanId)
      ofTrace.set(last, { ...span, spanId: last })
    }
  }
  return renamed
}

/** Each log record once, in the given order. Records have no id: those that are equal in everything are copies. */
export function uniqueLogs(logs: readonly LogRecord[]): readonly LogRecord[] {
  const seen = new Set<string>()
  return logs.filter((log) => {
    const key = [
      log.timeUnixNano,
      log.observedTimeUnixNano,
      log.traceId,
      log.spanId,
      log.eventName,
      spelledValue(log.body),
      spelledAttributes(log.attributes),
      spelledAttributes(log.resource),
    ].join('\u0000')
    return !seen.has(key) && seen.add(key)
  })
}

export const keyOf = (traceId: string, spanId: string): string => `${traceId}/${spanId}`

/** The next free id after `spanId`, counting up. All zeros is not an id in OpenTelemetry. */
function nextFree(traceId: TraceId, spanId: SpanId, taken: ReadonlySet<string>): SpanId {
  let number = BigInt(`0x${spanId}`)
  for (;;) {
    number = BigInt.asUintN(64, number + 1n) || 1n
    const id = number.toString(16).padStart(16, '0')
    if (!taken.has(keyOf(traceId, id))) return id as SpanId
  }
}

function moreComplete(a: Span, b: Span): boolean {
  if (a.endTimeUnixNano !== b.endTimeUnixNano) return a.endTimeUnixNano > b.endTimeUnixNano
  if (a.attributes.size !== b.attributes.size) return a.attributes.size > b.attributes.size
  if (a.events.length !== b.events.length) return a.events.length > b.events.length
  // Equally complete: any rule will do, as long as it does not depend on which came first.
  return spelled(a) > spelled(b)
}

const spelled = (span: Span): string =>
  [
    span.parentSpanId,
    span.kind,
    span.status.code,
    span.status.message,
    span.scope.name,
    spelledAttributes(span.attributes),
    ...span.events.map((event) => `${event.timeUnixNano}${event.name}${spelledAttributes(event.attributes)}`),
  ].join('\u0000')

const spelledAttributes = (attributes: Attributes): string =>
  [...attributes]
    .map(([key, value]) => `${key}=${spelledValue(value)}`)
    .sort()
    .join('\u0000')

/** Depth is bounded by what OTLP decoders let through. */
function spelledValue(value: AttributeValue): string {
  if (value === null || typeof value !== 'object') return `${typeof value} ${value}`
  if (value instanceof Map) return `{${spelledAttributes(value)}}`
  if (Array.isArray(value)) return `[${value.map(spelledValue).join()}]`
  return (value as { base64: string }).base64
}
