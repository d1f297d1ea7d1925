// Decoded spans and log records as protobuf again, through the tree that the fuzzer writes.

import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Attributes, AttributeValue, Span } from '../../analyzer/model/span.ts'
import type { GroupTree, LogTree, Pair, SpanTree, Value } from './requests.ts'
import { writeLogs, writeTraces } from './write-protobuf.ts'

/** One request with a resource and a scope for every span. */
export const spansToProtobuf = (spans: readonly Span[]): Uint8Array =>
  writeTraces(spans.map((span) => groupOf(span, treeOf(span))))

/** The same of log records. */
export const logsToProtobuf = (logs: readonly LogRecord[]): Uint8Array =>
  writeLogs(logs.map((log) => groupOf(log, logTreeOf(log))))

const groupOf = <Item>({ resource, scope }: Pick<Span, 'resource' | 'scope'>, item: Item): GroupTree<Item> => ({
  resource: pairsOf(resource),
  scopes: [{ name: scope.name, version: scope.version, attributes: [], items: [item] }],
})

const logTreeOf = (log: LogRecord): LogTree => ({
  traceId: Buffer.from(log.traceId ?? '', 'hex'),
  spanId: Buffer.from(log.spanId ?? '', 'hex'),
  time: log.timeUnixNano,
  observed: log.observedTimeUnixNano,
  severity: log.severityNumber,
  severityText: log.severityText,
  eventName: log.eventName,
  body: toValue(log.body),
  dropped: log.droppedAttributesCount,
  attributes: pairsOf(log.attributes),
  earlier: null,
  unknown: null,
})

function treeOf(span: Span): SpanTree {
  return {
    traceId: Buffer.from(span.traceId, 'hex'),
    spanId: Buffer.from(span.spanId, 'hex'),
    parentSpanId: Buffer.from(span.parentSpanId ?? '', 'hex'),
    name: span.name,
    kind: span.kind,
    start: span.startTimeUnixNano,
    end: span.endTimeUnixNano,
    dropped: span.droppedAttributesCount,
    droppedEvents: span.droppedEventsCount ?? 0,
    attributes: pairsOf(span.attributes),
    events: span.events.map(({ name, timeUnixNano, attributes }) => ({
      name,
      time: timeUnixNano,
      attributes: pairsOf(attributes),
    })),
    links: span.links.map(({ traceId, spanId, attributes }) => ({
      traceId: Buffer.from(traceId, 'hex'),
      spanId: Buffer.from(spanId, 'hex'),
      attributes: pairsOf(attributes),
    })),
    status: span.status,
    earlier: null,
    unknown: null,
  }
}

const pairsOf = (attributes: Attributes): Pair[] =>
  Array.from(attributes, ([key, value]) => ({ key, value: toValue(value), valueFirst: false }))

function toValue(value: AttributeValue): Value {
  if (value === null) return { kind: 'none' }
  if (typeof value === 'string') return { kind: 'string', text: value }
  if (typeof value === 'boolean') return { kind: 'bool', on: value }
  if (typeof value === 'bigint') return { kind: 'int', int: value }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { kind: 'int', int: BigInt(value) } : { kind: 'double', double: value }
  }
  if (value instanceof Map) return { kind: 'list', pairs: pairsOf(value) }
  if (Array.isArray(value)) return { kind: 'array', items: value.map(toValue) }
  return { kind: 'bytes', bytes: Buffer.from((value as { base64: string }).base64, 'base64') }
}
