// Snappy: one block, as Content-Encoding `snappy` has it, or the framing format, told by its first ten bytes.
// https://github.com/google/snappy/blob/main/framing_format.txt

import { snappyUncompressor } from 'hysnappy'
import { err, ok, type Result } from '../../analyzer/base/result.ts'
import { BodyCollector } from './body-collector.ts'
import { maskedCrc32c } from './crc32c.ts'
import type { Bounds } from './decompress.ts'
import { BUSY, malformed, type Refusal, tooLarge } from './refusal.ts'

const STREAM_IDENTIFIER = Buffer.from('sNaPpY')
const MAGIC = Buffer.concat([Buffer.from([0xff, 6, 0, 0]), STREAM_IDENTIFIER])

/** A frame's content is at most this, by the format. */
const MAX_FRAME_BYTES = 65_536

/** A copy element of three bytes makes 64: no block grows more than this. */
const MAX_GROWTH = 22

type Uncompressor = ReturnType<typeof snappyUncompressor>

/** Decompresses. Lengths that a header claims are checked against the limit and the input before anything is allocated. */
export function uncompressSnappy(
  body: Uint8Array<ArrayBuffer>,
  bounds: Bounds,
): Result<Uint8Array<ArrayBuffer>, Refusal> {
  return MAGIC.equals(body.subarray(0, MAGIC.length)) ? uncompressFrames(body, bounds) : uncompressBody(body, bounds)
}

function uncompressBody(body: Uint8Array, { limit, lease }: Bounds): Result<Uint8Array<ArrayBuffer>, Refusal> {
  const length = claimedLength(body)
  if (length === null) return err(malformed('the body is not snappy: it has no length'))
  if (length > limit) return err(tooLarge(limit))
  if (length > MAX_GROWTH * body.length) {
    return err(malformed('the body is not snappy: it claims more than it can hold'))
  }
  if (!lease.grow(length)) return err(BUSY)
  return uncompressBlock(snappyUncompressor(), body, length)
}

function uncompressFrames(body: Uint8Array, { limit, lease }: Bounds): Result<Uint8Array<ArrayBuffer>, Refusal> {
  const collector = new BodyCollector(limit, lease)
  const uncompressor = snappyUncompressor()
  for (let at = 0; at < body.length; ) {
    if (at + 4 > body.length) return err(cutOff)
    const type = body[at]!
    const end = at + 4 + (body[at + 1]! | (body[at + 2]! << 8) | (body[at + 3]! << 16))
    if (end > body.length) return err(cutOff)
    const content = body.subarray(at + 4, end)
    at = end
    if (type === 0xff && STREAM_IDENTIFIER.equals(content)) continue
    if (type >= 0x80 && type < 0xff) continue // padding and chunks that may be skipped
    if (type > 0x01) return err(malformed(`the body is not snappy: frame type ${type}`))
    const frame = readFrame(uncompressor, type, content)
    if (!frame.ok) return frame
    const refusal = collector.push(frame.value)
    if (refusal) return err(refusal)
  }
  return ok(collector.take())
}

const cutOff = malformed('the body is not snappy: it ends inside a frame')

function readFrame(uncompressor: Uncompressor, type: number, content: Uint8Array): Result<Uint8Array, Refusal> {
  if (content.length < 4) return err(cutOff)
  const checksum = Buffer.from(content.buffer, content.byteOffset, 4).readUInt32LE()
  const stored = content.subarray(4)
  const length = type === 0x01 ? stored.length : claimedLength(stored)
  if (length === null || length > MAX_FRAME_BYTES) return err(malformed('the body is not snappy: a frame is too long'))
  const data = type === 0x01 ? ok(stored) : uncompressBlock(uncompressor, stored, length)
  if (!data.ok || maskedCrc32c(data.value) === checksum) return data
  return err(malformed('the body is not snappy: a checksum is wrong'))
}

function uncompressBlock(
  uncompressor: Uncompressor,
  block: Uint8Array,
  length: number,
): Result<Uint8Array<ArrayBuffer>, Refusal> {
  try {
    return ok(uncompressor(block, length) as Uint8Array<ArrayBuffer>)
  } catch (error) {
    // The library throws plain Errors, and WebAssembly traps, all of them about the bytes.
    return err(malformed(`the body is not snappy: ${(error as Error).message}`))
  }
}

/** The length that a block begins with, a varint of at most 32 bits; null if there is none. */
function claimedLength(block: Uint8Array): number | null {
  let length = 0
  for (let i = 0; i < 5; i++) {
    const byte = block[i]
    if (byte === undefined) return null
    length += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return length < 2 ** 32 ? length : null
  }
  return null
}
