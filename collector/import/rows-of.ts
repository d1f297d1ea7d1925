// What was read -> rows, as the collector makes them of what exporters send.

import { readRows } from '../otlp/read-rows.ts'
import type { SecretFinder } from '../otlp/secret-edits.ts'
import { requestToJson } from '../otlp/span-to-json.ts'
import type { RowBatch } from '../rows/row-batch.ts'
import { type Imported, UnreadableFile } from './format.ts'

/** Secrets are taken out on the way. Throws UnreadableFile. */
export function rowsOf(imported: Imported, secrets: SecretFinder): RowBatch {
  const isRequest = imported.kind === 'request'
  const body = isRequest ? imported.body : Buffer.from(JSON.stringify(requestToJson(imported.spans)))
  const rows = readRows(isRequest ? imported.signal : 'traces', isRequest ? imported.encoding : 'json', body, secrets)
  const place = isRequest ? imported.place : ''
  if (!rows.ok) throw new UnreadableFile(`${place}${rows.error}`)
  // A span that no id can find: a file that is taken in part would be judged wrongly.
  if (rows.value.rejected > 0) throw new UnreadableFile(`${place}${rows.value.reason}`)
  return rows.value
}
