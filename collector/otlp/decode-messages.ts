// Protobuf messages of OTLP -> the analyzer's model: spans, log records, resources, scopes. Reads what the store kept.

import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Attributes, AttributeValue, SpanEvent, SpanId, SpanLink, TraceId } from '../../analyzer/model/span.ts'
import { BadData, MAX_NESTING } from './bad-data.ts'
import type { Origin, RawSpan } from './decoded-traces.ts'
import { spanIdOf, traceIdOf } from './span-ids.ts'
import { FIXED64, LENGTH, VARINT, WireReader } from './wire.ts'

const scratch = new DataView(new ArrayBuffer(8))

/** Decodes a Span message. Throws BadData. */
export function decodeSpanMessage(message: Uint8Array, { resource, scope }: Origin): RawSpan {
  const reader = new WireReader(message)
  const attributes = new Map<string, AttributeValue>()
  const events: SpanEvent[] = []
  const links: SpanLink[] = []
  const status = { code: 0, message: '' }
  let traceId: TraceId | '' = ''
  let spanId: SpanId | '' = ''
  let parentSpanId: SpanId | '' = ''
  let name = ''
  let kind = 0
  let startTimeUnixNano = 0n
  let endTimeUnixNano = 0n
  let droppedAttributesCount = 0
  let droppedEventsCount = 0
  eachField(reader, message.length, (tag, end) => {
    switch (tag) {
      case bytes(1):
        traceId = traceIdOf(hex(reader, end))
        return
      case bytes(2):
        spanId = spanIdOf(hex(reader, end), 'spanId')
        return
      case bytes(4):
        parentSpanId = spanIdOf(hex(reader, end), 'parentSpanId')
        return
      case bytes(5):
        name = text(reader, end)
        return
      case varint(6):
        kind = reader.varint64(end)
        return
      case fixed64(7):
        startTimeUnixNano = unsigned(reader, end)
        return
      case fixed64(8):
        endTimeUnixNano = unsigned(reader, end)
        return
      case bytes(9):
        keyValue(reader, reader.length(end), attributes, 0)
        return
      case varint(10):
        droppedAttributesCount = reader.varint64(end) >>> 0
        return
      case bytes(11):
        events.push(eventOf(reader, reader.length(end)))
        return
      case varint(12):
        droppedEventsCount = reader.varint64(end) >>> 0
        return
      case bytes(13): {
        const link = linkOf(reader, reader.length(end))
        if (link) links.push(link)
        return
      }
      case bytes(15):
        statusOf(reader, reader.length(end), status)
        return
      default:
        reader.skip(tag, end)
    }
  })
  return {
    traceId,
    spanId,
    parentSpanId: parentSpanId || null,
    name,
    kind,
    startTimeUnixNano,
    endTimeUnixNano,
    attributes,
    droppedAttributesCount,
    events,
    ...(droppedEventsCount > 0 && { droppedEventsCount }),
    links,
    status,
    scope,
    resource,
  }
}

/** Decodes a LogRecord message. Throws BadData. */
export function decodeLogMessage(message: Uint8Array, { resource, scope }: Origin): LogRecord {
  const reader = new WireReader(message)
  const attributes = new Map<string, AttributeValue>()
  const bodies: { start: number; end: number }[] = []
  let traceId: TraceId | '' = ''
  let spanId: SpanId | '' = ''
  let timeUnixNano = 0n
  let observedTimeUnixNano = 0n
  let severityNumber = 0
  let severityText = ''
  let eventName = ''
  let droppedAttributesCount = 0
  eachField(reader, message.length, (tag, end) => {
    switch (tag) {
      case fixed64(1):
        timeUnixNano = unsigned(reader, end)
        return
      case varint(2):
        severityNumber = reader.varint64(end)
        return
      case bytes(3):
        severityText = text(reader, end)
        return
      case bytes(5):
        bodies.push(content(reader, end))
        return
      case bytes(6):
        keyValue(reader, reader.length(end), attributes, 0)
        return
      case varint(7):
        droppedAttributesCount = reader.varint64(end) >>> 0
        return
      case bytes(9):
        traceId = traceIdOf(hex(reader, end))
        return
      case bytes(10):
        spanId = spanIdOf(hex(reader, end), 'spanId')
        return
      case fixed64(11):
        observedTimeUnixNano = unsigned(reader, end)
        return
      case bytes(12):
        eventName = text(reader, end)
        return
      default:
        reader.skip(tag, end)
    }
  })
  return {
    traceId: traceId || null,
    spanId: spanId || null,
    timeUnixNano,
    observedTimeUnixNano,
    severityNumber,
    severityText,
    eventName,
    body: mergedValue(message, bodies, 0),
    attributes,
    droppedAttributesCount,
    scope,
    resource,
  }
}

/** The attributes of a Resource message. Throws BadData. */
export function decodeResourceMessage(message: Uint8Array): Attributes {
  const reader = new WireReader(message)
  const attributes = new Map<string, AttributeValue>()
  eachField(reader, message.length, (tag, end) => {
    if (tag === bytes(1)) keyValue(reader, reader.length(end), attributes, 0)
    else reader.skip(tag, end)
  })
  return attributes
}

/** Name and version of an InstrumentationScope message. Throws BadData. */
export function decodeScopeMessage(message: Uint8Array): Origin['scope'] {
  const reader = new WireReader(message)
  let name = ''
  let version = ''
  eachField(reader, message.length, (tag, end) => {
    if (tag === bytes(1)) name = text(reader, end)
    else if (tag === bytes(2)) version = text(reader, end)
    else reader.skip(tag, end)
  })
  return { name, version }
}

function eventOf(reader: WireReader, end: number): SpanEvent {
  const attributes = new Map<string, AttributeValue>()
  let timeUnixNano = 0n
  let name = ''
  eachField(reader, end, (tag) => {
    if (tag === fixed64(1)) timeUnixNano = unsigned(reader, end)
    else if (tag === bytes(2)) name = text(reader, end)
    else if (tag === bytes(3)) keyValue(reader, reader.length(end), attributes, 0)
    else reader.skip(tag, end)
  })
  return { name, timeUnixNano, attributes }
}

/** Null for a link to nowhere. */
function linkOf(reader: WireReader, end: number): SpanLink | null {
  const attributes = new Map<string, AttributeValue>()
  let traceId: TraceId | '' = ''
  let spanId: SpanId | '' = ''
  eachField(reader, end, (tag) => {
    if (tag === bytes(1)) traceId = traceIdOf(hex(reader, end))
    else if (tag === bytes(2)) spanId = spanIdOf(hex(reader, end), 'spanId')
    else if (tag === bytes(4)) keyValue(reader, reader.length(end), attributes, 0)
    else reader.skip(tag, end)
  })
  return traceId === '' || spanId === '' ? null : { traceId, spanId, attributes }
}

function statusOf(reader: WireReader, end: number, status: { code: number; message: string }): void {
  eachField(reader, end, (tag) => {
    if (tag === bytes(2)) status.message = text(reader, end)
    else if (tag === varint(3)) status.code = reader.varint64(end)
    else reader.skip(tag, end)
  })
}

/** Reads a KeyValue and sets it; of two with one key the later counts. */
function keyValue(reader: WireReader, end: number, attributes: Map<string, AttributeValue>, depth: number): void {
  const values: { start: number; end: number }[] = []
  let key = ''
  eachField(reader, end, (tag) => {
    if (tag === bytes(1)) key = text(reader, end)
    else if (tag === bytes(2)) values.push(content(reader, end))
    else reader.skip(tag, end)
  })
  attributes.set(key, mergedValue(reader.bytes, values, depth))
}

/** A message that was sent in parts is what the parts are together: that is how protobuf merges. Nobody sends that. */
function mergedValue(
  source: Uint8Array,
  parts: readonly { start: number; end: number }[],
  depth: number,
): AttributeValue {
  if (parts.length === 0) return null
  if (parts.length === 1) return anyValue(new WireReader(source, parts[0]!.start), parts[0]!.end, depth)
  const whole = Buffer.concat(parts.map(({ start, end }) => source.subarray(start, end)))
  return anyValue(new WireReader(whole), whole.length, depth)
}

/** Recursion is as deep as values nest, which is capped. */
function anyValue(reader: WireReader, end: number, depth: number): AttributeValue {
  if (depth > MAX_NESTING) throw new BadData(`an attribute nests deeper than ${MAX_NESTING} levels`)
  let value: AttributeValue = null
  let array: AttributeValue[] | undefined
  let list: Map<string, AttributeValue> | undefined
  eachField(reader, end, (tag) => {
    switch (tag) {
      case bytes(1):
        value = text(reader, end)
        return
      case varint(2): {
        const low = reader.varint64(end)
        value = low !== 0 || reader.high !== 0
        return
      }
      case varint(3):
        value = signed(reader.varint64(end), reader.high)
        return
      case fixed64(4):
        scratch.setInt32(0, reader.fixed64(end), true)
        scratch.setInt32(4, reader.high, true)
        value = scratch.getFloat64(0, true)
        return
      case bytes(5): {
        array ??= []
        const items = array
        const arrayEnd = reader.length(end)
        eachField(reader, arrayEnd, (item) => {
          if (item === bytes(1)) items.push(anyValue(reader, reader.length(arrayEnd), depth + 1))
          else reader.skip(item, arrayEnd)
        })
        value = items
        return
      }
      case bytes(6): {
        list ??= new Map()
        const entries = list
        const listEnd = reader.length(end)
        eachField(reader, listEnd, (item) => {
          if (item === bytes(1)) keyValue(reader, reader.length(listEnd), entries, depth + 1)
          else reader.skip(item, listEnd)
        })
        value = entries
        return
      }
      case bytes(7): {
        const { start, end: contentEnd } = content(reader, end)
        value = { base64: view(reader).toString('base64', start, contentEnd) }
        return
      }
      default:
        reader.skip(tag, end)
    }
  })
  return value
}

function eachField(reader: WireReader, end: number, read: (tag: number, end: number) => void): void {
  while (reader.pos < end) read(reader.tag(end), end)
}

function bytes(number: number): number {
  return (number << 3) | LENGTH
}
function varint(number: number): number {
  return (number << 3) | VARINT
}
function fixed64(number: number): number {
  return (number << 3) | FIXED64
}

function content(reader: WireReader, end: number): { start: number; end: number } {
  const contentEnd = reader.length(end)
  const start = reader.pos
  reader.pos = contentEnd
  return { start, end: contentEnd }
}

function text(reader: WireReader, end: number): string {
  const { start, end: contentEnd } = content(reader, end)
  return view(reader).toString('utf8', start, contentEnd)
}

function hex(reader: WireReader, end: number): string {
  const { start, end: contentEnd } = content(reader, end)
  // One that is too long is refused: its first digits are enough for that.
  return view(reader).toString('hex', start, Math.min(contentEnd, start + 64))
}

const view = ({ bytes: source }: WireReader): Buffer =>
  source instanceof Buffer ? source : Buffer.from(source.buffer, source.byteOffset, source.byteLength)

function unsigned(reader: WireReader, end: number): bigint {
  const low = reader.fixed64(end)
  return (BigInt(reader.high >>> 0) << 32n) | BigInt(low >>> 0)
}

/** A number where it holds every digit, else a bigint. */
function signed(low: number, high: number): number | bigint {
  const near = high * 2 ** 32 + (low >>> 0)
  return Number.isSafeInteger(near) ? near : BigInt.asIntN(64, (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0))
}
