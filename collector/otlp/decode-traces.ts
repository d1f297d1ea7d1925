// The way in: bytes in one of OTLP's two encodings -> spans.

import type { Result } from '../../analyzer/base/result.ts'
import { decodeJson } from './decode-json.ts'
import { decodeProtobuf } from './decode-protobuf.ts'
import type { DecodedTraces } from './decoded-traces.ts'
import type { Encoding } from './encoding.ts'

/**
 * Decodes one ExportTraceServiceRequest. Spans without a valid trace id or span id are counted in `rejected`;
 * anything else that is wrong fails the whole request, with a sentence for the sender.
 */
export function decodeTraces(bytes: Uint8Array, encoding: Encoding): Result<DecodedTraces> {
  return encoding === 'protobuf' ? decodeProtobuf(bytes) : decodeJson(bytes)
}
