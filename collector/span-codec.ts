// What the store keeps of a span, read back: OTLP/JSON as text, protobuf as bytes, both as they were received.

import { assert } from '../analyzer/base/assert.ts'
import type { Attributes, Span } from '../analyzer/model/span.ts'
import { attributesOf, decodeLogRecord, decodeSpan, scopeOf } from './otlp/decode-json.ts'
import {
  decodeLogMessage,
  decodeResourceMessage,
  decodeScopeMessage,
  decodeSpanMessage,
} from './otlp/decode-messages.ts'
import { parseExactJson } from './otlp/parse-exact-json.ts'
import { attributesToJson, spanToJson } from './otlp/span-to-json.ts'
import type { SpanCodec } from './store/store.ts'

export const spanCodec: SpanCodec = {
  writeSpan: (span) => JSON.stringify(spanToJson(span)),
  writeResource: (resource) => JSON.stringify({ attributes: attributesToJson(resource) }),
  writeScope: (scope) => JSON.stringify(scope),
  readResource({ body, isText }): Attributes {
    if (!isText) return decodeResourceMessage(body)
    return attributesOf((parse(body) as { attributes?: unknown }).attributes)
  },
  readScope: ({ body, isText }) => (isText ? scopeOf(parse(body)) : decodeScopeMessage(body)),
  readSpan({ body, isText }, origin): Span {
    const span = isText ? decodeSpan(parse(body), origin) : decodeSpanMessage(body, origin)
    assert(span.traceId !== '' && span.spanId !== '', 'a span without ids was stored')
    return span as Span
  },
  readLog: ({ body, isText }, origin) =>
    isText ? decodeLogRecord(parse(body), origin) : decodeLogMessage(body, origin),
}

/** Nothing stands for an origin that was left out. */
const parse = (body: Uint8Array): unknown => (body.length === 0 ? {} : parseExactJson(body))
