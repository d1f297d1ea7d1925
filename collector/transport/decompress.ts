// Content codings, by the names that HTTP and gRPC have for them.

import { ok, type Result } from '../../analyzer/base/result.ts'
import type { Lease } from './byte-budget.ts'
import { inflate } from './inflate.ts'
import type { Refusal } from './refusal.ts'
import { uncompressSnappy } from './snappy.ts'
import { decompressZstd } from './zstd.ts'

export type Coding = 'identity' | 'gzip' | 'zlib' | 'zstd' | 'snappy'

/** The names, as the OpenTelemetry Collector has them: its `deflate` is a zlib stream, its `snappy` a block or frames. */
const CODINGS: ReadonlyMap<string, Coding> = new Map([
  ['', 'identity'],
  ['identity', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'zlib'],
  ['zlib', 'zlib'],
  ['zstd', 'zstd'],
  ['snappy', 'snappy'],
  ['x-snappy-framed', 'snappy'],
])

/** What a receiver can say it takes. */
export const CODING_NAMES = 'identity, gzip, deflate, zstd, snappy'

/** The coding of a Content-Encoding or grpc-encoding header, case ignored; null for one that is not supported. */
export function codingOf(header: string | undefined): Coding | null {
  return CODINGS.get((header ?? '').trim().toLowerCase()) ?? null
}

/** What decompression is held to. */
export interface Bounds {
  /** Bytes that the result may have. */
  readonly limit: number
  /** Grows by the result's bytes. */
  readonly lease: Lease
}

/** The body decompressed. No more memory than the bounds allow is taken, whatever the body claims of itself. */
export async function decompress(
  coding: Coding,
  body: Uint8Array<ArrayBuffer>,
  bounds: Bounds,
): Promise<Result<Uint8Array<ArrayBuffer>, Refusal>> {
  switch (coding) {
    case 'identity':
      return ok(body)
    case 'gzip':
    case 'zlib':
      return inflate(coding, body, bounds)
    case 'snappy':
      return uncompressSnappy(body, bounds)
    case 'zstd':
      return decompressZstd(body, bounds)
  }
}
