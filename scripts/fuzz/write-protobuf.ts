// A request tree as protobuf. Its own writer, so that nothing of what is tested takes part.

import type { Earlier, GroupTree, LogsTree, LogTree, Pair, SpanTree, TracesTree, Value } from './requests.ts'

type Part = Uint8Array

export const writeTraces = (request: TracesTree): Uint8Array => writeGroups(request, writeSpan)
export const writeLogs = (request: LogsTree): Uint8Array => writeGroups(request, writeLog)

/** The levels around the items are alike for both. */
function writeGroups<Item>(groups: readonly GroupTree<Item>[], write: (item: Item) => Part): Uint8Array {
  return join(
    groups.map(({ resource, scopes }) =>
      field(
        1,
        join([
          ...(resource === null ? [] : [field(1, join(attributes(1, resource)))]),
          ...scopes.map(({ name, version, attributes: list, items }) =>
            field(
              2,
              join([
                field(1, join([string(1, name), string(2, version), ...attributes(3, list)])),
                ...items.map((item) => field(2, write(item))),
              ]),
            ),
          ),
        ]),
      ),
    ),
  )
}

function writeLog(log: LogTree): Part {
  return join([
    ...(log.unknown === null ? [] : [string(log.unknown.number, log.unknown.text)]),
    ...(log.earlier === null ? [] : earlierLogFields(log.earlier)),
    fixed64Field(1, log.time),
    signedField(2, log.severity),
    string(3, log.severityText),
    field(5, writeValue(log.body)),
    ...attributes(6, log.attributes),
    varintField(7, BigInt(log.dropped)),
    field(9, log.traceId),
    field(10, log.spanId),
    fixed64Field(11, log.observed),
    string(12, log.eventName),
  ])
}

const earlierLogFields = ({ eventName, severity, time }: NonNullable<LogTree['earlier']>): Part[] => [
  string(12, eventName),
  signedField(2, severity),
  fixed64Field(1, time),
]

function writeSpan(span: SpanTree): Part {
  return join([
    ...(span.unknown === null ? [] : [string(span.unknown.number, span.unknown.text)]),
    ...(span.earlier === null ? [] : earlierFields(span.earlier)),
    field(1, span.traceId),
    field(2, span.spanId),
    field(4, span.parentSpanId),
    string(5, span.name),
    signedField(6, span.kind),
    fixed64Field(7, span.start),
    fixed64Field(8, span.end),
    ...attributes(9, span.attributes),
    varintField(10, BigInt(span.dropped)),
    ...span.events.map(({ name, time, attributes: list }) =>
      field(11, join([fixed64Field(1, time), string(2, name), ...attributes(3, list)])),
    ),
    varintField(12, BigInt(span.droppedEvents)),
    ...span.links.map(({ traceId, spanId, attributes: list }) =>
      field(13, join([field(1, traceId), field(2, spanId), ...attributes(4, list)])),
    ),
    ...(span.status === null ? [] : [statusField(span.status)]),
  ])
}

function earlierFields({ name, kind, start, status }: Earlier): Part[] {
  return [string(5, name), signedField(6, kind), fixed64Field(7, start), statusField(status)]
}

const signedField = (number: number, value: number): Part => varintField(number, BigInt.asUintN(64, BigInt(value)))

/** Without its default fields, as exporters write it: two of them make one. */
const statusField = ({ code, message }: Earlier['status']): Part =>
  field(15, join([...(message === '' ? [] : [string(2, message)]), ...(code === 0 ? [] : [signedField(3, code)])]))

const attributes = (number: number, pairs: readonly Pair[]): Part[] =>
  pairs.map((pair) => field(number, writePair(pair)))

function writePair({ key, value, valueFirst }: Pair): Part {
  const parts = [string(1, key), field(2, writeValue(value))]
  return join(valueFirst ? parts.toReversed() : parts)
}

function writeValue(value: Value): Part {
  switch (value.kind) {
    case 'string':
      return string(1, value.text)
    case 'bool':
      return varintField(2, value.on ? 1n : 0n)
    case 'int':
      return varintField(3, BigInt.asUintN(64, value.int))
    case 'double': {
      const bytes = Buffer.alloc(8)
      bytes.writeDoubleLE(value.double)
      return join([varint(33n), bytes])
    }
    case 'array':
      return field(5, join(value.items.map((item) => field(1, writeValue(item)))))
    case 'list':
      return field(6, join(attributes(1, value.pairs)))
    case 'bytes':
      return field(7, value.bytes)
    case 'none':
      return new Uint8Array(0)
  }
}

const string = (number: number, text: string): Part => field(number, Buffer.from(text))
const field = (number: number, content: Part): Part =>
  join([varint(BigInt(number * 8 + 2)), varint(BigInt(content.length)), content])
const varintField = (number: number, value: bigint): Part => join([varint(BigInt(number * 8)), varint(value)])

function fixed64Field(number: number, value: bigint): Part {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return join([varint(BigInt(number * 8 + 1)), bytes])
}

export function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

const join = (parts: readonly Part[]): Part => Buffer.concat(parts)
