// gRPC over HTTP/2: a status is a trailer, also when the transport's own status is 200.
// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md

import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { RPC_CODES } from '../otlp/encode-answer.ts'
import { encodeRetryableStatus } from '../otlp/rpc-status.ts'
import { CODING_NAMES } from '../transport/decompress.ts'
import { linger } from '../transport/linger.ts'

export type Answer =
  /** A message, and status OK. */
  | { readonly kind: 'message'; readonly message: Uint8Array }
  /** A status alone. With `retryAfterMs`, RetryInfo says when to try again. */
  | { readonly kind: 'status'; readonly code: number; readonly message: string; readonly retryAfterMs?: number }
  /** HTTP alone, to what is not gRPC. */
  | { readonly kind: 'http'; readonly status: number; readonly headers?: OutgoingHttpHeaders }

export function failure(code: number, message: string, retryAfterMs?: number): Answer {
  return { kind: 'status', code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** Whether the call was answered, or its client has left. */
export const isOver = (stream: ServerHttp2Stream): boolean => stream.headersSent || stream.destroyed || stream.closed

/** Sends an answer; the first for a call counts, later ones are ignored. `contentType` is the request's. */
export function send(stream: ServerHttp2Stream, contentType: string, answer: Answer): void {
  if (isOver(stream)) return
  switch (answer.kind) {
    case 'message':
      sendMessage(stream, contentType, answer.message)
      break
    case 'status':
      sendHeaders(stream, { ':status': 200, 'content-type': contentType, ...trailersOf(answer) })
      break
    case 'http':
      sendHeaders(stream, { ':status': answer.status, ...answer.headers })
      break
  }
}

function sendMessage(stream: ServerHttp2Stream, contentType: string, message: Uint8Array): void {
  stream.respond({ ':status': 200, 'content-type': contentType }, { waitForTrailers: true })
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(RPC_CODES.ok) }))
  const frame = Buffer.alloc(5 + message.length)
  frame.writeUInt32BE(message.length, 1)
  frame.set(message, 5)
  stream.end(frame)
}

/**
 * Ends the answer with its headers. RFC 9113, section 8.1, lets a server reset a stream whose client is still sending. But a
 * client on Node's http2, as grpc-js is, hangs for good after half a dozen resets in the middle of large messages, and
 * unread bytes count against the session until it refuses all calls: so the rest is read and dropped.
 */
function sendHeaders(stream: ServerHttp2Stream, headers: OutgoingHttpHeaders): void {
  stream.respond(headers, { endStream: true })
  void linger(stream).then((hasEnded) => {
    if (!hasEnded) stream.close(constants.NGHTTP2_NO_ERROR)
  })
}

function trailersOf({ code, message, retryAfterMs }: Extract<Answer, { kind: 'status' }>): OutgoingHttpHeaders {
  const trailers: OutgoingHttpHeaders = { 'grpc-status': String(code), 'grpc-message': percentEncoded(message) }
  if (code === RPC_CODES.unimplemented) trailers['grpc-accept-encoding'] = CODING_NAMES.replaceAll(' ', '')
  if (retryAfterMs !== undefined) {
    const status = encodeRetryableStatus(code, message, retryAfterMs)
    trailers['grpc-status-details-bin'] = Buffer.from(status).toString('base64').replace(/=+$/, '')
  }
  return trailers
}

/** Trailers are ASCII: bytes outside the printable ones, and the percent sign, become %XX. */
function percentEncoded(message: string): string {
  // Clients bound a header list, many at 8 KiB. Our sentences are shorter; what they quote may not be.
  const bytes = Buffer.from(message.slice(0, 1000))
  let text = ''
  for (const byte of bytes) {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25
    text += isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return text
}
