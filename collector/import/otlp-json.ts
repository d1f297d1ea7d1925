// OTLP in JSON: one request, an array of them, or a line for each, as the OpenTelemetry Collector's file exporter and the
// SDKs' own write them; the answer of Jaeger's api/v3 too. What a request holds for one resource is an item, kept as it is.

import { type Imported, type ImportFormat, type JsonItem, UnreadableFile } from './format.ts'

const FIELDS = {
  resourceSpans: 'traces',
  resource_spans: 'traces',
  resourceLogs: 'logs',
  resource_logs: 'logs',
} as const
type Field = keyof typeof FIELDS

/** Where requests stand in a file. */
const PLACES = ['$', '$.*', '$.result']

/** Metrics are passed over. */
const MARKS = [...Object.keys(FIELDS), 'resourceMetrics', 'resource_metrics']

export const otlpJson: ImportFormat = {
  name: 'OTLP JSON',
  looksLike: '"resourceSpans" or "resourceLogs" in a request, a line or an array of requests',
  recognises: ({ paths }) => PLACES.some((place) => MARKS.some((mark) => paths.has(`${place}.${mark}`))),
  items: () => PLACES.flatMap((place) => Object.keys(FIELDS).map((field) => `${place}.${field}.*`)),
  createReader: () => ({ read: (item) => [requestOf(item)], end: () => [] }),
}

function requestOf({ path, bytes, line }: JsonItem): Imported {
  const field = path.split('.').findLast((part): part is Field => Object.hasOwn(FIELDS, part))
  if (field === undefined || !path.endsWith('.*')) {
    throw new UnreadableFile(`line ${line}: expected a list at ${path}`)
  }
  const body = Buffer.concat([Buffer.from(`{"${field}":[`), bytes, Buffer.from(']}')])
  return { kind: 'request', signal: FIELDS[field], encoding: 'json', body, place: `line ${line}: ` }
}
