// ExportTraceServiceRequest and ExportLogsServiceRequest in OTLP/JSON -> rows. A span is kept as the text of its object,
// unknown fields included. What an unpacked object would hold is checked in place: `decode-json.ts` reads every row back.

import { isUtf8 } from 'node:buffer'
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
import { createRowBuilder, type RowBuilder } from '../rows/row-builder.ts'
import { BadData, catchBadData, tooManyRows } from './bad-data.ts'
import { SEVERITIES, SPAN_KINDS, STATUS_CODES } from './enum-names.ts'
import { JsonReader, type Keys, keysOf, NO_KEY } from './json-reader.ts'
import { type Int64, readEnum, readString, readUint64 } from './json-scalars.ts'
import { checkCount, type JsonScan, scanAnyValue, scanAttributes, scanString } from './scan-json.ts'
import type { SecretEdit, SecretFinder } from './secret-edits.ts'
import { checkId, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from './span-ids.ts'

interface Reading {
  readonly scan: JsonScan
  readonly json: JsonReader
  readonly builder: RowBuilder
  readonly names: Names
  readonly int64: Int64
  /** Where the reader is, for the sender: such as `resourceSpans[0].scopeSpans[1].spans[2]`. */
  readonly place: { group: number; scopeGroup: number; item: number }
}

/** What traces and logs name differently. */
interface Names {
  readonly groups: string
  readonly scopeGroups: string
  readonly items: string
  readonly request: Keys
  readonly group: Keys
  readonly scopeGroup: Keys
  readonly readItem: (reading: Reading, resource: number, scope: number) => void
}

const URL = ['schemaUrl', 'schema_url']

const NAMES: Readonly<Record<RowBatch['signal'], Names>> = {
  traces: {
    groups: 'resourceSpans',
    scopeGroups: 'scopeSpans',
    items: 'spans',
    request: keysOf([['resourceSpans', 'resource_spans']]),
    group: keysOf([['resource'], ['scopeSpans', 'scope_spans'], URL]),
    scopeGroup: keysOf([['scope'], ['spans'], URL]),
    readItem: readSpan,
  },
  logs: {
    groups: 'resourceLogs',
    scopeGroups: 'scopeLogs',
    items: 'logRecords',
    request: keysOf([['resourceLogs', 'resource_logs']]),
    group: keysOf([['resource'], ['scopeLogs', 'scope_logs'], URL]),
    scopeGroup: keysOf([['scope'], ['logRecords', 'log_records'], URL]),
    readItem: readLogRecord,
  },
}

/** Reads one request into rows. The error is a sentence for the sender. */
export function readJsonRows(signal: RowBatch['signal'], body: Uint8Array, secrets: SecretFinder): Result<RowBatch> {
  const json = new JsonReader(body)
  const reading: Reading = {
    scan: { json, secrets, edits: [] },
    json,
    builder: createRowBuilder(signal, 'json', body, tooManyRows),
    names: NAMES[signal],
    int64: { low: 0, high: 0 },
    place: { group: -1, scopeGroup: -1, item: -1 },
  }
  return catchBadData(() => {
    if (!isUtf8(body)) throw new BadData('not JSON: the bytes are not UTF-8')
    try {
      readRequest(reading)
      json.finish()
    } catch (error) {
      if (error instanceof BadData) error.message = placeOf(reading) + error.message
      throw error
    }
    return reading.builder.build()
  })
}

function readRequest(reading: Reading): void {
  const { json, names, place } = reading
  if (!json.object('the request')) return
  for (let key = json.nextKey(names.request); key !== NO_KEY; key = json.nextKey(names.request)) {
    if (key !== 0) json.skip()
    else if (json.array(names.groups)) {
      for (place.group = 0; json.nextItem(); place.group++) readGroup(reading)
      place.group = -1
    }
  }
}

function readGroup(reading: Reading): void {
  const { json, builder, names, place } = reading
  if (!json.object(names.groups)) return
  const resource = builder.addOrigin(0, 0, 0, 0)
  const origin: OriginText = { start: 0, end: 0, urlStart: 0, urlEnd: 0 }
  for (let key = json.nextKey(names.group); key !== NO_KEY; key = json.nextKey(names.group)) {
    if (key === 0) readOrigin(reading, origin, 'resource', RESOURCE_KEYS)
    else if (key === 2) readUrl(reading, origin)
    else if (key !== 1) json.skip()
    else if (json.array(names.scopeGroups)) {
      for (place.scopeGroup = 0; json.nextItem(); place.scopeGroup++) readScopeGroup(reading, resource)
      place.scopeGroup = -1
    }
  }
  builder.moveOrigin(resource, origin.start, origin.end, origin.urlStart, origin.urlEnd)
}

function readScopeGroup(reading: Reading, resource: number): void {
  const { json, builder, names, place } = reading
  if (!json.object(names.scopeGroups)) return
  const scope = builder.addOrigin(0, 0, 0, 0)
  const origin: OriginText = { start: 0, end: 0, urlStart: 0, urlEnd: 0 }
  for (let key = json.nextKey(names.scopeGroup); key !== NO_KEY; key = json.nextKey(names.scopeGroup)) {
    if (key === 0) readOrigin(reading, origin, 'scope', SCOPE_KEYS)
    else if (key === 2) readUrl(reading, origin)
    else if (key !== 1) json.skip()
    else if (json.array(names.items)) {
      for (place.item = 0; json.nextItem(); place.item++) names.readItem(reading, resource, scope)
      place.item = -1
    }
  }
  builder.moveOrigin(scope, origin.start, origin.end, origin.urlStart, origin.urlEnd)
}

interface OriginText {
  start: number
  end: number
  urlStart: number
  urlEnd: number
}

const RESOURCE_KEYS = keysOf([['attributes']])
const SCOPE_KEYS = keysOf([['attributes'], ['name'], ['version']])

/** A resource or a scope: the text of its object, secrets taken out. */
function readOrigin(reading: Reading, origin: OriginText, what: string, keys: Keys): void {
  const { json, scan } = reading
  if (json.peek() === 'null') {
    json.null()
    origin.start = 0
    origin.end = 0
    return
  }
  scan.edits = []
  const start = json.pos
  json.object(what)
  for (let key = json.nextKey(keys); key !== NO_KEY; key = json.nextKey(keys)) {
    if (key === 0) scanAttributes(scan)
    else if (key === 1) readString(json, 'scope.name')
    else if (key === 2) readString(json, 'scope.version')
    else json.skip()
  }
  origin.start = start
  origin.end = json.pos
  if (scan.edits.length === 0) return
  const text = splice(json.bytes, start, json.pos, scan.edits)
  Object.assign(origin, reading.builder.addExtraSlice(text))
}

function readUrl({ json, builder }: Reading, origin: OriginText): void {
  origin.urlStart = 0
  origin.urlEnd = 0
  if (!readString(json, 'schemaUrl')) return
  const { start, end } = builder.addExtraSlice(Buffer.from(json.decoded()))
  origin.urlStart = start
  origin.urlEnd = end
}

const SPAN = keysOf([
  ['traceId', 'trace_id'],
  ['spanId', 'span_id'],
  ['parentSpanId', 'parent_span_id'],
  ['name'],
  ['kind'],
  ['startTimeUnixNano', 'start_time_unix_nano'],
  ['endTimeUnixNano', 'end_time_unix_nano'],
  ['attributes'],
  ['droppedAttributesCount', 'dropped_attributes_count'],
  ['events'],
  ['links'],
  ['status'],
  ['traceState'],
  ['trace_state'],
  ['droppedEventsCount', 'dropped_events_count'],
])

function readSpan(reading: Reading, resource: number, scope: number): void {
  const { json, builder, scan, int64 } = reading
  const row = startRow(reading, resource, scope)
  if (!json.object('a span')) {
    builder.reject()
    return
  }
  const { rows } = builder
  for (let key = json.nextKey(SPAN); key !== NO_KEY; key = json.nextKey(SPAN)) {
    switch (key) {
      case 0:
        rows[row + TRACE_ID] = readId(reading, TRACE_ID_DIGITS, 'traceId')
        break
      case 1:
        rows[row + SPAN_ID] = readId(reading, SPAN_ID_DIGITS, 'spanId')
        break
      case 2:
        rows[row + PARENT_ID] = readId(reading, SPAN_ID_DIGITS, 'parentSpanId')
        break
      case 3:
        readName(reading, row, 'name')
        break
      case 4:
        rows[row + KIND] = readEnum(json, 'kind', SPAN_KINDS)
        break
      case 5:
        readUint64(json, 'startTimeUnixNano', int64)
        rows[row + TIME_LOW] = int64.low
        rows[row + TIME_HIGH] = int64.high
        break
      case 6:
        readUint64(json, 'endTimeUnixNano', int64)
        rows[row + END_LOW] = int64.low
        rows[row + END_HIGH] = int64.high
        break
      case 7:
        scanAttributes(scan)
        break
      case 8:
        checkCount(json, 'droppedAttributesCount')
        break
      case 9:
        if (json.array('events')) while (json.nextItem()) readEvent(reading)
        break
      case 10:
        if (json.array('links')) while (json.nextItem()) readLink(reading)
        break
      case 11:
        readStatus(reading, row)
        break
      case 12:
      case 13:
        scanTraceState(scan)
        break
      case 14:
        checkCount(json, 'droppedEventsCount')
        break
      default:
        json.skip()
    }
  }
  finishRow(reading, row)
  if (rows[row + TRACE_ID] === NONE || rows[row + SPAN_ID] === NONE) builder.reject()
  else builder.commitRow()
}

const EVENT = keysOf([['name'], ['timeUnixNano', 'time_unix_nano'], ['attributes']])

function readEvent({ json, scan, int64 }: Reading): void {
  if (!json.object('an event')) return
  for (let key = json.nextKey(EVENT); key !== NO_KEY; key = json.nextKey(EVENT)) {
    if (key === 0) scanString(scan, 'name', false)
    else if (key === 1) readUint64(json, 'timeUnixNano', int64)
    else if (key === 2) scanAttributes(scan)
    else json.skip()
  }
}

const LINK = keysOf([['traceId', 'trace_id'], ['spanId', 'span_id'], ['attributes'], ['traceState'], ['trace_state']])

function readLink(reading: Reading): void {
  const { json } = reading
  if (!json.object('a link')) return
  for (let key = json.nextKey(LINK); key !== NO_KEY; key = json.nextKey(LINK)) {
    if (key === 0) readId(reading, TRACE_ID_DIGITS, 'traceId')
    else if (key === 1) readId(reading, SPAN_ID_DIGITS, 'spanId')
    else if (key === 2) scanAttributes(reading.scan)
    else if (key === 3 || key === 4) scanTraceState(reading.scan)
    else json.skip()
  }
}

/** Nothing reads it: of any other type than a string it is left as it is. */
function scanTraceState(scan: JsonScan): void {
  if (scan.json.peek() === 'string') scanString(scan, 'traceState', false)
  else scan.json.skip()
}

const STATUS = keysOf([['code'], ['message']])

function readStatus({ json, builder, scan }: Reading, row: number): void {
  builder.rows[row + STATUS_CODE] = 0
  if (!json.object('status')) return
  for (let key = json.nextKey(STATUS); key !== NO_KEY; key = json.nextKey(STATUS)) {
    if (key === 0) builder.rows[row + STATUS_CODE] = readEnum(json, 'status.code', STATUS_CODES)
    else if (key === 1) scanString(scan, 'status.message', false)
    else json.skip()
  }
}

const LOG = keysOf([
  ['traceId', 'trace_id'],
  ['spanId', 'span_id'],
  ['timeUnixNano', 'time_unix_nano'],
  ['observedTimeUnixNano', 'observed_time_unix_nano'],
  ['severityNumber', 'severity_number'],
  ['severityText', 'severity_text'],
  ['eventName', 'event_name'],
  ['body'],
  ['attributes'],
  ['droppedAttributesCount', 'dropped_attributes_count'],
])

function readLogRecord(reading: Reading, resource: number, scope: number): void {
  const { json, builder, scan, int64 } = reading
  const row = startRow(reading, resource, scope)
  // A record that is null holds nothing.
  if (!json.object('a log record')) return
  const { rows } = builder
  for (let key = json.nextKey(LOG); key !== NO_KEY; key = json.nextKey(LOG)) {
    switch (key) {
      case 0:
        rows[row + TRACE_ID] = readId(reading, TRACE_ID_DIGITS, 'traceId')
        break
      case 1:
        rows[row + SPAN_ID] = readId(reading, SPAN_ID_DIGITS, 'spanId')
        break
      case 2:
        readUint64(json, 'timeUnixNano', int64)
        rows[row + TIME_LOW] = int64.low
        rows[row + TIME_HIGH] = int64.high
        break
      case 3:
        readUint64(json, 'observedTimeUnixNano', int64)
        rows[row + END_LOW] = int64.low
        rows[row + END_HIGH] = int64.high
        break
      case 4:
        rows[row + KIND] = readEnum(json, 'severityNumber', SEVERITIES)
        break
      case 5:
        scanString(scan, 'severityText', false)
        break
      case 6:
        readName(reading, row, 'eventName')
        break
      case 7:
        scanAnyValue(scan, 0, false)
        break
      case 8:
        scanAttributes(scan)
        break
      case 9:
        checkCount(json, 'droppedAttributesCount')
        break
      default:
        json.skip()
    }
  }
  finishRow(reading, row)
  builder.commitRow()
}

function startRow({ json, builder, scan }: Reading, resource: number, scope: number): number {
  const row = builder.startRow()
  const { rows } = builder
  rows.fill(0, row, row + BODY_START)
  rows[row + TRACE_ID] = NONE
  rows[row + SPAN_ID] = NONE
  rows[row + PARENT_ID] = NONE
  json.peek()
  rows[row + BODY_START] = json.pos
  rows[row + RESOURCE] = resource
  rows[row + SCOPE] = scope
  scan.edits = []
  return row
}

function finishRow({ json, builder, scan }: Reading, row: number): void {
  const { rows } = builder
  rows[row + BODY_END] = json.pos
  if (scan.edits.length === 0) return
  const text = splice(json.bytes, rows[row + BODY_START]!, json.pos, scan.edits)
  const { start, end } = builder.addExtraSlice(text)
  rows[row + BODY_START] = start
  rows[row + BODY_END] = end
}

/** A name is a column too, as the text that the JSON string stands for and without its secrets. */
function readName(reading: Reading, row: number, what: string): void {
  const { json, builder, scan } = reading
  const before = scan.edits.length
  const { rows } = builder
  rows[row + NAME_START] = 0
  rows[row + NAME_END] = 0
  if (!scanString(scan, what, false)) return
  const edit = scan.edits[before]
  if (!edit && !json.isEscaped) {
    rows[row + NAME_START] = json.start
    rows[row + NAME_END] = json.end
    return
  }
  const text = Buffer.from(edit ? unescaped(edit.text) : json.decoded())
  const { start, end } = builder.addExtraSlice(text)
  rows[row + NAME_START] = start
  rows[row + NAME_END] = end
}

function unescaped(text: Uint8Array): string {
  const json = new JsonReader(Buffer.concat([Buffer.from('"'), text, Buffer.from('"')]))
  json.string()
  return json.decoded()
}

/** Position of an id's digits, or NONE if it is absent or all zeros, which the specification calls invalid but well-formed. */
function readId({ json, builder }: Reading, digits: number, what: string): number {
  if (!readString(json, what)) return NONE
  const { bytes, start, end } = json
  if (end === start) return NONE
  if (end - start === digits) {
    let isZero = true
    let at = start
    for (; at < end; at++) {
      const value = HEX[bytes[at]!]!
      if (value === 255) break
      if (value !== 0) isZero = false
    }
    if (at === end) return isZero ? NONE : start
  }
  // Digits may be written as escapes; anything else is refused here.
  const id = checkId(json.decoded(), digits, what)
  return id === '' ? NONE : builder.addExtraSlice(Buffer.from(id)).start
}

/** Values of hex digits; 255 for what is none. */
const HEX = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16)
  return Number.isNaN(value) ? 255 : value
})

function splice(bytes: Uint8Array, start: number, end: number, edits: readonly SecretEdit[]): Uint8Array {
  const parts: Uint8Array[] = []
  let from = start
  for (const edit of edits) {
    parts.push(bytes.subarray(from, edit.start), edit.text)
    from = edit.end
  }
  parts.push(bytes.subarray(from, end))
  return Buffer.concat(parts)
}

function placeOf({ names, place }: Reading): string {
  if (place.group < 0) return ''
  let text = `${names.groups}[${place.group}]`
  if (place.scopeGroup >= 0) text += `.${names.scopeGroups}[${place.scopeGroup}]`
  if (place.item >= 0) text += `.${names.items}[${place.item}]`
  return `${text}: `
}
