import { END_HIGH, END_LOW, KIND, SPAN_ID, TIME_HIGH, TIME_LOW, TRACE_ID } from '../rows/row-batch.ts'
import { SEVERITIES } from './enum-names.ts'
import { keysOf, NO_KEY } from './json-reader.ts'
import { finishRow, type JsonReading, readId, readName, startRow } from './json-row.ts'
import { readEnum, readUint64 } from './json-scalars.ts'
import { checkCount, scanAnyValue, scanAttributes, scanString } from './scan-json.ts'
import { SPAN_ID_DIGITS, TRACE_ID_DIGITS } from './span-ids.ts'

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

/** One log record -> one row. */
export function readLogRecord(reading: JsonReading, resource: number, scope: number): void {
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
