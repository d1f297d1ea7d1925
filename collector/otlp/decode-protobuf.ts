// ExportTraceServiceRequest and ExportLogsServiceRequest in protobuf -> spans, log records. Text that is not UTF-8 is kept with U+FFFD in place of the bad bytes:
// SDKs cut long attributes at a byte count, and half a character is no reason to lose a span.

import protobuf from 'protobufjs/light.js'
import type { Result } from '../../analyzer/base/result.ts'
import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Attributes, AttributeValue, SpanLink } from '../../analyzer/model/span.ts'
import { BadData, catchBadData, MAX_NESTING, mapItems } from './bad-data.ts'
import { type DecodedTraces, judgeSpans, type Origin, type RawSpan } from './decoded-traces.ts'
import {
  type AnyValueMessage,
  type KeyValueMessage,
  type LogMessage,
  type LogsRequestMessage,
  LogsRequestType,
  type Long,
  type ScopeMessage,
  type SpanMessage,
  type TraceRequestMessage,
  TraceRequestType,
} from './schema.ts'
import { spanIdOf, traceIdOf } from './span-ids.ts'

/** Decodes one request. The error is a sentence for the sender. Times and 64-bit integers keep every digit. */
export function decodeProtobuf(bytes: Uint8Array): Result<DecodedTraces> {
  return catchBadData(() => {
    const raw: RawSpan[] = []
    const { resourceSpans } = parse(bytes, TraceRequestType, 'ExportTraceServiceRequest') as TraceRequestMessage
    mapItems(resourceSpans, 'resourceSpans', (group) => {
      const resource = attributesOf(group.resource?.attributes ?? [], 0)
      mapItems(group.scopeSpans, 'scopeSpans', ({ scope, spans }) => {
        const origin: Origin = { resource, scope: scopeOf(scope) }
        for (const span of mapItems(spans, 'spans', (message) => spanOf(message, origin))) raw.push(span)
      })
    })
    return judgeSpans(raw)
  })
}

/** Decodes one ExportLogsServiceRequest likewise. */
export function decodeLogsProtobuf(bytes: Uint8Array): Result<LogRecord[]> {
  return catchBadData(() => {
    const records: LogRecord[] = []
    const { resourceLogs } = parse(bytes, LogsRequestType, 'ExportLogsServiceRequest') as LogsRequestMessage
    mapItems(resourceLogs, 'resourceLogs', (group) => {
      const resource = attributesOf(group.resource?.attributes ?? [], 0)
      mapItems(group.scopeLogs, 'scopeLogs', ({ scope, logRecords }) => {
        const origin: Origin = { resource, scope: scopeOf(scope) }
        for (const log of mapItems(logRecords, 'logRecords', (message) => logOf(message, origin))) records.push(log)
      })
    })
    return records
  })
}

function parse(bytes: Uint8Array, type: protobuf.Type, name: string): unknown {
  try {
    const reader = protobuf.Reader.create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    reader.discardUnknown = true
    reader.skip = strictSkip
    return type.decode(reader)
  } catch (error) {
    // protobufjs throws plain RangeErrors and Errors, all of them about the bytes.
    throw new BadData(`not an ${name} in protobuf: ${(error as Error).message}`)
  }
}

/** A varint has at most 10 bytes; protobufjs minds that only in fields that it knows. */
function strictSkip(this: protobuf.Reader, length?: number): protobuf.Reader {
  const start = this.pos
  protobuf.Reader.prototype.skip.call(this, length)
  if (length === undefined && this.pos - start > 10) throw new RangeError('a number has more than 10 bytes')
  return this
}

function spanOf(message: SpanMessage, { resource, scope }: Origin): RawSpan {
  return {
    traceId: traceIdOf(hexOf(message.traceId)),
    spanId: spanIdOf(hexOf(message.spanId), 'spanId'),
    parentSpanId: spanIdOf(hexOf(message.parentSpanId), 'parentSpanId') || null,
    name: message.name,
    kind: message.kind,
    startTimeUnixNano: unsigned(message.startTimeUnixNano),
    endTimeUnixNano: unsigned(message.endTimeUnixNano),
    attributes: attributesOf(message.attributes, 0),
    droppedAttributesCount: message.droppedAttributesCount,
    events: mapItems(message.events, 'events', (event) => ({
      name: event.name,
      timeUnixNano: unsigned(event.timeUnixNano),
      attributes: attributesOf(event.attributes, 0),
    })),
    ...(message.droppedEventsCount > 0 && { droppedEventsCount: message.droppedEventsCount }),
    links: mapItems(message.links, 'links', (link) => ({
      traceId: traceIdOf(hexOf(link.traceId)),
      spanId: spanIdOf(hexOf(link.spanId), 'spanId'),
      attributes: attributesOf(link.attributes, 0),
    })).filter((link): link is SpanLink => link.traceId !== '' && link.spanId !== ''), // a link to nowhere
    status: { code: message.status?.code ?? 0, message: message.status?.message ?? '' },
    scope,
    resource,
  }
}

function logOf(message: LogMessage, { resource, scope }: Origin): LogRecord {
  return {
    traceId: traceIdOf(hexOf(message.traceId)) || null,
    spanId: spanIdOf(hexOf(message.spanId), 'spanId') || null,
    timeUnixNano: unsigned(message.timeUnixNano),
    observedTimeUnixNano: unsigned(message.observedTimeUnixNano),
    severityNumber: message.severityNumber,
    severityText: message.severityText,
    eventName: message.eventName,
    body: anyValueOf(message.body, 0),
    attributes: attributesOf(message.attributes, 0),
    droppedAttributesCount: message.droppedAttributesCount,
    scope,
    resource,
  }
}

function scopeOf(scope: ScopeMessage | null | undefined): Origin['scope'] {
  // Nobody reads them, but they are kept, so they have to be readable.
  attributesOf(scope?.attributes ?? [], 0)
  return { name: scope?.name ?? '', version: scope?.version ?? '' }
}

function attributesOf(pairs: readonly KeyValueMessage[], depth: number): Attributes {
  const attributes = new Map<string, AttributeValue>()
  for (const { key, value } of pairs) attributes.set(key, anyValueOf(value, depth))
  return attributes
}

function anyValueOf(value: AnyValueMessage | null | undefined, depth: number): AttributeValue {
  if (depth > MAX_NESTING) throw new BadData(`an attribute nests deeper than ${MAX_NESTING} levels`)
  switch (value?.value) {
    case 'stringValue':
      return value.stringValue ?? ''
    case 'boolValue':
      return value.boolValue ?? false
    case 'intValue':
      return value.intValue ? signed(value.intValue) : 0
    case 'doubleValue':
      return value.doubleValue ?? 0
    case 'arrayValue':
      return (value.arrayValue?.values ?? []).map((item) => anyValueOf(item, depth + 1))
    case 'kvlistValue':
      return attributesOf(value.kvlistValue?.values ?? [], depth + 1)
    case 'bytesValue':
      return { base64: Buffer.from(value.bytesValue ?? []).toString('base64') }
    default:
      return null
  }
}

/** protobufjs gives an absent field as an empty array, not as bytes. */
const hexOf = (bytes: Uint8Array): string =>
  bytes.length === 0 ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

const unsigned = ({ low, high }: Long): bigint => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)

/** A number where it holds every digit, else a bigint. */
function signed({ low, high }: Long): number | bigint {
  const near = high * 2 ** 32 + (low >>> 0)
  return Number.isSafeInteger(near) ? near : BigInt.asIntN(64, unsigned({ low, high }))
}
