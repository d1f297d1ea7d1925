// Damage done to a request: what a bad network, a bad exporter or a bad person would do.

import fc from 'fast-check'
import { varint } from './write-protobuf.ts'

/** Places are shares of the length, so that a mutation means something for every input. */
export type Mutation =
  | { readonly kind: 'flip'; readonly place: number; readonly bit: number }
  | { readonly kind: 'set'; readonly place: number; readonly byte: number }
  | { readonly kind: 'cut'; readonly place: number }
  | { readonly kind: 'remove'; readonly place: number; readonly count: number }
  | { readonly kind: 'insert'; readonly place: number; readonly bytes: Uint8Array }
  | { readonly kind: 'copy'; readonly place: number; readonly from: number; readonly count: number }
  /** Adds to a byte that is small, as lengths and tags are. */
  | { readonly kind: 'length'; readonly place: number; readonly by: number }
  | { readonly kind: 'wire-type'; readonly place: number; readonly type: number }
  | { readonly kind: 'token'; readonly place: number; readonly token: string }

// Not fc.double, which is as likely to be under 1e-100 as over: all damage would be at the start.
const place = fc.nat(999_999).map((millionths) => millionths / 1e6)

/** Bytes that mean something in protobuf: long varints, groups, huge lengths, tags of every wire type. */
const wireBytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 6 }),
  // Tags and lengths of five bytes with bits past the 32nd.
  fc
    .constantFrom(
      [0x88, 0x80, 0x80, 0x80, 0x10, 0x00],
      [0x8a, 0x80, 0x80, 0x80, 0x10, 0x00],
      [0x0a, 0x81, 0x80, 0x80, 0x80, 0x10, 0x00],
    )
    .map((bytes) => Uint8Array.from(bytes)),
  fc.constantFrom(0n, 127n, 128n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 64n - 1n).map(varint),
  fc.integer({ min: 0, max: 130 }).map((tag) => Uint8Array.of(tag)),
  fc
    .constantFrom([0x80, 0x00], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0x0b, 0x0c])
    .map((bytes) => Uint8Array.from(bytes)),
)

const wireMutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('set' as const), place, byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), place }),
  fc.record({ kind: fc.constant('remove' as const), place, count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('insert' as const), place, bytes: wireBytes }),
  fc.record({ kind: fc.constant('copy' as const), place, from: place, count: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('length' as const), place, by: fc.constantFrom(-2, -1, 1, 2, 64, 100) }),
  fc.record({ kind: fc.constant('wire-type' as const), place, type: fc.nat(7) }),
)

const TOKENS =
  '{ } [ ] , : " \\ null true false 0 -0 -1 1e400 1.5 01 +1 .5 1. 1e 9007199254740993 18446744073709551616 -9223372036854775809 ' +
  '"" "1" "-1" "0x1" "1.0" "1e3" "NaN" "Infinity" "-Infinity" "é" "\\u0041" "\\ud800" "\\ud83d\\ude00" "\\x" "\\u00" ' +
  '"stringValue" "string_value" "intValue" "boolValue" "values" "kvlistValue" "arrayValue" "bytesValue" "key" "value" ' +
  '"traceId" "trace_id" "SPAN_KIND_CLIENT" "STATUS_CODE_ERROR" "__proto__" "constructor" "A===" "AAAA" "-_" /**/ //x \u00a0 \ufeff'

const tokens = fc.oneof(
  fc.constantFrom(...TOKENS.split(' ')),
  fc.constantFrom(
    '{"a":1}',
    '[[]]',
    '"a":',
    ',"key":"password"',
    '{},',
    '\u0000',
    '\t',
    '\n',
    '\r',
    '\f',
    'NaN',
    'undefined',
  ),
)

const jsonMutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('token' as const), place, token: tokens }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      place,
      bytes: tokens.map((token) => Buffer.from(token)),
    }),
  },
  { weight: 2, arbitrary: wireMutation },
)

export const mutations = {
  protobuf: fc.array(wireMutation, { maxLength: 2 }),
  json: fc.array(jsonMutation, { maxLength: 2 }),
}

/** The bytes with the damage done; the input is left as it was. */
export function mutate(bytes: Uint8Array, list: readonly Mutation[]): Uint8Array {
  return list.reduce(mutateOnce, bytes)
}

function mutateOnce(bytes: Uint8Array, mutation: Mutation): Uint8Array {
  const at = Math.floor(mutation.place * bytes.length)
  switch (mutation.kind) {
    case 'flip':
      return withByte(bytes, at, (byte) => byte ^ (1 << mutation.bit))
    case 'set':
      return withByte(bytes, at, () => mutation.byte)
    case 'cut':
      return Uint8Array.from(bytes.subarray(0, at))
    case 'remove':
      return splice(bytes, at, mutation.count, new Uint8Array(0))
    case 'insert':
      return splice(bytes, at, 0, mutation.bytes)
    case 'copy': {
      const from = Math.floor(mutation.from * bytes.length)
      return splice(bytes, at, 0, bytes.subarray(from, from + mutation.count))
    }
    case 'length': {
      const small = nextWhere(bytes, at, (byte) => byte < 64)
      return withByte(bytes, small, (byte) => Math.max(0, byte + mutation.by))
    }
    case 'wire-type': {
      const tag = nextWhere(bytes, at, (byte) => byte >= 8 && byte < 128)
      return withByte(bytes, tag, (byte) => (byte & ~7) | mutation.type)
    }
    case 'token':
      return replaceToken(bytes, mutation.place, mutation.token)
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|[a-z]+|[{}[\],:]/g

/** Replaces one of the text's JSON tokens, counted so that each is as likely. */
function replaceToken(bytes: Uint8Array, share: number, token: string): Uint8Array {
  const found = [...Buffer.from(bytes).toString('latin1').matchAll(TOKEN)]
  const old = found[Math.floor(share * found.length)]
  return old ? splice(bytes, old.index, old[0].length, Buffer.from(token)) : bytes
}

function withByte(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  if (at >= bytes.length) return bytes
  // Not slice(): of a Buffer it is a view, and the input would be damaged.
  const out = Uint8Array.from(bytes)
  out[at] = change(out[at]!)
  return out
}

function nextWhere(bytes: Uint8Array, from: number, is: (byte: number) => boolean): number {
  for (let i = from; i < bytes.length; i++) if (is(bytes[i]!)) return i
  return bytes.length
}

const splice = (bytes: Uint8Array, at: number, count: number, inserted: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + count)]))
