// The places that are to be replaced in one text, gathered by several finders in any order. In flat arrays: a hostile text
// may hold one for every dozen bytes.

export interface Edits {
  readonly count: number
  clear(): void
  /** Replace `[start, end)` by a marker of `kind`, with `quote` on both sides of it. */
  add(start: number, end: number, kind: string, quote: string): void
  /** The text `bytes[start, end)` with every place replaced by what `marker` gives; places that overlap become one. */
  apply(bytes: Uint8Array, start: number, end: number, marker: MarkerOf): Uint8Array
}

/** The marker of the secret in `[start, end)`, in ASCII. */
export type MarkerOf = (start: number, end: number, kind: string) => string

const START = 0
const END = 1
/** Index of a pair of kind and quote. */
const LABEL = 2
const FIELDS = 3

/** Room that is kept from text to text. */
const INITIAL_ROOM = 64 * FIELDS

export function createEdits(): Edits {
  let fields = new Int32Array(INITIAL_ROOM)
  let count = 0
  const labels: { readonly kind: string; readonly quote: string }[] = []

  function labelOf(kind: string, quote: string): number {
    const index = labels.findIndex((label) => label.kind === kind && label.quote === quote)
    return index >= 0 ? index : labels.push({ kind, quote }) - 1
  }

  function add(start: number, end: number, kind: string, quote: string): void {
    if (end <= start) return
    const at = count * FIELDS
    if (at === fields.length) {
      const larger = new Int32Array(2 * fields.length)
      larger.set(fields)
      fields = larger
    }
    fields[at + START] = start
    fields[at + END] = end
    fields[at + LABEL] = labelOf(kind, quote)
    count++
  }

  /** In order of place; of those that start together the longest first. */
  function sorted(): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i * FIELDS)
    return order.sort((a, b) => fields[a + START]! - fields[b + START]! || fields[b + END]! - fields[a + END]!)
  }

  function apply(bytes: Uint8Array, start: number, end: number, marker: MarkerOf): Uint8Array {
    const out = createOutput(end - start + 64)
    let from = start
    const order = sorted()
    for (let i = 0; i < order.length; ) {
      const first = order[i]!
      let to = fields[first + END]!
      // Where places overlap, the first of them gives its kind to all.
      for (i++; i < order.length && fields[order[i]! + START]! < to; i++) to = Math.max(to, fields[order[i]! + END]!)
      const { kind, quote } = labels[fields[first + LABEL]!]!
      out.copy(bytes, from, fields[first + START]!)
      out.write(quote + marker(fields[first + START]!, to, kind) + quote)
      from = to
    }
    out.copy(bytes, from, end)
    return out.take()
  }

  function clear(): void {
    if (fields.length > INITIAL_ROOM) fields = new Int32Array(INITIAL_ROOM)
    count = 0
  }

  return {
    get count() {
      return count
    },
    clear,
    add,
    apply,
  }
}

/** Bytes that grow as they are written. */
function createOutput(room: number) {
  let bytes = Buffer.allocUnsafe(room)
  let length = 0
  function grow(more: number): void {
    if (length + more <= bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, length + more))
    bytes.copy(larger, 0, 0, length)
    bytes = larger
  }
  return {
    copy(source: Uint8Array, from: number, to: number): void {
      grow(to - from)
      bytes.set(source.subarray(from, to), length)
      length += to - from
    },
    write(text: string): void {
      grow(text.length)
      length += bytes.write(text, length, 'latin1')
    },
    take: (): Uint8Array => bytes.subarray(0, length),
  }
}
