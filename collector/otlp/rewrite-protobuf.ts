// Replaces the contents of some strings of a protobuf message, and mends every length around them.

import type { SecretEdit } from './secret-edits.ts'
import { LENGTH, WireReader } from './wire.ts'

/**
 * The message `bytes[start, end)` with the edits made; they are in order of place, and each is the whole content of a
 * length-delimited field. A field is a message of its own exactly if an edit lies deeper inside it, so no schema is
 * needed: a string's content cannot be as long as the message that holds it.
 * Recursion is as deep as the message, which its reader has capped.
 */
export function rewriteProtobuf(
  bytes: Uint8Array,
  start: number,
  end: number,
  edits: readonly SecretEdit[],
): Uint8Array {
  return rewrite(new WireReader(bytes, start), end, { edits, next: 0 })
}

interface Progress {
  readonly edits: readonly SecretEdit[]
  /** The first edit that is not made yet. */
  next: number
}

function rewrite(reader: WireReader, end: number, progress: Progress): Uint8Array {
  const parts: Uint8Array[] = []
  let copied = reader.pos
  while (reader.pos < end) {
    const edit = progress.edits[progress.next]
    if (!edit || edit.start >= end) break
    const tag = reader.tag(end)
    if ((tag & 7) !== LENGTH) {
      reader.skip(tag, end)
      continue
    }
    const tagEnd = reader.pos
    const contentEnd = reader.length(end)
    if (edit.start >= contentEnd) {
      reader.pos = contentEnd
      continue
    }
    const isWhole = edit.start === reader.pos && edit.end === contentEnd
    if (isWhole) progress.next++
    const content = isWhole ? edit.text : rewrite(reader, contentEnd, progress)
    parts.push(reader.bytes.subarray(copied, tagEnd), varint(content.length), content)
    reader.pos = contentEnd
    copied = contentEnd
  }
  parts.push(reader.bytes.subarray(copied, end))
  return Buffer.concat(parts)
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
  return Uint8Array.from(bytes)
}
