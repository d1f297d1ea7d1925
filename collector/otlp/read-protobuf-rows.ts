// ExportTraceServiceRequest and ExportLogsServiceRequest in protobuf -> rows. A span is kept as the bytes of its message,
// unknown fields included; only the few fields that are columns are read. What is not valid UTF-8 is kept as well, and
// read with U+FFFD in its place: SDKs cut long attributes at a byte count, and half a character is no reason to lose a span.

import type { Result } from '../../analyzer/base/result.ts'
import {
  BODY_END,
  BODY_START,
  END_HIGH,
  END_LOW,
  KIND,
  NAME_END,
  NAME_START,
  NONE,
  PARENT_ID,
  RESOURCE,
  type RowBatch,
  SCOPE,
  SPAN_ID,
  STATUS_CODE,
  TIME_HIGH,
  TIME_LOW,
  TRACE_ID,
} from '../rows/row-batch.ts'
import { createRowBuilder, type RowBuilder, type Slice } from '../rows/row-builder.ts'
import { BadData, catchBadData, tooManyRows } from './bad-data.ts'
import { rewriteProtobuf } from './rewrite-protobuf.ts'
import { type ProtobufScan, scanAnyValue, scanAttributes, scanKeyValue, scanString } from './scan-protobuf.ts'
import type { SecretFinder } from './secret-edits.ts'
import { FIXED64, LENGTH, VARINT, WireReader } from './wire.ts'

interface Reading {
  readonly scan: ProtobufScan
  readonly reader: WireReader
  readonly builder: RowBuilder
  readonly readItem: (reading: Reading, end: number, resource: number, scope: number) => void
}

/** Reads one request into rows. The error is a sentence for the sender. */
export function readProtobufRows(
  signal: RowBatch['signal'],
  body: Uint8Array,
  secrets: SecretFinder,
): Result<RowBatch> {
  return catchBadData(() => {
    const reader = new WireReader(body)
    const builder = createRowBuilder(signal, 'protobuf', body, tooManyRows)
    const readItem = signal === 'traces' ? readSpan : readLogRecord
    const reading: Reading = { scan: { reader, secrets, edits: [] }, reader, builder, readItem }
    const end = body.length
    try {
      while (reader.pos < end) {
        const tag = reader.tag(end)
        if (tag === GROUPS) readGroup(reading, reader.length(end), readScopeGroup)
        else reader.skip(tag, end)
      }
    } catch (error) {
      if (error instanceof BadData) error.message = error.message.replace(/^not protobuf/, NOT_THIS[signal])
      throw error
    }
    return builder.build()
  })
}

const NOT_THIS: Readonly<Record<RowBatch['signal'], string>> = {
  traces: 'not an ExportTraceServiceRequest in protobuf',
  logs: 'not an ExportLogsServiceRequest in protobuf',
}

const bytes = (number: number): number => (number << 3) | LENGTH
const fixed64 = (number: number): number => (number << 3) | FIXED64
const varint = (number: number): number => (number << 3) | VARINT

// The two levels around the items are alike for traces and logs, and like each other: an origin, items, a schema URL.
const GROUPS = bytes(1)
const ORIGIN = bytes(1)
const ITEMS = bytes(2)
const SCHEMA_URL = bytes(3)

type ReadItems = (reading: Reading, end: number, origin: number) => void

/** A ResourceSpans or the like. The origin of its items may come after them: rows hold its place, which is filled last. */
function readGroup(reading: Reading, end: number, readItems: ReadItems): void {
  const { reader, builder } = reading
  const origin = builder.addOrigin(0, 0, 0, 0)
  const attributes = readItems === readScopeGroup ? RESOURCE_ATTRIBUTES : SCOPE_ATTRIBUTES
  let message: Slice = { start: 0, end: 0 }
  let urlStart = 0
  let urlEnd = 0
  while (reader.pos < end) {
    const tag = reader.tag(end)
    if (tag === ITEMS) {
      readItems(reading, reader.length(end), origin)
    } else if (tag === ORIGIN) {
      message = joined(builder, message, readOrigin(reading, reader.length(end), attributes))
    } else if (tag === SCHEMA_URL) {
      urlEnd = reader.length(end)
      urlStart = reader.pos
      reader.pos = urlEnd
    } else reader.skip(tag, end)
  }
  builder.moveOrigin(origin, message.start, message.end, urlStart, urlEnd)
}

function readScopeGroup(reading: Reading, end: number, resource: number): void {
  readGroup(reading, end, (within, itemEnd, scope) => within.readItem(within, itemEnd, resource, scope))
}

const RESOURCE_ATTRIBUTES = bytes(1)
const SCOPE_ATTRIBUTES = bytes(3)

/** Where the message of a resource or a scope stands, without its secrets. */
function readOrigin({ reader, builder, scan }: Reading, end: number, attributes: number): Slice {
  const start = reader.pos
  scan.edits = []
  scanAttributes(scan, end, attributes, 0)
  return scan.edits.length === 0
    ? { start, end }
    : builder.addExtraSlice(rewriteProtobuf(reader.bytes, start, end, scan.edits))
}

/** A message that was sent in parts is what the parts are together: that is how protobuf merges. Nobody sends that. */
function joined(builder: RowBuilder, first: Slice, second: Slice): Slice {
  if (first.start === first.end) return second
  return builder.addExtraSlice(Buffer.concat([builder.slice(first), builder.slice(second)]))
}

const SPAN_TRACE_ID = bytes(1)
const SPAN_SPAN_ID = bytes(2)
const SPAN_TRACE_STATE = bytes(3)
const SPAN_PARENT_ID = bytes(4)
const SPAN_NAME = bytes(5)
const SPAN_KIND = varint(6)
const SPAN_START = fixed64(7)
const SPAN_END = fixed64(8)
const SPAN_ATTRIBUTES = bytes(9)
const SPAN_EVENTS = bytes(11)
const SPAN_LINKS = bytes(13)
const SPAN_STATUS = bytes(15)

const EVENT_NAME = bytes(2)
const EVENT_ATTRIBUTES = bytes(3)

function readSpan(reading: Reading, end: number, resource: number, scope: number): void {
  const { reader, builder, scan } = reading
  const row = startRow(reading, end, resource, scope)
  const { rows } = builder
  while (reader.pos < end) {
    const tag = reader.tag(end)
    switch (tag) {
      case SPAN_ATTRIBUTES:
        scanKeyValue(scan, reader.length(end), 0, false)
        break
      case SPAN_TRACE_ID:
        rows[row + TRACE_ID] = readId(reader, end, 16, 'traceId')
        break
      case SPAN_SPAN_ID:
        rows[row + SPAN_ID] = readId(reader, end, 8, 'spanId')
        break
      case SPAN_PARENT_ID:
        rows[row + PARENT_ID] = readId(reader, end, 8, 'parentSpanId')
        break
      case SPAN_NAME:
        rows[row + NAME_END] = reader.length(end)
        rows[row + NAME_START] = reader.pos
        scanName(reading, row)
        break
      case SPAN_KIND:
        rows[row + KIND] = reader.varint64(end)
        break
      case SPAN_START:
        rows[row + TIME_LOW] = reader.fixed64(end)
        rows[row + TIME_HIGH] = reader.high
        break
      case SPAN_END:
        rows[row + END_LOW] = reader.fixed64(end)
        rows[row + END_HIGH] = reader.high
        break
      case SPAN_TRACE_STATE:
        scanString(scan, reader.length(end), false)
        break
      case SPAN_EVENTS:
        scanAttributes(scan, reader.length(end), EVENT_ATTRIBUTES, EVENT_NAME)
        break
      case SPAN_LINKS:
        readLink(reading, reader.length(end))
        break
      case SPAN_STATUS:
        readStatus(reading, row, reader.length(end))
        break
      default:
        reader.skip(tag, end)
    }
  }
  finishRow(reading, row)
  if (rows[row + TRACE_ID] === NONE || rows[row + SPAN_ID] === NONE) builder.reject()
  else builder.commitRow()
}

/** The name is a column too: what stands there is what is left of it. */
function scanName(reading: Reading, row: number): void {
  const { rows } = reading.builder
  const before = reading.scan.edits.length
  scanString(reading.scan, rows[row + NAME_END]!, false)
  const edit = reading.scan.edits[before]
  if (!edit) return
  const { start, end } = reading.builder.addExtraSlice(edit.text)
  rows[row + NAME_START] = start
  rows[row + NAME_END] = end
}

const STATUS_MESSAGE = bytes(2)
const STATUS_CODE_FIELD = varint(3)

function readStatus({ reader, builder, scan }: Reading, row: number, end: number): void {
  while (reader.pos < end) {
    const tag = reader.tag(end)
    if (tag === STATUS_CODE_FIELD) builder.rows[row + STATUS_CODE] = reader.varint64(end)
    else if (tag === STATUS_MESSAGE) scanString(scan, reader.length(end), false)
    else reader.skip(tag, end)
  }
}

const LINK_TRACE_ID = bytes(1)
const LINK_SPAN_ID = bytes(2)
const LINK_TRACE_STATE = bytes(3)
const LINK_ATTRIBUTES = bytes(4)

function readLink({ reader, scan }: Reading, end: number): void {
  while (reader.pos < end) {
    const tag = reader.tag(end)
    if (tag === LINK_ATTRIBUTES) scanKeyValue(scan, reader.length(end), 0, false)
    else if (tag === LINK_TRACE_STATE) scanString(scan, reader.length(end), false)
    else if (tag === LINK_TRACE_ID) readId(reader, end, 16, 'traceId')
    else if (tag === LINK_SPAN_ID) readId(reader, end, 8, 'spanId')
    else reader.skip(tag, end)
  }
}

const LOG_TIME = fixed64(1)
const LOG_SEVERITY = varint(2)
const LOG_SEVERITY_TEXT = bytes(3)
const LOG_BODY = bytes(5)
const LOG_ATTRIBUTES = bytes(6)
const LOG_TRACE_ID = bytes(9)
const LOG_SPAN_ID = bytes(10)
const LOG_OBSERVED = fixed64(11)
const LOG_EVENT_NAME = bytes(12)

function readLogRecord(reading: Reading, end: number, resource: number, scope: number): void {
  const { reader, builder, scan } = reading
  const row = startRow(reading, end, resource, scope)
  const { rows } = builder
  while (reader.pos < end) {
    const tag = reader.tag(end)
    switch (tag) {
      case LOG_TIME:
        rows[row + TIME_LOW] = reader.fixed64(end)
        rows[row + TIME_HIGH] = reader.high
        break
      case LOG_OBSERVED:
        rows[row + END_LOW] = reader.fixed64(end)
        rows[row + END_HIGH] = reader.high
        break
      case LOG_SEVERITY:
        rows[row + KIND] = reader.varint64(end)
        break
      case LOG_SEVERITY_TEXT:
        scanString(scan, reader.length(end), false)
        break
      case LOG_EVENT_NAME:
        rows[row + NAME_END] = reader.length(end)
        rows[row + NAME_START] = reader.pos
        scanName(reading, row)
        break
      case LOG_BODY:
        scanAnyValue(scan, reader.length(end), 0, false)
        break
      case LOG_ATTRIBUTES:
        scanKeyValue(scan, reader.length(end), 0, false)
        break
      case LOG_TRACE_ID:
        rows[row + TRACE_ID] = readId(reader, end, 16, 'traceId')
        break
      case LOG_SPAN_ID:
        rows[row + SPAN_ID] = readId(reader, end, 8, 'spanId')
        break
      default:
        reader.skip(tag, end)
    }
  }
  finishRow(reading, row)
  builder.commitRow()
}

function startRow({ reader, builder, scan }: Reading, end: number, resource: number, scope: number): number {
  const row = builder.startRow()
  const { rows } = builder
  rows.fill(0, row, row + BODY_START)
  rows[row + TRACE_ID] = NONE
  rows[row + SPAN_ID] = NONE
  rows[row + PARENT_ID] = NONE
  rows[row + BODY_START] = reader.pos
  rows[row + BODY_END] = end
  rows[row + RESOURCE] = resource
  rows[row + SCOPE] = scope
  scan.edits = []
  return row
}

/** With secrets in it the body is written anew; ids that were read stay where they stand in the request. */
function finishRow({ reader, builder, scan }: Reading, row: number): void {
  if (scan.edits.length === 0) return
  const { rows } = builder
  const rewritten = rewriteProtobuf(reader.bytes, rows[row + BODY_START]!, rows[row + BODY_END]!, scan.edits)
  const { start, end } = builder.addExtraSlice(rewritten)
  rows[row + BODY_START] = start
  rows[row + BODY_END] = end
}

/** Position of an id, or NONE if it is empty or all zeros, which the specification calls invalid but well-formed. */
function readId(reader: WireReader, end: number, length: number, what: string): number {
  const idEnd = reader.length(end)
  const start = reader.pos
  reader.pos = idEnd
  if (idEnd === start) return NONE
  if (idEnd - start !== length) {
    throw new BadData(`${what} has ${2 * (idEnd - start)} characters, expected ${2 * length} hex digits`)
  }
  for (let i = start; i < idEnd; i++) if (reader.bytes[i] !== 0) return start
  return NONE
}
