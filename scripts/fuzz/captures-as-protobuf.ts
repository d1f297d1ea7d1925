// Decoded spans as protobuf again, through the tree that the fuzzer writes.

import type { Attributes, AttributeValue, Span } from '../../analyzer/model/span.ts'
import type { Pair, SpanTree, Value } from './requests.ts'
import { writeProtobuf } from './write-protobuf.ts'

/** One request with a resource and a scope for every span. */
export function requestToProtobuf(spans: readonly Span[]): Uint8Array {
  return writeProtobuf(
    spans.map((span) => ({
      resource: pairsOf(span.resource),
      scopes: [{ name: span.scope.name, version: span.scope.version, attributes: [], spans: [treeOf(span)] }],
    })),
  )
}

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
