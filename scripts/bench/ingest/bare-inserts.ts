// The limit: the rows that the requests become, ready in memory, put into the same schema by better-sqlite3 with the same
// settings, 512 a transaction. No network, no decoding, no redaction; the whole machine to itself.

import { conversationReader } from '../../../collector/conversation-reader.ts'
import { openDatabase } from '../../../collector/database.ts'
import { readRows } from '../../../collector/otlp/read-rows.ts'
import { BODY_END, BODY_START, ROW_WIDTH } from '../../../collector/rows/row-batch.ts'
import { insertRows } from '../../../collector/store/insert-rows.ts'
import { type Durability, openWriter } from '../../../collector/store/open-writer.ts'
import { agentRequest, SPANS_PER_REQUEST } from '../agent-requests.ts'

const TEMPLATES = 4
const WARM_UP = 12

const [file, encoding, durability, requests] = process.argv.slice(2) as [
  string,
  'protobuf' | 'json',
  Durability,
  string,
]
const opened = openDatabase(file)
if (!opened.ok) throw new Error(opened.error)
opened.value.close()
const database = openWriter(file, durability)

const COLUMNS =
  'trace_id, span_id, parent_span_id, name, kind, start_unix_nano, end_unix_nano, status_code, resource_id, scope_id'
const templates = Array.from({ length: TEMPLATES }, (_, n) => rowsOf(n))
const body = encoding === 'json' ? 'CAST(? AS TEXT)' : '?'
const insert = database.prepare(`INSERT INTO spans (${COLUMNS}, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${body})`)
const insertTrace = database.prepare('INSERT OR REPLACE INTO traces VALUES (?, ?, ?, ?, ?, NULL)')

let sending = 1
insertMany(WARM_UP)
const startMs = performance.now()
insertMany(Number(requests))
console.log((Number(requests) * SPANS_PER_REQUEST * 1000) / (performance.now() - startMs))
database.close()

function insertMany(count: number): void {
  for (let i = 0; i < count; i++) {
    const digits = (++sending).toString(16).padStart(4, '0')
    database
      .transaction(() => {
        const traces = new Map<string, unknown[]>()
        for (const { traceId, spanId, start, end, values } of templates[i % TEMPLATES]!) {
          const { lastInsertRowid } = insert.run(digits + traceId, digits + spanId, ...values)
          traces.set(traceId, [digits + traceId, start, end, 16, lastInsertRowid])
        }
        for (const values of traces.values()) insertTrace.run(...values)
      })
      .immediate()
  }
}

/** What reading request `n` gives, as the database gives it back; ids without the four digits that are stamped. */
function rowsOf(n: number) {
  const request = agentRequest(n, encoding)
  const read = readRows('traces', encoding, new Uint8Array(request.body), null)
  if (!read.ok) throw new Error(read.error)
  insertRows(database, [read.value], conversationReader)
  const stored = database
    .prepare(`SELECT ${COLUMNS} FROM spans WHERE id > (SELECT max(id) FROM spans) - ? ORDER BY id`)
    .safeIntegers()
    .raw()
    .all(SPANS_PER_REQUEST) as unknown[][]
  return stored.map(([traceId, spanId, ...rest], i) => {
    const row = i * ROW_WIDTH
    const text = request.body.subarray(read.value.rows[row + BODY_START], read.value.rows[row + BODY_END])
    return {
      traceId: (traceId as string).slice(4),
      spanId: (spanId as string).slice(4),
      start: rest[3],
      end: rest[4],
      values: [...rest, text],
    }
  })
}
