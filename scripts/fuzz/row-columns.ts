// The columns of a row, as the span or log record whose body stands beside them has to say.

import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Span } from '../../analyzer/model/span.ts'
import {
  END_HIGH,
  END_LOW,
  KIND,
  NAME_END,
  NAME_START,
  NONE,
  PARENT_ID,
  ROW_WIDTH,
  type RowBatch,
  SPAN_ID,
  STATUS_CODE,
  TIME_HIGH,
  TIME_LOW,
  TRACE_ID,
} from '../../collector/rows/row-batch.ts'

export interface Columns {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly name: string
  readonly kind: number
  readonly status: number
  readonly start: bigint
  readonly end: bigint
}

export const columnsOfSpan = (span: Span): Columns => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId,
  name: span.name,
  kind: span.kind,
  status: span.status.code,
  start: span.startTimeUnixNano,
  end: span.endTimeUnixNano,
})

export const columnsOfLog = (log: LogRecord): Columns => ({
  traceId: log.traceId ?? '',
  spanId: log.spanId ?? '',
  parentSpanId: null,
  name: log.eventName,
  kind: log.severityNumber,
  status: 0,
  start: log.timeUnixNano,
  end: log.observedTimeUnixNano,
})

export function columnsOfRows(batch: RowBatch): Columns[] {
  const bytesAt = (start: number, end: number) =>
    start < batch.body.length
      ? batch.body.subarray(start, end)
      : batch.extra.subarray(start - batch.body.length, end - batch.body.length)
  return Array.from({ length: batch.count }, (_, i) => {
    const at = (column: number) => batch.rows[i * ROW_WIDTH + column]!
    const id = (column: number, length: number): string | null => {
      const start = at(column)
      if (start === NONE) return null
      const isHex = batch.encoding === 'json'
      const bytes = Buffer.from(bytesAt(start, start + length * (isHex ? 2 : 1)))
      return isHex ? bytes.toString('latin1').toLowerCase() : bytes.toString('hex')
    }
    const time = (low: number, high: number) => (BigInt(at(high) >>> 0) << 32n) | BigInt(at(low) >>> 0)
    return {
      traceId: id(TRACE_ID, 16) ?? '',
      spanId: id(SPAN_ID, 8) ?? '',
      parentSpanId: id(PARENT_ID, 8),
      name: Buffer.from(bytesAt(at(NAME_START), at(NAME_END))).toString('utf8'),
      kind: at(KIND),
      status: at(STATUS_CODE),
      start: time(TIME_LOW, TIME_HIGH),
      end: time(END_LOW, END_HIGH),
    }
  })
}
