// The way in: one request in either of OTLP's encodings -> rows for the store.

import type { Result } from '../../analyzer/base/result.ts'
import type { RowBatch } from '../rows/row-batch.ts'
import type { Encoding } from './encoding.ts'
import { readJsonRows } from './read-json-rows.ts'
import { readProtobufRows } from './read-protobuf-rows.ts'
import type { SecretFinder } from './secret-edits.ts'

/**
 * Reads one Export request. Spans without a valid trace id or span id are counted in `rejected`; anything else that is
 * wrong fails the whole request, with a sentence for the sender. `secrets` are taken out on the way.
 */
export function readRows(
  signal: RowBatch['signal'],
  encoding: Encoding,
  body: Uint8Array,
  secrets: SecretFinder,
): Result<RowBatch> {
  return encoding === 'protobuf' ? readProtobufRows(signal, body, secrets) : readJsonRows(signal, body, secrets)
}
