// Export requests as agents send them: 512 spans of about 6.4 kB, in both encodings. The same seed gives the same bytes.

import { TraceRequestType } from '../../collector/otlp/schema.ts'
import { agentStrings } from './agent-strings.ts'

export const SPANS_PER_REQUEST = 512

/** Spans that share a trace id, as those of one run do. */
const SPANS_PER_TRACE = 16

export interface AgentRequest {
  readonly body: Buffer
  /** Where ids stand, so that each sending can have its own: trace ids and span ids, as hex digits or as bytes. */
  readonly traceIds: readonly number[]
  readonly spanIds: readonly number[]
}

const traceIdOf = (request: number, span: number) =>
  `7a11${hex(request, 4)}${hex(Math.floor(span / SPANS_PER_TRACE), 8)}${'c'.repeat(16)}`
const spanIdOf = (request: number, span: number) => `5ba0${hex(request, 4)}${hex(span, 8)}`
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** Request number `n`. */
export function agentRequest(n: number, encoding: 'protobuf' | 'json'): AgentRequest {
  const spans = spansOf(n)
  const resource = {
    attributes: [
      { key: 'service.name', value: { stringValue: 'bench-agent' } },
      { key: 'telemetry.sdk.language', value: { stringValue: 'nodejs' } },
    ],
  }
  const request = { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'bench', version: '1' }, spans }] }] }
  const body = encoding === 'json' ? Buffer.from(JSON.stringify(request)) : toProtobuf(request)
  const bytesOf = (id: string) => (encoding === 'json' ? Buffer.from(id) : Buffer.from(id, 'hex'))
  const traceIds: number[] = []
  const spanIds: number[] = []
  let from = 0
  for (const span of spans) {
    from = body.indexOf(bytesOf(span.traceId), from)
    traceIds.push(from)
    from = body.indexOf(bytesOf(span.spanId), from)
    spanIds.push(from)
  }
  return { body, traceIds, spanIds }
}

/** Writes the number of a sending, up to 65,535, into all ids. */
export function stamp({ body, traceIds, spanIds }: AgentRequest, encoding: 'protobuf' | 'json', sending: number): void {
  const digits = hex(sending, 4)
  for (const positions of [traceIds, spanIds]) {
    for (const position of positions) {
      if (encoding === 'json') body.write(digits, position, 'latin1')
      else body.writeUInt16BE(sending, position)
    }
  }
}

function spansOf(request: number) {
  const strings = agentStrings(SPANS_PER_REQUEST, request + 1)
  const perSpan = strings.places.length / SPANS_PER_REQUEST
  const text = (place: number) => strings.bytes.toString('utf8', strings.places[place]!, strings.places[place + 1]!)
  return Array.from({ length: SPANS_PER_REQUEST }, (_, span) => {
    const attributes: { key: string; value: object }[] = []
    // All but the last, which makes spans of 6.4 kB.
    for (let at = span * perSpan; at < (span + 1) * perSpan - 4; at += 4) {
      attributes.push({ key: text(at), value: { stringValue: text(at + 2) } })
    }
    attributes.push({ key: 'gen_ai.usage.output_tokens', value: { intValue: String(span) } })
    const start = 1795248026000000000n + BigInt(request * SPANS_PER_REQUEST + span) * 1_000_003n
    return {
      traceId: traceIdOf(request, span),
      spanId: spanIdOf(request, span),
      ...(span % SPANS_PER_TRACE === 0 ? {} : { parentSpanId: spanIdOf(request, span - (span % SPANS_PER_TRACE)) }),
      name: 'execute_tool search',
      kind: 1,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + 480_000_111n),
      attributes,
      status: { code: 1 },
    }
  })
}

function toProtobuf(request: object): Buffer {
  const bytesOfIds = (key: string, value: unknown) =>
    /^(trace|span|parentSpan)Id$/.test(key) ? Buffer.from(value as string, 'hex').toString('base64') : value
  const message = TraceRequestType.fromObject(JSON.parse(JSON.stringify(request, bytesOfIds)))
  return Buffer.from(TraceRequestType.encode(message).finish())
}
