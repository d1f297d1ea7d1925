// Bodies of the answers to an export: the response of a success, the google.rpc.Status of a failure.

import type { Encoding } from './encoding.ts'
import { RpcStatusType, TraceResponseType } from './schema.ts'

/** google.rpc codes, as the specification maps them to HTTP. */
export const RPC_CODES = {
  ok: 0,
  invalidArgument: 3,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const

/** What each signal calls the things that it counts as rejected. In protobuf the field is 1 for all of them. */
const REJECTED_KEYS = { traces: 'rejectedSpans', logs: 'rejectedLogRecords', metrics: 'rejectedDataPoints' } as const

/**
 * Body of an Export{Trace,Logs,Metrics}ServiceResponse. `partial_success` is left unset when nothing was rejected, as the
 * specification demands: the body is then `{}` in JSON and empty in protobuf.
 */
export function encodeResponse(
  signal: keyof typeof REJECTED_KEYS,
  encoding: Encoding,
  rejected: number,
  reason: string,
): Uint8Array<ArrayBuffer> {
  if (rejected === 0) return encoding === 'json' ? text('{}') : new Uint8Array(0)
  if (encoding === 'json') {
    // A 64-bit integer is text in proto3 JSON.
    return text(JSON.stringify({ partialSuccess: { [REJECTED_KEYS[signal]]: String(rejected), errorMessage: reason } }))
  }
  return bytes(TraceResponseType.encode({ partialSuccess: { rejectedSpans: rejected, errorMessage: reason } }).finish())
}

/** Body of a google.rpc.Status, which every 4xx and 5xx answer carries. */
export function encodeStatus(encoding: Encoding, code: number, message: string): Uint8Array<ArrayBuffer> {
  return encoding === 'json'
    ? text(JSON.stringify({ code, message }))
    : bytes(RpcStatusType.encode({ code, message }).finish())
}

const text = (value: string): Uint8Array<ArrayBuffer> => bytes(Buffer.from(value))

/** A copy of its own: protobufjs and Buffer hand out slices of a shared pool. */
const bytes = (value: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(value)
