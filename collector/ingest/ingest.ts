// The one way in: a decompressed OTLP message in, an outcome out. HTTP and gRPC both call it and turn the outcome into
// their own answer. Nothing here knows a transport, nothing in the transports knows the store.

import type { Encoding } from '../otlp/encoding.ts'

export type Signal = 'traces' | 'logs'

export interface IngestRequest {
  readonly signal: Signal
  readonly encoding: Encoding
  /** The whole message, decompressed. It belongs to the ingest from here on: the caller may not touch it again. */
  readonly body: Uint8Array
}

export type IngestOutcome =
  /** Committed. `rejected` spans or records were left out for `reason`; 0 and '' when all were taken. */
  | { readonly kind: 'stored'; readonly rejected: number; readonly reason: string }
  /** The message is malformed: sending it again cannot help. HTTP 400, gRPC INVALID_ARGUMENT. */
  | { readonly kind: 'bad'; readonly message: string }
  /** Not now: too much is waiting, or the database cannot be written. HTTP 503 with Retry-After, gRPC UNAVAILABLE with RetryInfo. */
  | { readonly kind: 'busy'; readonly message: string; readonly retryAfterMs: number }
  /** A failure that a retry will not mend. HTTP 500, gRPC INTERNAL. */
  | { readonly kind: 'failed'; readonly message: string }

export interface Ingest {
  /** Resolves after the commit. Never rejects, and never holds more than its bound of bytes: past that it is `busy`. */
  submit(request: IngestRequest): Promise<IngestOutcome>
  /** Bytes of requests that were submitted and have no outcome yet. */
  readonly pendingBytes: number
  /** Finishes what was submitted, then stops. */
  close(): Promise<void>
}
