// Requests as rows -> one transaction for all of them. When this returns, they are committed.

import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { TraceId } from '../../analyzer/model/span.ts'
import {
  BODY_END,
  BODY_START,
  END_HIGH,
  END_LOW,
  KIND,
  NAME_END,
  NAME_START,
  NONE,
  ORIGIN_END,
  ORIGIN_START,
  ORIGIN_WIDTH,
  PARENT_ID,
  RESOURCE,
  ROW_WIDTH,
  type RowBatch,
  SCOPE,
  SPAN_ID,
  STATUS_CODE,
  TIME_HIGH,
  TIME_LOW,
  TRACE_ID,
  URL_END,
  URL_START,
} from '../rows/row-batch.ts'
import { type ConversationOf, type ConversationReader, noteLogOf, noteSpansOf, noteTraceOf } from './conversations.ts'
import type { Inserted } from './insert-spans.ts'
import { type StoredBody, statement } from './store.ts'
import { createTraceChanges, MAX_TIME, type TraceChanges } from './trace-changes.ts'
import { createSpanWriter } from './write-span.ts'

const TRACE_BYTES = 16
const SPAN_BYTES = 8

/** OTLP/JSON is stored as text without ever becoming a JavaScript string; protobuf as the bytes it is. */
const PLACEHOLDER = { json: 'CAST(? AS TEXT)', protobuf: '?' } as const

const insertLog = (body: string): string => `
  INSERT INTO logs (digest, trace_id, span_id, time_unix_nano, observed_unix_nano, severity, event_name,
    resource_id, scope_id, conversation_id, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${body}) ON CONFLICT (digest) DO NOTHING`

/** Stores requests in one transaction: all of them or, if this throws, none. Throws SqliteError (see `isTransient`). */
export function insertRows(
  database: Database.Database,
  batches: readonly RowBatch[],
  conversations: ConversationReader,
): Inserted {
  const changes = createTraceChanges()
  const touched = new Set<TraceId>()
  let logs = 0
  database
    .transaction(() => {
      for (const batch of batches) {
        if (batch.count === 0) continue
        if (batch.signal === 'traces') insertSpanRows(database, batch, changes, conversations)
        else logs += insertLogRows(database, batch, conversations, touched)
      }
      changes.write(database)
      for (const id of noteSpansOf(database, changes.traceIds())) touched.add(id)
    })
    .immediate()
  const traceIds = new Set(changes.traceIds())
  for (const traceId of touched) traceIds.add(traceId)
  return { added: changes.added() + logs, traceIds: [...traceIds] }
}

function insertSpanRows(
  database: Database.Database,
  batch: RowBatch,
  changes: TraceChanges,
  conversations: ConversationReader,
): void {
  const { rows } = batch
  const bytes = createBytes(batch)
  const resourceId = idOfOrigin(database, 'resources', batch, bytes)
  const scopeId = idOfOrigin(database, 'scopes', batch, bytes)
  const write = createSpanWriter(database, PLACEHOLDER[batch.encoding], changes)
  const conversationOf = byOrigin(batch, bytes, conversations.ofSpans)
  const known = new Set<TraceId>()
  for (let row = 0; row < batch.count * ROW_WIDTH; row += ROW_WIDTH) {
    const traceId = bytes.id(rows[row + TRACE_ID]!, TRACE_BYTES) as TraceId
    const name = bytes.text(rows[row + NAME_START]!, rows[row + NAME_END]!)
    const body = bytes.slice(rows[row + BODY_START]!, rows[row + BODY_END]!)
    write([
      traceId,
      bytes.id(rows[row + SPAN_ID]!, SPAN_BYTES),
      bytes.id(rows[row + PARENT_ID]!, SPAN_BYTES),
      name,
      rows[row + KIND]!,
      time(rows[row + TIME_LOW]!, rows[row + TIME_HIGH]!),
      time(rows[row + END_LOW]!, rows[row + END_HIGH]!),
      rows[row + STATUS_CODE]!,
      resourceId(rows[row + RESOURCE]!),
      scopeId(rows[row + SCOPE]!),
      body,
    ])
    if (known.has(traceId)) continue
    const conversation = conversationOf(row, name, body)
    if (conversation === null) continue
    // One is enough: all spans of a trace are of one conversation.
    known.add(traceId)
    noteTraceOf(database, conversation, traceId)
  }
}

/** What `tell` gives for the items of a batch; rows of one resource and scope stand together, so it is asked once for them. */
function byOrigin(
  batch: RowBatch,
  bytes: Bytes,
  tell: (resource: StoredBody, scope: StoredBody) => ConversationOf,
): (row: number, name: string, body: Uint8Array) => TraceId | null {
  const isText = batch.encoding === 'json'
  const bodyOf = (origin: number): StoredBody => {
    const at = origin * ORIGIN_WIDTH
    return { body: bytes.slice(batch.origins[at + ORIGIN_START]!, batch.origins[at + ORIGIN_END]!), isText }
  }
  let resource = NONE
  let scope = NONE
  let told: ConversationOf = () => null
  return (row, name, body) => {
    if (batch.rows[row + RESOURCE] !== resource || batch.rows[row + SCOPE] !== scope) {
      resource = batch.rows[row + RESOURCE]!
      scope = batch.rows[row + SCOPE]!
      told = tell(bodyOf(resource), bodyOf(scope))
    }
    return told(name, { body, isText })
  }
}

/** Gives the number of records that were added, and notes the traces that they are shown in. */
function insertLogRows(
  database: Database.Database,
  batch: RowBatch,
  conversations: ConversationReader,
  touched: Set<TraceId>,
): number {
  const { rows } = batch
  const bytes = createBytes(batch)
  const resourceId = idOfOrigin(database, 'resources', batch, bytes)
  const scopeId = idOfOrigin(database, 'scopes', batch, bytes)
  const conversationOf = byOrigin(batch, bytes, conversations.ofLogs)
  const insert = statement(database, insertLog(PLACEHOLDER[batch.encoding]))
  let count = 0
  for (let row = 0; row < batch.count * ROW_WIDTH; row += ROW_WIDTH) {
    const traceId = bytes.id(rows[row + TRACE_ID]!, TRACE_BYTES) as TraceId | null
    const observed = time(rows[row + END_LOW]!, rows[row + END_HIGH]!)
    const body = bytes.slice(rows[row + BODY_START]!, rows[row + BODY_END]!)
    const resource = resourceId(rows[row + RESOURCE]!)
    const scope = scopeId(rows[row + SCOPE]!)
    const sent = time(rows[row + TIME_LOW]!, rows[row + TIME_HIGH]!) || observed
    const name = bytes.text(rows[row + NAME_START]!, rows[row + NAME_END]!)
    const conversation = conversationOf(row, name, body)
    const { changes: added } = insert.run(
      digestOf(body, resource, scope),
      traceId,
      bytes.id(rows[row + SPAN_ID]!, SPAN_BYTES),
      sent,
      observed,
      rows[row + KIND],
      name,
      resource,
      scope,
      conversation,
      body,
    )
    count += added
    if (added === 0) continue
    if (traceId !== null) touched.add(traceId)
    if (conversation === null) continue
    if (traceId !== null) noteTraceOf(database, conversation, traceId)
    for (const id of noteLogOf(database, conversation, sent)) touched.add(id)
  }
  return count
}

/** 16 bytes of SHA-256 tell apart more records than a disk can hold. */
function digestOf(body: Uint8Array, resource: bigint, scope: bigint): Uint8Array {
  return createHash('sha256').update(`${resource} ${scope} `).update(body).digest().subarray(0, 16)
}

const halves = new Int32Array(2)
const whole = new BigInt64Array(halves.buffer)
const LOW = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1

/** Nanoseconds of two halves. */
function time(low: number, high: number): bigint {
  if (high < 0) return MAX_TIME
  halves[LOW] = low
  halves[1 - LOW] = high
  return whole[0]!
}

/** What positions of a batch point at. */
interface Bytes {
  slice(start: number, end: number): Uint8Array
  text(start: number, end: number): string
  /** Lower-case hex digits; null for NONE. */
  id(position: number, length: number): string | null
}

function createBytes({ encoding, body, extra }: RowBatch): Bytes {
  const received = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const written = Buffer.from(extra.buffer, extra.byteOffset, extra.byteLength)
  const split = body.length
  const format = encoding === 'json' ? 'latin1' : 'hex'
  const width = encoding === 'json' ? 2 : 1
  return {
    slice: (start, end) =>
      start < split ? received.subarray(start, end) : written.subarray(start - split, end - split),
    text: (start, end) =>
      start < split ? received.toString('utf8', start, end) : written.toString('utf8', start - split, end - split),
    id(position, length) {
      if (position === NONE) return null
      const text =
        position < split
          ? received.toString(format, position, position + width * length)
          : written.toString(format, position - split, position - split + width * length)
      return width === 2 ? text.toLowerCase() : text
    },
  }
}

/** Row ids of resources or scopes, each looked up once per request. */
function idOfOrigin(
  database: Database.Database,
  table: 'resources' | 'scopes',
  batch: RowBatch,
  bytes: Bytes,
): (origin: number) => bigint {
  const value = PLACEHOLDER[batch.encoding]
  const find = statement<{ id: bigint }>(database, `SELECT id FROM ${table} WHERE body = ${value} AND schema_url = ?`)
  const add = statement(database, `INSERT INTO ${table} (body, schema_url) VALUES (${value}, ?)`)
  const ids = new Map<number, bigint>()
  return (origin) => {
    let id = ids.get(origin)
    if (id === undefined) {
      const at = origin * ORIGIN_WIDTH
      const body = bytes.slice(batch.origins[at + ORIGIN_START]!, batch.origins[at + ORIGIN_END]!)
      const url = bytes.text(batch.origins[at + URL_START]!, batch.origins[at + URL_END]!)
      const known = find.get(body, url)
      id = known ? known.id : BigInt(add.run(body, url).lastInsertRowid)
      ids.set(origin, id)
    }
    return id
  }
}
