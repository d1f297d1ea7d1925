// Exports that look like agents': runs of an agent span, model turns and tool calls, with messages and results of some
// kilobytes. Export n is the same bytes each time it is made, and its ids are its own.

import { gzipSync } from 'node:zlib'
import protobuf from 'protobufjs'

/** Ids leave room for this many spans per export. */
const MAX_SPANS = 4096
const WORDS =
  'harbour ferry ticket winter table quiet river letter station copper window garden north bread signal'.split(' ')

/** Spans of a trace unless told: an agent, and then a model turn and a tool call in turn. */
const SPANS_PER_TRACE = 8

const hex = (value, digits) => value.toString(16).padStart(digits, '0')

/**
 * Plain data of export `n`: `spans` spans, at most 4096, with about `bytesPerSpan` bytes of text each, in traces of
 * `perTrace`.
 */
export function makeExport(n, spans, bytesPerSpan, perTrace = SPANS_PER_TRACE, startMs = Date.now()) {
  const made = []
  for (let i = 0; i < spans; i++) {
    const trace = Math.floor(i / perTrace)
    const place = i % perTrace
    const number = n * MAX_SPANS + i + 1
    const startNano = BigInt(startMs) * 1_000_000n + BigInt(place) * 40_000_000n
    made.push({
      traceId: hex(n * MAX_SPANS + trace + 1, 32),
      spanId: hex(number, 16),
      parentSpanId: place === 0 ? '' : hex(number - place, 16),
      startNano,
      endNano: place === 0 ? startNano + BigInt(perTrace) * 40_000_000n : startNano + 38_000_000n,
      ...content(place, number, bytesPerSpan),
    })
  }
  return { n, spans: made }
}

function content(place, seed, bytes) {
  const text = prose(seed, bytes)
  if (place === 0) {
    return {
      name: 'invoke_agent clerk',
      attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'clerk', note: text },
    }
  }
  if (place % 2 === 1) {
    const messages = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }])
    return {
      name: 'chat small-model',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'small-model',
        'gen_ai.usage.input_tokens': 400 + place,
        'gen_ai.usage.output_tokens': 30,
        'gen_ai.input.messages': messages,
      },
    }
  }
  return {
    name: 'execute_tool look_up',
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'look_up',
      'gen_ai.tool.call.id': `call_${seed}`,
      'gen_ai.tool.call.arguments': JSON.stringify({ subject: WORDS[seed % WORDS.length], page: place }),
      'gen_ai.tool.call.result': JSON.stringify({ text }),
    },
  }
}

/** Words by a linear congruential generator: the same for a seed, and about as compressible as prose. */
function prose(seed, bytes) {
  let state = seed >>> 0
  let text = ''
  while (text.length < bytes) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    text += `${WORDS[(state >>> 8) % WORDS.length]} ${(state >>> 20) % 97} `
  }
  return text.slice(0, bytes)
}

export function toJson({ spans }) {
  return Buffer.from(
    JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'load' } }] },
          scopeSpans: [
            {
              scope: { name: 'load', version: '1' },
              spans: spans.map((span) => ({
                traceId: span.traceId,
                spanId: span.spanId,
                ...(span.parentSpanId && { parentSpanId: span.parentSpanId }),
                name: span.name,
                kind: 1,
                startTimeUnixNano: String(span.startNano),
                endTimeUnixNano: String(span.endNano),
                attributes: Object.entries(span.attributes).map(([key, value]) => ({
                  key,
                  value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
                })),
              })),
            },
          ],
        },
      ],
    }),
  )
}

// Protobuf tags: field number * 8 + wire type, where 0 is a varint, 1 is 64 bits and 2 is bytes.
const LENGTH = 2
const FIXED64 = 1
const tag = (field, type) => field * 8 + type

export function toProtobuf({ spans }) {
  const out = protobuf.Writer.create()
  out.uint32(tag(1, LENGTH)).fork() // resource_spans
  out.uint32(tag(1, LENGTH)).fork() // resource
  attribute(out, 1, 'service.name', 'load')
  out.ldelim()
  out.uint32(tag(2, LENGTH)).fork() // scope_spans
  out.uint32(tag(1, LENGTH)).fork() // scope
  out.uint32(tag(1, LENGTH)).string('load').uint32(tag(2, LENGTH)).string('1').ldelim()
  for (const span of spans) {
    out.uint32(tag(2, LENGTH)).fork() // span
    out.uint32(tag(1, LENGTH)).bytes(Buffer.from(span.traceId, 'hex'))
    out.uint32(tag(2, LENGTH)).bytes(Buffer.from(span.spanId, 'hex'))
    if (span.parentSpanId) out.uint32(tag(4, LENGTH)).bytes(Buffer.from(span.parentSpanId, 'hex'))
    out.uint32(tag(5, LENGTH)).string(span.name)
    out.uint32(tag(6, 0)).int32(1)
    fixed64(out, 7, span.startNano)
    fixed64(out, 8, span.endNano)
    for (const [key, value] of Object.entries(span.attributes)) attribute(out, 9, key, value)
    out.ldelim()
  }
  return Buffer.from(out.ldelim().ldelim().finish())
}

function attribute(out, field, key, value) {
  out.uint32(tag(field, LENGTH)).fork()
  out.uint32(tag(1, LENGTH)).string(key)
  out.uint32(tag(2, LENGTH)).fork()
  if (typeof value === 'number') out.uint32(tag(3, 0)).int64(value)
  else out.uint32(tag(1, LENGTH)).string(value)
  out.ldelim().ldelim()
}

function fixed64(out, field, value) {
  const low = Number(value & 0xffffffffn)
  const high = Number(value >> 32n)
  out.uint32(tag(field, FIXED64)).fixed32(low).fixed32(high)
}

/** The ways in which an export can be sent; `gzip` is level 1, as cheap as the clients can make it. */
export const ENCODINGS = {
  protobuf: { type: 'application/x-protobuf', encode: toProtobuf },
  json: { type: 'application/json', encode: toJson },
  'protobuf+gzip': {
    type: 'application/x-protobuf',
    coding: 'gzip',
    encode: (made) => gzipSync(toProtobuf(made), { level: 1 }),
  },
  'json+gzip': { type: 'application/json', coding: 'gzip', encode: (made) => gzipSync(toJson(made), { level: 1 }) },
}
