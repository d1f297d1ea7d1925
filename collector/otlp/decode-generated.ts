// The decoders that hold the hand-written readers to account, in tests and in the fuzzer: protobufjs' generated one, and
// JSON.parse. Slower, with nothing of their own about bytes.

import type { Result } from '../../analyzer/base/result.ts'
import type { LogRecord } from '../../analyzer/model/log.ts'
import { decodeJson, decodeLogsJson } from './decode-json.ts'
import { decodeLogsProtobuf, decodeProtobuf } from './decode-protobuf.ts'
import type { DecodedTraces } from './decoded-traces.ts'
import type { Encoding } from './encoding.ts'

/** Decodes one ExportTraceServiceRequest. The error is a sentence for the sender. */
export function decodeGenerated(bytes: Uint8Array, encoding: Encoding): Result<DecodedTraces> {
  return encoding === 'protobuf' ? decodeProtobuf(bytes) : decodeJson(bytes)
}

/** Decodes one ExportLogsServiceRequest likewise. */
export function decodeGeneratedLogs(bytes: Uint8Array, encoding: Encoding): Result<LogRecord[]> {
  return encoding === 'protobuf' ? decodeLogsProtobuf(bytes) : decodeLogsJson(bytes)
}
