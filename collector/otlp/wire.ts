// Protobuf's wire format, read in place. Every length is checked against the message around it before anything is done
// with it, so a prefix that promises gigabytes costs nothing. A known field with a wire type that is not its own is
// skipped like an unknown one, as protobuf demands.

import { BadData } from './bad-data.ts'

export const VARINT = 0
export const FIXED64 = 1
export const LENGTH = 2
export const FIXED32 = 5

const START_GROUP = 3
const END_GROUP = 4

/** Groups are not used in OTLP and only ever skipped. */
const MAX_GROUPS = 100

/** A place in a buffer. The methods read at `pos`, move it on, and never go past `end`. */
export class WireReader {
  readonly bytes: Uint8Array
  pos: number
  /** High half of the last `varint64` or `fixed64`, signed. */
  high = 0

  constructor(bytes: Uint8Array, pos = 0) {
    this.bytes = bytes
    this.pos = pos
  }

  /** The low half of a varint, signed; the high half is in `high`. */
  varint64(end: number): number {
    const { bytes } = this
    let low = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.pos >= end) throw cutOff()
      const byte = bytes[this.pos++]!
      const bits = byte & 0x7f
      if (shift < 28) low |= bits << shift
      else if (shift === 28) {
        low |= bits << 28
        high |= bits >>> 4
      } else high |= bits << (shift - 32)
      if (byte < 0x80) {
        this.high = high
        return low
      }
    }
    throw new BadData('not protobuf: a number has more than 10 bytes')
  }

  /** The low half of a fixed64, signed; the high half is in `high`. */
  fixed64(end: number): number {
    const low = this.fixed32(end)
    this.high = this.fixed32(end)
    return low
  }

  fixed32(end: number): number {
    const { bytes, pos } = this
    if (end - pos < 4) throw cutOff()
    this.pos = pos + 4
    return bytes[pos]! | (bytes[pos + 1]! << 8) | (bytes[pos + 2]! << 16) | (bytes[pos + 3]! << 24)
  }

  /** A field's tag: `number << 3 | wire type`. */
  tag(end: number): number {
    const tag = this.varint32(end)
    if (tag < 8) throw new BadData('not protobuf: a field has the number 0')
    return tag
  }

  /** Reads a length; gives the end of the content, which starts at `pos`. */
  length(end: number): number {
    const { pos } = this
    const length = this.varint32(end)
    if (length > end - this.pos) {
      throw new BadData(`not protobuf: the length at byte ${pos} reaches past the end of what holds it`)
    }
    return this.pos + length
  }

  /** Moves past the value of a field that nobody asked for. */
  skip(tag: number, end: number): void {
    switch (tag & 7) {
      case VARINT:
        this.varint64(end)
        return
      case FIXED64:
        this.move(8, end)
        return
      case LENGTH:
        this.pos = this.length(end)
        return
      case FIXED32:
        this.move(4, end)
        return
      case START_GROUP:
        this.skipGroup(tag >>> 3, end)
        return
      default:
        throw new BadData(`not protobuf: a field has the wire type ${tag & 7}`)
    }
  }

  /** Tags and lengths: 32 bits, unsigned, in at most 5 bytes. */
  private varint32(end: number): number {
    const { bytes } = this
    if (this.pos >= end) throw cutOff()
    let byte = bytes[this.pos++]!
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let shift = 7; shift < 35; shift += 7) {
      if (this.pos >= end) throw cutOff()
      byte = bytes[this.pos++]!
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) {
        if (shift === 28 && byte > 0x0f) break
        return value >>> 0
      }
    }
    throw new BadData('not protobuf: a tag or a length has more than 32 bits')
  }

  private skipGroup(field: number, end: number): void {
    const open = [field]
    while (open.length > 0) {
      const tag = this.tag(end)
      const type = tag & 7
      if (type === END_GROUP) {
        if (open.pop() !== tag >>> 3) throw new BadData('not protobuf: a group ends that had not begun')
      } else if (type === START_GROUP) {
        if (open.push(tag >>> 3) > MAX_GROUPS) throw new BadData(`groups nest deeper than ${MAX_GROUPS} levels`)
      } else this.skip(tag, end)
    }
  }

  private move(count: number, end: number): void {
    if (end - this.pos < count) throw cutOff()
    this.pos += count
  }
}

const cutOff = (): BadData => new BadData('not protobuf: it ends in the middle of a field')
