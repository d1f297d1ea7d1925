// Files -> the store. What is there already stays as it is, except for what has gone on since.

import type { Span } from '../../analyzer/model/span.ts'
import { conversationReader } from '../conversation-reader.ts'
import type { SecretFinder } from '../otlp/secret-edits.ts'
import type { RowBatch } from '../rows/row-batch.ts'
import { deleteShorter } from '../store/delete-shorter.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { Connection } from '../store/store.ts'
import type { Imported } from './format.ts'
import { readTraces } from './read-traces.ts'
import { rowsOf } from './rows-of.ts'

/** Bytes of one transaction, about. */
const GROUP_BYTES = 4 * 1024 * 1024

export interface ImportCounts {
  /** Spans and log records in the file. */
  readonly read: number
  /** Those that were not stored before, or had not been as long. */
  readonly added: number
  /** Traces that got something. */
  readonly traces: number
}

/**
 * Stores what a file holds; importing it twice stores it once. Throws UnreadableFile, with what came before stored, and
 * SqliteError. `commit` runs one transaction, and may try it again.
 */
export async function importTraces(
  chunks: AsyncIterable<Uint8Array>,
  secrets: SecretFinder,
  commit: <T>(transaction: (database: Connection) => T) => Promise<T>,
): Promise<ImportCounts> {
  const traces = new Set<string>()
  let read = 0
  let added = 0
  let group: RowBatch[] = []
  let growing: Span[] = []
  let bytes = 0

  async function store(): Promise<void> {
    if (group.length === 0) return
    const [batches, mayGrow] = [group, growing]
    group = []
    growing = []
    bytes = 0
    const inserted = await commit((database) => {
      return database
        .transaction(() => {
          deleteShorter(database, mayGrow)
          return insertRows(database, batches, conversationReader)
        })
        .immediate()
    })
    added += inserted.added
    for (const id of inserted.traceIds) traces.add(id)
  }

  const add = (imported: Imported): void => {
    const rows = rowsOf(imported, secrets)
    read += rows.count
    group.push(rows)
    bytes += rows.body.length
    if (imported.kind === 'spans' && imported.mayGrow) growing.push(...imported.spans)
  }

  try {
    for await (const imported of readTraces(chunks)) {
      add(imported)
      if (bytes >= GROUP_BYTES) await store()
    }
  } finally {
    await store()
  }
  return { read, added, traces: traces.size }
}
