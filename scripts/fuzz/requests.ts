// Export requests of every shape: fast-check makes a tree, and the tree is written as protobuf and as OTLP/JSON.

import fc from 'fast-check'

export type Value =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'bool'; readonly on: boolean }
  | { readonly kind: 'int'; readonly int: bigint }
  | { readonly kind: 'double'; readonly double: number }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  | { readonly kind: 'list'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'none' }

export interface Pair {
  readonly key: string
  readonly value: Value
  /** On the wire the value may come first. */
  readonly valueFirst: boolean
}

export interface SpanTree {
  readonly traceId: Uint8Array
  readonly spanId: Uint8Array
  readonly parentSpanId: Uint8Array
  readonly name: string
  readonly kind: number
  readonly start: bigint
  readonly end: bigint
  readonly dropped: number
  readonly attributes: readonly Pair[]
  readonly droppedEvents: number
  readonly events: readonly { readonly name: string; readonly time: bigint; readonly attributes: readonly Pair[] }[]
  readonly links: readonly {
    readonly traceId: Uint8Array
    readonly spanId: Uint8Array
    readonly attributes: readonly Pair[]
  }[]
  readonly status: { readonly code: number; readonly message: string } | null
  /** Fields that were written before, with other values: the last one counts, and of messages the fields of both. */
  readonly earlier: Earlier | null
  /** A field that nobody knows, and where among the others it stands: 0 first, 1 last. */
  readonly unknown: { readonly number: number; readonly text: string } | null
}

export interface LogTree {
  readonly traceId: Uint8Array
  readonly spanId: Uint8Array
  readonly time: bigint
  readonly observed: bigint
  readonly severity: number
  readonly severityText: string
  readonly eventName: string
  readonly body: Value
  readonly dropped: number
  readonly attributes: readonly Pair[]
  /** Fields that were written before, as in spans. */
  readonly earlier: Pick<LogTree, 'eventName' | 'severity' | 'time'> | null
  readonly unknown: SpanTree['unknown']
}

export interface Earlier {
  readonly name: string
  readonly kind: number
  readonly start: bigint
  readonly status: { readonly code: number; readonly message: string }
}

export interface GroupTree<Item> {
  readonly resource: readonly Pair[] | null
  readonly scopes: readonly {
    readonly name: string
    readonly version: string
    readonly attributes: readonly Pair[]
    readonly items: readonly Item[]
  }[]
}

export type TracesTree = readonly GroupTree<SpanTree>[]
export type LogsTree = readonly GroupTree<LogTree>[]

/** Texts that readers trip over: escapes, names of prototypes, secrets, characters of two and four bytes, lone surrogates. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  fc.constantFrom('', '__proto__', 'constructor', 'toString', 'password', 'db.password', 'api_key', 'key', 'value'),
  fc.constantFrom('"\\/\b\f\n\r\t', '\u0000', 'é漢😀', '\ud800', '{"password":"hunter2"}', '[1,2]', 'null', '1e999'),
  fc.constantFrom('sk-ant-api03-aB3dE5fG7hI9jK1lM3nO5pQ7', 'postgres://app:hunter2@db/x', 'ends in \\', '�'),
)

const uint64 = fc.oneof(
  fc.bigInt(0n, 2n ** 64n - 1n),
  fc.constantFrom(0n, 1n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n),
)
const int64 = fc.oneof(
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  fc.constantFrom(0n, -1n, 1n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)),
)
const int32 = fc.oneof(fc.nat(6), fc.integer(), fc.constantFrom(-1, 99, 2 ** 31 - 1, -(2 ** 31)))

const { value, pairs } = fc.letrec<{ value: Value; pairs: Pair[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    text.map((string): Value => ({ kind: 'string', text: string })),
    fc.constant<Value>({ kind: 'none' }),
    fc.boolean().map((on): Value => ({ kind: 'bool', on })),
    int64.map((int): Value => ({ kind: 'int', int })),
    fc.double().map((double): Value => ({ kind: 'double', double })),
    fc.uint8Array({ maxLength: 6 }).map((bytes): Value => ({ kind: 'bytes', bytes })),
    fc.array(tie('value'), { maxLength: 3 }).map((items): Value => ({ kind: 'array', items })),
    tie('pairs').map((list): Value => ({ kind: 'list', pairs: list })),
    fc
      .tuple(tie('value'), fc.array(fc.boolean(), { maxLength: 80, size: 'max' }))
      .map(([inner, levels]) => nest(inner, levels)),
  ),
  pairs: fc.array(fc.record({ key: text, value: tie('value'), valueFirst: fc.boolean() }), { maxLength: 3 }),
}))

/** Values may nest 64 deep: what is nested here goes past that. */
function nest(inner: Value, levels: readonly boolean[]): Value {
  return levels.reduce<Value>(
    (value, isList) =>
      isList ? { kind: 'list', pairs: [{ key: 'k', value, valueFirst: false }] } : { kind: 'array', items: [value] },
    inner,
  )
}

const id = (length: number) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.uint8Array({ minLength: length, maxLength: length }) },
    fc.constant(new Uint8Array(0)),
    fc.constant(new Uint8Array(length)),
    fc.uint8Array({ maxLength: 20 }),
  )

const span: fc.Arbitrary<SpanTree> = fc.record({
  traceId: id(16),
  spanId: id(8),
  parentSpanId: id(8),
  name: text,
  kind: int32,
  start: uint64,
  end: uint64,
  dropped: fc.nat(2 ** 32 - 1),
  attributes: pairs,
  droppedEvents: fc.nat(2 ** 32 - 1),
  events: fc.array(fc.record({ name: text, time: uint64, attributes: pairs }), { maxLength: 2 }),
  links: fc.array(fc.record({ traceId: id(16), spanId: id(8), attributes: pairs }), { maxLength: 2 }),
  status: fc.option(fc.record({ code: int32, message: text })),
  earlier: fc.option(
    fc.record({ name: text, kind: int32, start: uint64, status: fc.record({ code: int32, message: text }) }),
    { freq: 2 },
  ),
  unknown: fc.option(fc.record({ number: fc.integer({ min: 16, max: 60 }), text }), { freq: 4 }),
})

const log: fc.Arbitrary<LogTree> = fc.record({
  traceId: id(16),
  spanId: id(8),
  time: uint64,
  observed: uint64,
  severity: int32,
  severityText: text,
  eventName: text,
  body: value,
  dropped: fc.nat(2 ** 32 - 1),
  attributes: pairs,
  earlier: fc.option(fc.record({ eventName: text, severity: int32, time: uint64 }), { freq: 2 }),
  unknown: fc.option(fc.record({ number: fc.integer({ min: 16, max: 60 }), text }), { freq: 4 }),
})

const groupsOf = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<readonly GroupTree<Item>[]> =>
  fc.array(
    fc.record({
      resource: fc.option(pairs),
      scopes: fc.array(
        fc.record({ name: text, version: text, attributes: pairs, items: fc.array(item, { maxLength: 2 }) }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  )

/** Requests of a few spans, or of a few log records. */
export const tracesTree: fc.Arbitrary<TracesTree> = groupsOf(span)
export const logsTree: fc.Arbitrary<LogsTree> = groupsOf(log)
