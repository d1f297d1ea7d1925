import { createGunzip, createInflate, gunzipSync, inflateSync } from 'node:zlib'
import { err, ok, type Result } from '../../analyzer/base/result.ts'
import { BodyCollector } from './body-collector.ts'
import type { Bounds } from './decompress.ts'
import { BUSY, malformed, type Refusal, tooLarge } from './refusal.ts'

/**
 * Up to here a body is inflated at once, 1 ms or so: that takes a quarter less processor time than a stream, which goes
 * through the thread pool. Larger ones must not hold up the event loop.
 */
const SYNC_INPUT_BYTES = 128 * 1024
const SYNC_OUTPUT_BYTES = 1024 * 1024

/** What deflate makes of zeros, at best (zlib's own figure is 1032). */
const MAX_RATIO = 1040

/** Inflates gzip (all members) or zlib. */
export async function inflate(
  coding: 'gzip' | 'zlib',
  body: Uint8Array<ArrayBuffer>,
  bounds: Bounds,
): Promise<Result<Uint8Array<ArrayBuffer>, Refusal>> {
  if (body.length <= SYNC_INPUT_BYTES) {
    try {
      const inflateNow = coding === 'gzip' ? gunzipSync : inflateSync
      const inflated = inflateNow(body, { maxOutputLength: Math.min(SYNC_OUTPUT_BYTES, bounds.limit) })
      return bounds.lease.grow(inflated.length) ? ok(inflated as Uint8Array<ArrayBuffer>) : err(BUSY)
    } catch (error) {
      // A small body can hold a thousand times its size: then the stream decides.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return err(notInflatable(coding, error))
    }
  }
  return inflateStreaming(coding, body, bounds)
}

function inflateStreaming(
  coding: 'gzip' | 'zlib',
  body: Uint8Array<ArrayBuffer>,
  { limit, lease }: Bounds,
): Promise<Result<Uint8Array<ArrayBuffer>, Refusal>> {
  return new Promise((resolve) => {
    const said = coding === 'gzip' ? sizeSaid(body) : 0
    // No stream holds more than MAX_RATIO says: a larger number is a lie, about which zlib has its own word.
    if (said > limit && said <= MAX_RATIO * body.length) return resolve(err(tooLarge(limit)))
    const collector = new BodyCollector(limit, lease, said)
    const stream = (coding === 'gzip' ? createGunzip : createInflate)({ chunkSize: 128 * 1024 })
    stream.on('data', (chunk: Uint8Array) => {
      const refusal = collector.push(chunk)
      if (refusal === null) return
      stream.destroy()
      resolve(err(refusal))
    })
    stream.once('end', () => resolve(ok(collector.take())))
    stream.once('error', (error) => {
      collector.drop()
      resolve(err(notInflatable(coding, error)))
    })
    stream.end(body)
  })
}

/**
 * A gzip member ends with the length of its content, modulo 2^32: the least that all members hold, unless it lies. So most
 * bombs are told without a byte of them being inflated.
 */
const sizeSaid = (body: Uint8Array): number =>
  new DataView(body.buffer, body.byteOffset, body.length).getUint32(body.length - 4, true)

const notInflatable = (coding: string, error: unknown): Refusal =>
  malformed(`the body is not ${coding}: ${(error as Error).message}`)
