// Fills a RowBatch. All arrays grow by doubling, so that a request of any shape costs a few copies.

import { ORIGIN_WIDTH, ROW_WIDTH, type RowBatch } from './row-batch.ts'

/** Of one request: real ones have some thousands. */
export const MAX_ROWS = 262_144

/** Positions in a batch: of the first byte, and after the last. */
export interface Slice {
  readonly start: number
  readonly end: number
}

export interface RowBuilder {
  /** Room for one more row: write its columns from this place on in `rows`, then call `commitRow`. */
  startRow(): number
  commitRow(): void
  /** The current array; it changes when a row is started. */
  rows: Int32Array
  /** Adds a resource or a scope; gives its place in `origins`. */
  addOrigin(start: number, end: number, urlStart: number, urlEnd: number): number
  /** Points an origin that was added at other bytes. */
  moveOrigin(origin: number, start: number, end: number, urlStart: number, urlEnd: number): void
  /** Copies bytes into `extra`; gives their positions. */
  addExtraSlice(bytes: Uint8Array): Slice
  /** The bytes that positions point at. Good until the next `addExtraSlice`. */
  slice(slice: Slice): Uint8Array
  reject(): void
  build(): RowBatch
}

/**
 * `tooMany` throws what a request of more than MAX_ROWS rows, resources or scopes deserves: 64 MiB hold two million empty
 * spans, whose table would be twice as large and whose transaction would take half a minute.
 */
export function createRowBuilder(
  signal: RowBatch['signal'],
  encoding: RowBatch['encoding'],
  body: Uint8Array,
  tooMany: () => never,
): RowBuilder {
  let count = 0
  let rejected = 0
  let origins = new Int32Array(8 * ORIGIN_WIDTH)
  let originCount = 0
  let extra = new Uint8Array(0)
  let extraLength = 0
  const builder: RowBuilder = {
    rows: new Int32Array(Math.max(16, Math.ceil(body.length / 2048)) * ROW_WIDTH),
    startRow() {
      if (count === MAX_ROWS) tooMany()
      const at = count * ROW_WIDTH
      if (at === builder.rows.length) builder.rows = grownInts(builder.rows)
      return at
    },
    commitRow() {
      count++
    },
    addOrigin(start, end, urlStart, urlEnd) {
      if (originCount === MAX_ROWS) tooMany()
      if (originCount * ORIGIN_WIDTH === origins.length) origins = grownInts(origins)
      builder.moveOrigin(originCount, start, end, urlStart, urlEnd)
      return originCount++
    },
    moveOrigin(origin, start, end, urlStart, urlEnd) {
      origins.set([start, end, urlStart, urlEnd], origin * ORIGIN_WIDTH)
    },
    addExtraSlice(bytes) {
      const start = body.length + extraLength
      if (extraLength + bytes.length > extra.length) {
        const larger = new Uint8Array(Math.max(1024, 2 * extra.length, extraLength + bytes.length))
        larger.set(extra.subarray(0, extraLength))
        extra = larger
      }
      extra.set(bytes, extraLength)
      extraLength += bytes.length
      return { start, end: start + bytes.length }
    },
    slice: ({ start, end }) =>
      start < body.length ? body.subarray(start, end) : extra.subarray(start - body.length, end - body.length),
    reject() {
      rejected++
    },
    build() {
      const { rows } = builder
      const reason = rejected === 0 ? '' : `${rejected} of ${rejected + count} spans have no valid trace id and span id`
      return { signal, encoding, body, extra, rows, count, origins, rejected, reason }
    },
  }
  return builder
}

function grownInts(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer>
function grownInts(values: Int32Array): Int32Array
function grownInts(values: Int32Array): Int32Array {
  const larger = new Int32Array(values.length * 2)
  larger.set(values)
  return larger
}
