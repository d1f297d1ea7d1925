// The decoders that hold the hand-written readers to account, in tests and in the fuzzer: protobufjs' generated one, and
// JSON.parse. Slower, with nothing of their own about bytes.

import type { Result } from '../../analyzer/base/result.ts'
import { decodeJson } from './decode-json.ts'
import { decodeProtobuf } from './decode-protobuf.ts'
import type { DecodedTraces } from './decoded-traces.ts'
import type { Encoding } from './encoding.ts'

/** Decodes one ExportTraceServiceRequest. The error is a sentence for the sender. */
export function decodeGenerated(bytes: Uint8Array, encoding: Encoding): Result<DecodedTraces> {
  return encoding === 'protobuf' ? decodeProtobuf(bytes) : decodeJson(bytes)
}
