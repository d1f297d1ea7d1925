import {
  END_HIGH,
  END_LOW,
  KIND,
  NONE,
  PARENT_ID,
  SPAN_ID,
  STATUS_CODE,
  TIME_HIGH,
  TIME_LOW,
  TRACE_ID,
} from '../rows/row-batch.ts'
import { SPAN_KINDS, STATUS_CODES } from './enum-names.ts'
import { keysOf, NO_KEY } from './json-reader.ts'
import { finishRow, type JsonReading, readId, readName, startRow } from './json-row.ts'
import { readEnum, readUint64 } from './json-scalars.ts'
import { checkCount, type JsonScan, scanAttributes, scanString } from './scan-json.ts'
import { SPAN_ID_DIGITS, TRACE_ID_DIGITS } from './span-ids.ts'

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

/** One span -> one row; without ids it is rejected and counted. */
export function readSpan(reading: JsonReading, resource: number, scope: number): void {
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

function readEvent({ json, scan, int64 }: JsonReading): void {
  if (!json.object('an event')) return
  for (let key = json.nextKey(EVENT); key !== NO_KEY; key = json.nextKey(EVENT)) {
    if (key === 0) scanString(scan, 'name', false)
    else if (key === 1) readUint64(json, 'timeUnixNano', int64)
    else if (key === 2) scanAttributes(scan)
    else json.skip()
  }
}

const LINK = keysOf([['traceId', 'trace_id'], ['spanId', 'span_id'], ['attributes'], ['traceState'], ['trace_state']])

function readLink(reading: JsonReading): void {
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

function readStatus({ json, builder, scan }: JsonReading, row: number): void {
  builder.rows[row + STATUS_CODE] = 0
  if (!json.object('status')) return
  for (let key = json.nextKey(STATUS); key !== NO_KEY; key = json.nextKey(STATUS)) {
    if (key === 0) builder.rows[row + STATUS_CODE] = readEnum(json, 'status.code', STATUS_CODES)
    else if (key === 1) scanString(scan, 'status.message', false)
    else json.skip()
  }
}
