// The text that the store keeps of a span: OTLP/JSON, so that one decoder reads what exporters send and what is stored.

import { assert } from '../analyzer/base/assert.ts'
import type { Attributes, Span } from '../analyzer/model/span.ts'
import { attributesOf, decodeSpan } from './otlp/decode-json.ts'
import { attributesToJson, spanToJson } from './otlp/span-to-json.ts'
import type { SpanCodec } from './store/store.ts'

export const spanCodec: SpanCodec = {
  writeSpan: (span) => JSON.stringify(spanToJson(span)),
  writeResource: (resource) => JSON.stringify({ attributes: attributesToJson(resource) }),
  // Nothing that we write holds an integer that JSON.parse would round: long ones are text.
  readResource: (body): Attributes => attributesOf((JSON.parse(body) as { attributes: unknown }).attributes),
  readSpan: (body, origin): Span => {
    const span = decodeSpan(JSON.parse(body), origin)
    assert(span.traceId !== '' && span.spanId !== '', 'a span without ids was stored')
    return span as Span
  },
}
