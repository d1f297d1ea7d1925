// Jaeger's JSON: `{"data": [trace, ...]}`, what its UI downloads and its api/traces answers. A trace is an item: the
// processes, which hold the resources, come after its spans. OpenTelemetry's own fields are tags there, as its
// specification maps them: https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/

import type { Attributes, AttributeValue, Span, SpanEvent, SpanId, TraceId } from '../../analyzer/model/span.ts'
import { STATUS_ERROR } from '../../analyzer/model/span.ts'
import { attributeOf } from './attributes-of-json.ts'
import { type Imported, type ImportFormat, type JsonItem, UnreadableFile } from './format.ts'
import { type JsonRecord, listOf, parseObject, recordOf, textOf } from './parse-item.ts'
import { hexId } from './span-ids.ts'
import { nanosOfMicros } from './timestamps.ts'

export const jaeger: ImportFormat = {
  name: 'Jaeger JSON',
  looksLike: 'traces with "traceID", "spans" and "processes", in "data"',
  recognises: ({ paths }) => PLACES.some((place) => paths.has(`${place}.traceID`) && paths.has(`${place}.spans`)),
  items: ({ paths }) => PLACES.filter((place) => paths.has(`${place}.traceID`)),
  createReader: () => ({ read: (item) => readTrace(item), end: () => [] }),
}

const PLACES = ['$.data.*', '$.*']

function readTrace(item: JsonItem): Imported[] {
  const trace = parseObject(item)
  const processes = recordOf(trace.processes) ?? {}
  const origins = new Map<unknown, Attributes>()
  const originOf = (id: unknown): Attributes => {
    const known = origins.get(id) ?? resourceOf(recordOf(processes[String(id)]))
    origins.set(id, known)
    return known
  }
  const spans = listOf(trace.spans).map((value) => {
    const span = recordOf(value) ?? {}
    const made = spanOf(span, recordOf(span.process) ? resourceOf(recordOf(span.process)) : originOf(span.processID))
    if (made === null) throw new UnreadableFile(`line ${item.line}: ${complaint(span)}`)
    return made
  })
  return [{ kind: 'spans', spans, mayGrow: false }]
}

function spanOf(value: JsonRecord, resource: Attributes): Span | null {
  const traceId = hexId(value.traceID, 32)
  const spanId = hexId(value.spanID, 16)
  const start = nanosOfMicros(value.startTime)
  const duration = nanosOfMicros(value.duration)
  if (traceId === null || spanId === null || start === null || duration === null) return null
  const tags = tagsOf(value.tags)
  const take = (...keys: string[]): string => {
    const found = keys.map((key) => tags.get(key)).find((tag) => tag !== undefined)
    for (const key of keys) tags.delete(key)
    return found === undefined ? '' : String(found)
  }
  const kind = KINDS.indexOf(take('span.kind')) + 1
  const code = take('otel.status_code')
  return {
    traceId: traceId as TraceId,
    spanId: spanId as SpanId,
    parentSpanId: parentOf(value, traceId),
    name: textOf(value.operationName) ?? '',
    kind,
    startTimeUnixNano: start,
    endTimeUnixNano: start + duration,
    scope: {
      name: take('otel.scope.name', 'otel.library.name'),
      version: take('otel.scope.version', 'otel.library.version'),
    },
    status: {
      code: code === 'OK' ? 1 : code === 'ERROR' || tags.get('error') === true ? STATUS_ERROR : 0,
      message: take('otel.status_description'),
    },
    attributes: tags,
    droppedAttributesCount: 0,
    events: listOf(value.logs).flatMap((log) => eventOf(recordOf(log) ?? {})),
    links: [],
    resource,
  }
}

/** In the order of OTLP's numbers, from 1. */
const KINDS = ['internal', 'server', 'client', 'producer', 'consumer']

function parentOf(span: JsonRecord, traceId: string): SpanId | null {
  const references = listOf(span.references).map((reference) => recordOf(reference) ?? {})
  const parent =
    references.find((reference) => reference.refType === 'CHILD_OF') ??
    references.find((reference) => hexId(reference.traceID, 32) === traceId)
  return (hexId(parent?.spanID ?? span.parentSpanID, 16) as SpanId | null) ?? null
}

function eventOf(log: JsonRecord): SpanEvent[] {
  const time = nanosOfMicros(log.timestamp)
  if (time === null) return []
  const fields = tagsOf(log.fields)
  const name = fields.get('event') ?? fields.get('message') ?? 'log'
  fields.delete('event')
  return [{ name: String(name), timeUnixNano: time, attributes: fields }]
}

function tagsOf(value: unknown): Map<string, AttributeValue> {
  const tags = new Map<string, AttributeValue>()
  for (const item of listOf(value)) {
    const tag = recordOf(item)
    const attribute = tag === null ? undefined : attributeOf(tag.value)
    if (tag !== null && typeof tag.key === 'string' && attribute !== undefined) tags.set(tag.key, attribute)
  }
  return tags
}

function resourceOf(process: JsonRecord | null): Attributes {
  const tags = tagsOf(process?.tags)
  const name = textOf(process?.serviceName)
  if (name !== null) tags.set('service.name', name)
  return tags
}

function complaint(span: JsonRecord): string {
  const name = textOf(span.operationName) ?? 'without a name'
  return `the span ${name} has no valid traceID, spanID, startTime and duration (in microseconds)`
}
