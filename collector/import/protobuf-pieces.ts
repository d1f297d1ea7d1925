// OTLP in protobuf, taken apart without decoding it: one request, resource by resource, and the Collector's file exporter,
// which writes requests behind their lengths where they are binary or compressed.
// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/fileexporter

import { UnreadableFile } from './format.ts'

/** A field 1 with a length, which is all that an Export request holds: its resources. */
const RESOURCE_TAG = 0x0a

/** No SDK or Collector makes anything as long; a length beyond this is no length. */
const MAX_PIECE_BYTES = 256 * 1024 * 1024

/** The pieces of a request: each a request of one resource, tag and length included. Throws UnreadableFile. */
export async function* resourcesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pieces(chunks, (bytes) => {
    if (bytes[0] !== RESOURCE_TAG) throw new UnreadableFile(NOT_PROTOBUF)
    let length = 0
    for (let i = 1; ; i++) {
      const byte = bytes[i]
      if (byte === undefined) return null
      if (i > 5) throw new UnreadableFile(NOT_PROTOBUF)
      length += (byte & 0x7f) * 2 ** (7 * (i - 1))
      if (byte < 0x80) return { from: 0, to: i + 1 + length }
    }
  })
}

/** The messages behind four bytes of length each, the most significant first. Throws UnreadableFile. */
export async function* framesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pieces(chunks, (bytes) => {
    if (bytes.length < 4) return null
    return { from: 4, to: 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) }
  })
}

const NOT_PROTOBUF = 'not an ExportTraceServiceRequest in protobuf'

interface Extent {
  readonly from: number
  readonly to: number
}

/** Cuts by what `extentOf` reads off the beginning of the rest; null asks for more bytes. */
async function* pieces(
  chunks: AsyncIterable<Uint8Array>,
  extentOf: (rest: Uint8Array) => Extent | null,
): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0)
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let needed = 1
  for await (const chunk of chunks) {
    waiting.push(chunk)
    waitingBytes += chunk.length
    // Joined once there is enough for the next piece: joining at each chunk would be quadratic.
    if (rest.length + waitingBytes < needed) continue
    rest = Buffer.concat([rest, ...waiting])
    waiting = []
    waitingBytes = 0
    for (;;) {
      const extent = rest.length === 0 ? null : extentOf(rest)
      if (extent === null) {
        needed = rest.length + 1
        break
      }
      if (extent.to > MAX_PIECE_BYTES)
        throw new UnreadableFile(`${NOT_PROTOBUF}: it says that one part has ${extent.to} bytes`)
      needed = extent.to
      if (rest.length < extent.to) break
      yield rest.slice(extent.from, extent.to)
      rest = rest.subarray(extent.to)
      needed = 1
    }
  }
  if (rest.length + waitingBytes > 0) throw new UnreadableFile(`${NOT_PROTOBUF}: it ends in the middle of a message`)
}
