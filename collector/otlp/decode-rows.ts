// Rows -> the analyzer's model, without a store in between.

import type { Result } from '../../analyzer/base/result.ts'
import type { LogRecord } from '../../analyzer/model/log.ts'
import type { Attributes } from '../../analyzer/model/span.ts'
import {
  BODY_END,
  BODY_START,
  ORIGIN_END,
  ORIGIN_START,
  ORIGIN_WIDTH,
  RESOURCE,
  ROW_WIDTH,
  type RowBatch,
  SCOPE,
} from '../rows/row-batch.ts'
import { catchBadData } from './bad-data.ts'
import { attributesOf, decodeLogRecord, decodeSpan, scopeOf } from './decode-json.ts'
import { decodeLogMessage, decodeResourceMessage, decodeScopeMessage, decodeSpanMessage } from './decode-messages.ts'
import type { DecodedTraces, Origin } from './decoded-traces.ts'
import type { Encoding } from './encoding.ts'
import { parseExactJson } from './parse-exact-json.ts'
import { readRows } from './read-rows.ts'
import type { SecretFinder } from './secret-edits.ts'

/** Decodes one ExportTraceServiceRequest with the readers that ingest uses. The error is a sentence for the sender. */
export function decodeHand(bytes: Uint8Array, encoding: Encoding, secrets: SecretFinder = null): Result<DecodedTraces> {
  const read = readRows('traces', encoding, bytes, secrets)
  if (!read.ok) return read
  const { rejected, reason } = read.value
  return catchBadData(() => ({ spans: decodeBatch(read.value), rejected, reason }))
}

/** The spans of a batch of traces. Throws BadData if its rows were not made by `readRows`. */
export function decodeBatch(batch: RowBatch): DecodedTraces['spans'] {
  const spans = decodeRows(batch, batch.encoding === 'json' ? jsonSpan : decodeSpanMessage)
  // A row without ids is never made.
  return spans as DecodedTraces['spans']
}

/** The records of a batch of logs, likewise. */
export const decodeLogBatch = (batch: RowBatch): LogRecord[] =>
  decodeRows(batch, batch.encoding === 'json' ? jsonLog : decodeLogMessage)

/** Decodes one ExportLogsServiceRequest likewise. */
export function decodeLogs(bytes: Uint8Array, encoding: Encoding, secrets: SecretFinder = null): Result<LogRecord[]> {
  const read = readRows('logs', encoding, bytes, secrets)
  if (!read.ok) return read
  return catchBadData(() => decodeLogBatch(read.value))
}

function decodeRows<T>(batch: RowBatch, decode: (body: Uint8Array, origin: Origin) => T): T[] {
  const isJson = batch.encoding === 'json'
  const resources = new Map<number, Attributes>()
  const scopes = new Map<number, Origin['scope']>()
  const items: T[] = []
  for (let row = 0; row < batch.count * ROW_WIDTH; row += ROW_WIDTH) {
    const resource = once(resources, batch.rows[row + RESOURCE]!, (origin) => {
      const body = originBytes(batch, origin)
      return isJson ? attributesOf((jsonOf(body) as { attributes?: unknown }).attributes) : decodeResourceMessage(body)
    })
    const scope = once(scopes, batch.rows[row + SCOPE]!, (origin) => {
      const body = originBytes(batch, origin)
      return isJson ? scopeOf(jsonOf(body)) : decodeScopeMessage(body)
    })
    items.push(decode(slice(batch, batch.rows[row + BODY_START]!, batch.rows[row + BODY_END]!), { resource, scope }))
  }
  return items
}

const jsonSpan = (body: Uint8Array, origin: Origin) => decodeSpan(parseExactJson(body), origin)
const jsonLog = (body: Uint8Array, origin: Origin) => decodeLogRecord(parseExactJson(body), origin)
const jsonOf = (body: Uint8Array): unknown => (body.length === 0 ? {} : parseExactJson(body))

function once<T>(known: Map<number, T>, origin: number, make: (origin: number) => T): T {
  const found = known.get(origin) ?? make(origin)
  known.set(origin, found)
  return found
}

function originBytes(batch: RowBatch, origin: number): Uint8Array {
  const at = origin * ORIGIN_WIDTH
  return slice(batch, batch.origins[at + ORIGIN_START]!, batch.origins[at + ORIGIN_END]!)
}

function slice({ body, extra }: RowBatch, start: number, end: number): Uint8Array {
  return start < body.length ? body.subarray(start, end) : extra.subarray(start - body.length, end - body.length)
}
