// Zstandard. The library trusts a frame's header with memory, so frames are walked first: RFC 8878 lets their sizes be read
// without decompressing. https://www.rfc-editor.org/rfc/rfc8878

import type { decompress as Decompress } from '@bokuweb/zstd-wasm'
import { err, ok, type Result } from '../../analyzer/base/result.ts'
import { BodyCollector } from './body-collector.ts'
import type { Bounds } from './decompress.ts'
import { malformed, type Refusal, tooLarge } from './refusal.ts'
import { readZstdFrame } from './zstd-frame.ts'

let library: Promise<typeof Decompress> | undefined

/** The library, loaded and compiled when first needed: most exporters never send zstd. */
async function load(): Promise<typeof Decompress> {
  const { decompress, init } = await import('@bokuweb/zstd-wasm')
  await init()
  return decompress
}

/** Decompresses all frames of the body. */
export async function decompressZstd(
  body: Uint8Array<ArrayBuffer>,
  { limit, lease }: Bounds,
): Promise<Result<Uint8Array<ArrayBuffer>, Refusal>> {
  library ??= load()
  const decompress = await library
  const collector = new BodyCollector(limit, lease)
  for (let at = 0; at < body.length; ) {
    const frame = readZstdFrame(body.subarray(at))
    if (!frame.ok) return err(malformed(`the body is not zstd: ${frame.error}`))
    const { length, contentLength, isSkippable } = frame.value
    const room = limit - collector.length
    if (contentLength.atLeast > room) return err(tooLarge(limit))
    if (!isSkippable && contentLength.atMost > 0) {
      let content: Uint8Array
      try {
        content = decompress(body.subarray(at, at + length), {
          defaultHeapSize: Math.min(contentLength.atMost, room),
        })
      } catch (error) {
        // The library has one message for all: too large is told apart by what the frame could hold.
        return err(
          contentLength.atMost > room
            ? tooLarge(limit)
            : malformed(`the body is not zstd: ${(error as Error).message}`),
        )
      }
      const refusal = collector.push(content)
      if (refusal) return err(refusal)
    }
    at += length
  }
  return ok(collector.take())
}
