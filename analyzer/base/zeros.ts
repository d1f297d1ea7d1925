// Typed arrays of zeros. V8 gets memory of its own for each that holds more than 64 bytes, and gives it back by itself: half a
// microsecond and more, where a view of memory that is there takes a tenth. To analyse a run of 100 spans takes 400 of them, more
// than a tenth of its time. So small ones are cut from larger pieces, as Node cuts its Buffers: each part is given out once, and a
// piece is freed when nobody has a part of it any more.

/** In bytes. */
const PIECE = 65_536
/** In bytes: larger arrays are worth memory of their own. */
const SMALL = 4096
/** Where an array of any kind may begin. */
const ALIGNMENT = 8

let piece = new ArrayBuffer(PIECE)
let used = 0

export function uint8Zeros(length: number): Uint8Array<ArrayBuffer> {
  if (length > SMALL) return new Uint8Array(length)
  const at = cut(length)
  return new Uint8Array(piece, at, length)
}

export function uint16Zeros(length: number): Uint16Array<ArrayBuffer> {
  if (2 * length > SMALL) return new Uint16Array(length)
  const at = cut(2 * length)
  return new Uint16Array(piece, at, length)
}

export function int32Zeros(length: number): Int32Array<ArrayBuffer> {
  if (4 * length > SMALL) return new Int32Array(length)
  const at = cut(4 * length)
  return new Int32Array(piece, at, length)
}

export function uint32Zeros(length: number): Uint32Array<ArrayBuffer> {
  if (4 * length > SMALL) return new Uint32Array(length)
  const at = cut(4 * length)
  return new Uint32Array(piece, at, length)
}

export function float64Zeros(length: number): Float64Array<ArrayBuffer> {
  if (8 * length > SMALL) return new Float64Array(length)
  const at = cut(8 * length)
  return new Float64Array(piece, at, length)
}

/** Where so many bytes begin that nobody has, in `piece`, which may be another one after this. */
function cut(bytes: number): number {
  const size = (bytes + ALIGNMENT - 1) & -ALIGNMENT
  if (used + size > PIECE) {
    piece = new ArrayBuffer(PIECE)
    used = 0
  }
  const at = used
  used += size
  return at
}
