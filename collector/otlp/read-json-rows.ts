// ExportTraceServiceRequest and ExportLogsServiceRequest in OTLP/JSON -> rows. A span is kept as the text of its object,
// unknown fields included. What an unpacked object would hold is checked in place: `decode-json.ts` reads every row back.

import { isUtf8 } from 'node:buffer'
import type { Result } from '../../analyzer/base/result.ts'
import type { RowBatch } from '../rows/row-batch.ts'
import { createRowBuilder } from '../rows/row-builder.ts'
import { BadData, catchBadData, tooManyRows } from './bad-data.ts'
import { JsonReader, type Keys, keysOf, NO_KEY } from './json-reader.ts'
import { type JsonReading, splice } from './json-row.ts'
import { readString } from './json-scalars.ts'
import { readLogRecord } from './read-json-log.ts'
import { readSpan } from './read-json-span.ts'
import { scanAttributes } from './scan-json.ts'
import type { SecretFinder } from './secret-edits.ts'

interface Reading extends JsonReading {
  readonly names: Names
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
  readonly readItem: (reading: JsonReading, resource: number, scope: number) => void
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

function placeOf({ names, place }: Reading): string {
  if (place.group < 0) return ''
  let text = `${names.groups}[${place.group}]`
  if (place.scopeGroup >= 0) text += `.${names.scopeGroups}[${place.scopeGroup}]`
  if (place.item >= 0) text += `.${names.items}[${place.item}]`
  return `${text}: `
}
