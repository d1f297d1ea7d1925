// ExportTraceServiceRequest in OTLP/JSON -> spans. Also reads back the span objects that the store keeps.

import type { Result } from '../../analyzer/base/result.ts'
import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Attributes, AttributeValue, SpanLink } from '../../analyzer/model/span.ts'
import { BadData, catchBadData, MAX_NESTING, mapItems } from './bad-data.ts'
import { type DecodedTraces, judgeSpans, type Origin, type RawSpan } from './decoded-traces.ts'
import { SEVERITIES, SPAN_KINDS, STATUS_CODES } from './enum-names.ts'
import {
  base64Of,
  booleanOf,
  doubleOf,
  enumOf,
  field,
  int64Of,
  listOf,
  objectOf,
  stringOf,
  uint32Of,
  uint64Of,
} from './json-fields.ts'
import { parseExactJson } from './parse-exact-json.ts'
import { spanIdOf, traceIdOf } from './span-ids.ts'

/** Decodes one request. The error is a sentence for the sender. Times and 64-bit integers keep every digit. */
export function decodeJson(bytes: Uint8Array): Result<DecodedTraces> {
  return catchBadData(() => decodeRequest(parseExactJson(bytes)))
}

/** Decodes one request that is parsed already. Throws BadData. */
export function decodeRequest(request: unknown): DecodedTraces {
  const raw: RawSpan[] = []
  const groups = listOf(field(objectOf(request, 'the request'), 'resourceSpans', 'resource_spans'), 'resourceSpans')
  mapItems(groups, 'resourceSpans', (item) => {
    const group = objectOf(item, 'resourceSpans')
    const resource = attributesOf(objectOf(group.resource, 'resource').attributes)
    mapItems(listOf(field(group, 'scopeSpans', 'scope_spans'), 'scopeSpans'), 'scopeSpans', (item) => {
      const { scope, spans } = objectOf(item, 'scopeSpans')
      const origin: Origin = { resource, scope: scopeOf(scope) }
      for (const span of mapItems(listOf(spans, 'spans'), 'spans', (span) => decodeSpan(span, origin))) raw.push(span)
    })
  })
  return judgeSpans(raw)
}

/** Decodes one ExportLogsServiceRequest likewise. */
export function decodeLogsJson(bytes: Uint8Array): Result<LogRecord[]> {
  return catchBadData(() => decodeLogsRequest(parseExactJson(bytes)))
}

/** The log records of an ExportLogsServiceRequest that is parsed already. Throws BadData. */
export function decodeLogsRequest(request: unknown): LogRecord[] {
  const records: LogRecord[] = []
  const groups = listOf(field(objectOf(request, 'the request'), 'resourceLogs', 'resource_logs'), 'resourceLogs')
  mapItems(groups, 'resourceLogs', (item) => {
    const group = objectOf(item, 'resourceLogs')
    const resource = attributesOf(objectOf(group.resource, 'resource').attributes)
    mapItems(listOf(field(group, 'scopeLogs', 'scope_logs'), 'scopeLogs'), 'scopeLogs', (item) => {
      const scopeGroup = objectOf(item, 'scopeLogs')
      const origin: Origin = { resource, scope: scopeOf(scopeGroup.scope) }
      const logs = listOf(field(scopeGroup, 'logRecords', 'log_records'), 'logRecords')
      for (const log of mapItems(logs, 'logRecords', (log) => decodeLogRecord(log, origin))) records.push(log)
    })
  })
  return records
}

/** Decodes a scope object. Throws BadData. */
export function scopeOf(value: unknown): Origin['scope'] {
  const scope = objectOf(value, 'scope')
  // Nobody reads them, but they are kept, so they have to be readable.
  attributesOf(scope.attributes)
  return { name: stringOf(scope.name, 'scope.name'), version: stringOf(scope.version, 'scope.version') }
}

/** Decodes one span object. Throws BadData. */
export function decodeSpan(value: unknown, { resource, scope }: Origin): RawSpan {
  const span = objectOf(value, 'a span')
  const status = objectOf(span.status, 'status')
  const droppedEventsCount = uint32Of(field(span, 'droppedEventsCount', 'dropped_events_count'), 'droppedEventsCount')
  return {
    traceId: traceIdOf(stringOf(field(span, 'traceId', 'trace_id'), 'traceId')),
    spanId: spanIdOf(stringOf(field(span, 'spanId', 'span_id'), 'spanId'), 'spanId'),
    parentSpanId:
      spanIdOf(stringOf(field(span, 'parentSpanId', 'parent_span_id'), 'parentSpanId'), 'parentSpanId') || null,
    name: stringOf(span.name, 'name'),
    kind: enumOf(span.kind, 'kind', SPAN_KINDS),
    startTimeUnixNano: uint64Of(field(span, 'startTimeUnixNano', 'start_time_unix_nano'), 'startTimeUnixNano'),
    endTimeUnixNano: uint64Of(field(span, 'endTimeUnixNano', 'end_time_unix_nano'), 'endTimeUnixNano'),
    attributes: attributesOf(span.attributes),
    droppedAttributesCount: uint32Of(
      field(span, 'droppedAttributesCount', 'dropped_attributes_count'),
      'droppedAttributesCount',
    ),
    events: mapItems(listOf(span.events, 'events'), 'events', (item) => {
      const event = objectOf(item, 'an event')
      return {
        name: stringOf(event.name, 'name'),
        timeUnixNano: uint64Of(field(event, 'timeUnixNano', 'time_unix_nano'), 'timeUnixNano'),
        attributes: attributesOf(event.attributes),
      }
    }),
    ...(droppedEventsCount > 0 && { droppedEventsCount }),
    links: mapItems(listOf(span.links, 'links'), 'links', (item) => {
      const link = objectOf(item, 'a link')
      return {
        traceId: traceIdOf(stringOf(field(link, 'traceId', 'trace_id'), 'traceId')),
        spanId: spanIdOf(stringOf(field(link, 'spanId', 'span_id'), 'spanId'), 'spanId'),
        attributes: attributesOf(link.attributes),
      }
    }).filter((link): link is SpanLink => link.traceId !== '' && link.spanId !== ''), // a link to nowhere
    status: {
      code: enumOf(status.code, 'status.code', STATUS_CODES),
      message: stringOf(status.message, 'status.message'),
    },
    scope,
    resource,
  }
}

/** Decodes one log record object. Throws BadData. */
export function decodeLogRecord(value: unknown, { resource, scope }: Origin): LogRecord {
  const record = objectOf(value, 'a log record')
  return {
    traceId: traceIdOf(stringOf(field(record, 'traceId', 'trace_id'), 'traceId')) || null,
    spanId: spanIdOf(stringOf(field(record, 'spanId', 'span_id'), 'spanId'), 'spanId') || null,
    timeUnixNano: uint64Of(field(record, 'timeUnixNano', 'time_unix_nano'), 'timeUnixNano'),
    observedTimeUnixNano: uint64Of(
      field(record, 'observedTimeUnixNano', 'observed_time_unix_nano'),
      'observedTimeUnixNano',
    ),
    severityNumber: enumOf(field(record, 'severityNumber', 'severity_number'), 'severityNumber', SEVERITIES),
    severityText: stringOf(field(record, 'severityText', 'severity_text'), 'severityText'),
    eventName: stringOf(field(record, 'eventName', 'event_name'), 'eventName'),
    body: anyValueOf(record.body, 0),
    attributes: attributesOf(record.attributes),
    droppedAttributesCount: uint32Of(
      field(record, 'droppedAttributesCount', 'dropped_attributes_count'),
      'droppedAttributesCount',
    ),
    scope,
    resource,
  }
}

/** Decodes a list of OTLP/JSON key-values. Throws BadData. */
export function attributesOf(value: unknown, depth = 0): Attributes {
  const attributes = new Map<string, AttributeValue>()
  mapItems(listOf(value, 'attributes'), 'attributes', (item) => {
    const pair = objectOf(item, 'an attribute')
    attributes.set(stringOf(pair.key, 'key'), anyValueOf(pair.value, depth))
  })
  return attributes
}

function anyValueOf(value: unknown, depth: number): AttributeValue {
  if (depth > MAX_NESTING) throw new BadData(`an attribute nests deeper than ${MAX_NESTING} levels`)
  const any = objectOf(value, 'an attribute value')
  const text = field(any, 'stringValue', 'string_value')
  if (text !== undefined && text !== null) return stringOf(text, 'stringValue')
  const integer = field(any, 'intValue', 'int_value')
  if (integer !== undefined && integer !== null) return int64Of(integer, 'intValue')
  const boolean = field(any, 'boolValue', 'bool_value')
  if (boolean !== undefined && boolean !== null) return booleanOf(boolean, 'boolValue')
  const double = field(any, 'doubleValue', 'double_value')
  if (double !== undefined && double !== null) return doubleOf(double, 'doubleValue')
  const array = field(any, 'arrayValue', 'array_value')
  if (array !== undefined && array !== null) {
    const { values } = objectOf(array, 'arrayValue')
    return mapItems(listOf(values, 'arrayValue.values'), 'values', (item) => anyValueOf(item, depth + 1))
  }
  const list = field(any, 'kvlistValue', 'kvlist_value')
  if (list !== undefined && list !== null) return attributesOf(objectOf(list, 'kvlistValue').values, depth + 1)
  const bytes = field(any, 'bytesValue', 'bytes_value')
  if (bytes !== undefined && bytes !== null) return { base64: base64Of(bytes, 'bytesValue') }
  return null
}
