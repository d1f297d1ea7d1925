// Phoenix: spans as its API and clients give them (`{"data": [span]}`, a list, or lines), and its table of spans as pandas
// writes it. They are OpenInference's: attributes nested (`{"llm": {"model_name"}}`), flat (`llm.model_name`) or as columns
// (`attributes.llm.model_name`) become the flat ones that they were sent as. What its api gives as OTLP is read too.

import type { AttributeValue, Span, SpanEvent, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { STATUS_ERROR } from '../../analyzer/model/span.ts'
import { attributes } from './attributes-of-json.ts'
import { type Imported, type ImportFormat, type JsonItem, type Sketch, UnreadableFile } from './format.ts'
import { type JsonRecord, listOf, parseObject, recordOf, textOf } from './parse-item.ts'
import { flatAttributes } from './phoenix-attributes.ts'
import { hexId } from './span-ids.ts'
import { later, nanosOfIso, nanosOfMillis } from './timestamps.ts'

export const phoenix: ImportFormat = {
  name: 'Phoenix export',
  looksLike: 'spans with "context" (trace_id, span_id), "span_kind" and "start_time"',
  recognises: (sketch) => itemsIn(sketch).length > 0,
  items: (sketch) => itemsIn(sketch),
  createReader: () => ({ read: (item) => [readSpan(item)], end: () => [] }),
}

const itemsIn = ({ paths }: Sketch): readonly string[] =>
  ['$.data.*', '$.spans.*', '$.*', '$'].filter(
    (place) =>
      (paths.has(`${place}.context.span_id`) && paths.has(`${place}.start_time`)) ||
      (paths.has(`${place}.span_id`) && paths.has(`${place}.start_time_unix_nano`)),
  )

function readSpan(item: JsonItem): Imported {
  const record = parseObject(item)
  if (record.start_time_unix_nano !== undefined) return asOtlp(record, item.line)
  const context = recordOf(record.context)
  const traceId = hexId(context?.trace_id ?? record['context.trace_id'], 32)
  const spanId = hexId(context?.span_id ?? record['context.span_id'], 16)
  const start = nanosOf(record.start_time)
  if (traceId === null || spanId === null || start === null) {
    throw new UnreadableFile(
      `line ${item.line}: a span of Phoenix has context.trace_id, context.span_id and start_time, this one lacks one`,
    )
  }
  const end = nanosOf(record.end_time) ?? start
  const found = flatAttributes(recordOf(record.attributes) ?? columns(record))
  const kind = textOf(record.span_kind)
  if (kind !== null && !found.has('openinference.span.kind')) found.set('openinference.span.kind', kind.toUpperCase())
  const span: Span = {
    traceId: traceId as TraceId,
    spanId: spanId as SpanId,
    parentSpanId: hexId(record.parent_id, 16) as SpanId | null,
    name: textOf(record.name) ?? '',
    kind: 1,
    startTimeUnixNano: start,
    endTimeUnixNano: later(start, end),
    attributes: found,
    droppedAttributesCount: 0,
    events: listOf(record.events).flatMap((event) => eventOf(recordOf(event) ?? {})),
    links: [],
    status: {
      code: record.status_code === 'OK' ? 1 : record.status_code === 'ERROR' ? STATUS_ERROR : 0,
      message: textOf(record.status_message) ?? '',
    },
    scope: { name: SCOPE, version: '' },
    resource: RESOURCE,
  }
  return { kind: 'spans', spans: [span], mayGrow: false }
}

/** Which instrumentation made a span, Phoenix does not say. */
const SCOPE = 'tailrace.import.phoenix'
const RESOURCE: ReadonlyMap<string, AttributeValue> = new Map()

/** Times are ISO 8601, or milliseconds where a table was written as JSON. */
const nanosOf = (value: unknown): bigint | null => nanosOfIso(value) ?? nanosOfMillis(value)

/** The columns of a table's row that hold attributes. */
const columns = (row: JsonRecord): JsonRecord =>
  Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) => (key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), value]] : [])),
  )

const PREFIX = 'attributes.'

function eventOf(event: JsonRecord): SpanEvent[] {
  const time = nanosOf(event.timestamp)
  if (time === null) return []
  return [
    { name: textOf(event.name) ?? '', timeUnixNano: time, attributes: attributes(recordOf(event.attributes) ?? {}) },
  ]
}

/** OTLP's own fields, in the snake case that its JSON reader takes too. */
function asOtlp(span: JsonRecord, line: number): Imported {
  const body = Buffer.from(
    JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: SCOPE }, spans: [span] }] }] }),
  )
  return { kind: 'request', signal: 'traces', encoding: 'json', body, place: `line ${line}: ` }
}
