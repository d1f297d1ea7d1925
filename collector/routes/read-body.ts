import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Context } from 'hono'
import { err, ok, type Result } from '../../analyzer/base/result.ts'

/** The specification's recommended limit. It holds before and after decompression. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024

export const TOO_LARGE = `the request is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB, send smaller batches`

export interface BodyError {
  readonly status: 400 | 413
  readonly message: string
}

const unzip = promisify(gunzip)

/** The request's body, decompressed. Expects hono's body limit in front of it for the size as sent. */
export async function readBody(c: Context): Promise<Result<Uint8Array, BodyError>> {
  const coding = (c.req.header('content-encoding') ?? '').trim().toLowerCase()
  if (coding !== '' && coding !== 'identity' && coding !== 'gzip') {
    return err({ status: 400, message: `Content-Encoding ${coding} is not supported, use gzip or none` })
  }
  let body: Uint8Array
  try {
    body = new Uint8Array(await c.req.arrayBuffer())
  } catch {
    // The client went away in the middle, so nobody reads this; nothing was stored.
    return err({ status: 400, message: 'the request ended before its body did' })
  }
  if (coding !== 'gzip') return ok(body)
  try {
    return ok(await unzip(body, { maxOutputLength: MAX_BODY_BYTES }))
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return err({ status: 413, message: TOO_LARGE })
    return err({ status: 400, message: `the body is not gzip: ${(error as Error).message}` })
  }
}
