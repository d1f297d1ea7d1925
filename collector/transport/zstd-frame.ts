// A frame's sizes, without decompressing it:
//
//   magic 4 | descriptor 1 | window 0-1 | dictionary id 0-4 | content size 0-8 | blocks ... | checksum 0-4
//   block:  last 1 bit, type 2 bits, size 21 bits | content

import { err, ok, type Result } from '../../analyzer/base/result.ts'

export interface ZstdFrame {
  /** Bytes of the whole frame as sent. */
  readonly length: number
  /** Bytes that it decompresses to; the two are equal where the header says it. */
  readonly contentLength: { readonly atLeast: number; readonly atMost: number }
  readonly isSkippable: boolean
}

const MAGIC = 0xfd2f_b528
const SKIPPABLE = 0x184d_2a50
const MAX_BLOCK_BYTES = 128 * 1024
const DICTIONARY_ID_BYTES = [0, 1, 2, 4]

/** Reads the frame at the start of `bytes`. The error says what is wrong with it. */
export function readZstdFrame(bytes: Uint8Array): Result<ZstdFrame> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 8) return err('it ends inside a frame')
  const magic = view.getUint32(0, true)
  if ((magic & 0xffff_fff0) >>> 0 === SKIPPABLE) {
    const length = 8 + view.getUint32(4, true)
    if (length > bytes.length) return err('it ends inside a frame')
    return ok({ length, contentLength: { atLeast: 0, atMost: 0 }, isSkippable: true })
  }
  if (magic !== MAGIC) return err('it does not begin with a frame')
  const descriptor = bytes[4]!
  if (descriptor & 0x08) return err('a reserved bit is set')
  const isSingleSegment = (descriptor & 0x20) !== 0
  const sizeFlag = descriptor >> 6
  const sizeAt = 5 + (isSingleSegment ? 0 : 1) + DICTIONARY_ID_BYTES[descriptor & 3]!
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag
  if (sizeAt + sizeBytes > bytes.length) return err('it ends inside a frame')
  const blocks = walkBlocks(bytes, sizeAt + sizeBytes)
  if (!blocks.ok) return blocks
  const length = blocks.value.end + (descriptor & 0x04 ? 4 : 0)
  if (length > bytes.length) return err('it ends inside a frame')
  if (sizeBytes === 0) return ok({ length, contentLength: blocks.value.contentLength, isSkippable: false })
  const said = contentSize(view, sizeAt, sizeBytes)
  // The library allocates what the header says. It cannot be true if the blocks hold less.
  if (said > blocks.value.contentLength.atMost) return err('a frame claims more than its blocks can hold')
  return ok({ length, contentLength: { atLeast: said, atMost: said }, isSkippable: false })
}

function contentSize(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at)
  if (bytes === 2) return view.getUint16(at, true) + 256
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}

function walkBlocks(
  bytes: Uint8Array,
  from: number,
): Result<{ readonly end: number; readonly contentLength: ZstdFrame['contentLength'] }> {
  let atLeast = 0
  let atMost = 0
  for (let at = from; at + 3 <= bytes.length; ) {
    const header = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)
    const size = header >> 3
    if (size > MAX_BLOCK_BYTES) return err('a block is too long')
    const type = (header >> 1) & 3
    if (type === 3) return err('a block has no known type')
    if (type !== 2) atLeast += size // stored as it is, or one byte repeated
    atMost += type === 2 ? MAX_BLOCK_BYTES : size
    at += 3 + (type === 1 ? 1 : size)
    if (at > bytes.length) return err('it ends inside a block')
    if (header & 1) return ok({ end: at, contentLength: { atLeast, atMost } })
  }
  return err('it ends inside a frame')
}
