// OTLP/HTTP: POST /v1/traces and /v1/logs, which are stored, and /v1/metrics, which is accepted and dropped.

import type { Context } from 'hono'
import type { IngestOutcome, Signal } from '../ingest/ingest.ts'
import { encodeResponse, RPC_CODES } from '../otlp/encode-answer.ts'
import { type Encoding, encodingOf, MEDIA_TYPES } from '../otlp/encoding.ts'
import { CODING_NAMES, codingOf, decompress } from '../transport/decompress.ts'
import { RETRY_AFTER_MS, type Refusal } from '../transport/refusal.ts'
import { readBody } from './read-body.ts'
import type { RouteContext } from './route-context.ts'
import { answerStatus } from './status-answer.ts'

type Handler = (c: Context) => Promise<Response>
type Receiver = Pick<RouteContext, 'ingest' | 'budget' | 'maxBodyBytes' | 'progress' | 'noteDropped'>

/** Takes one export. The answer is sent after the commit: what is acknowledged survives the death of the process. */
export function exportSignal(receiver: Receiver, signal: Signal | 'metrics'): Handler {
  const { ingest, budget, noteDropped } = receiver
  return async (c) => {
    const encoding = encodingOf(c.req.header('content-type'))
    if (encoding === null) return wrongType(c)
    const coding = codingOf(c.req.header('content-encoding'))
    if (coding === null) return wrongCoding(c)
    const lease = budget.open()
    try {
      const bounds = { ...receiver, limit: receiver.maxBodyBytes, lease }
      const sent = await readBody(c, bounds)
      if (!sent.ok) return refuse(c, sent.error)
      const body = await decompress(coding, sent.value, bounds)
      if (!body.ok) return refuse(c, body.error)
      if (signal === 'metrics') {
        noteDropped()
        return answerSuccess(c, signal, encoding, 0, '')
      }
      const submitted = ingest.submit({ signal, encoding, body: body.value })
      // From here on the ingest counts the bytes as its own.
      lease.release()
      return answer(c, signal, encoding, await submitted)
    } finally {
      lease.release()
    }
  }
}

function answer(c: Context, signal: Signal, encoding: Encoding, outcome: IngestOutcome): Response {
  switch (outcome.kind) {
    case 'stored':
      return answerSuccess(c, signal, encoding, outcome.rejected, outcome.reason)
    case 'bad':
      return answerStatus(c, 400, RPC_CODES.invalidArgument, outcome.message)
    case 'busy':
      return answerBusy(c, outcome.message, outcome.retryAfterMs)
    case 'failed':
      return answerStatus(c, 500, RPC_CODES.internal, outcome.message)
  }
}

function answerSuccess(
  c: Context,
  signal: Signal | 'metrics',
  encoding: Encoding,
  rejected: number,
  reason: string,
): Response {
  const body = encodeResponse(signal, encoding, rejected, reason)
  return c.body(body, 200, { 'Content-Type': MEDIA_TYPES[encoding] })
}

function refuse(c: Context, { kind, message }: Refusal): Response {
  switch (kind) {
    case 'malformed':
    case 'gone':
      return answerStatus(c, 400, RPC_CODES.invalidArgument, message)
    case 'too-large':
      return answerStatus(c, 413, RPC_CODES.resourceExhausted, message)
    case 'too-slow':
      // What would come now is the rest of this request.
      return answerStatus(c, 408, RPC_CODES.deadlineExceeded, message, { Connection: 'close' })
    case 'busy':
      return answerBusy(c, message, RETRY_AFTER_MS)
  }
}

function answerBusy(c: Context, message: string, retryAfterMs: number): Response {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
  return answerStatus(c, 503, RPC_CODES.unavailable, message, { 'Retry-After': String(seconds) })
}

function wrongType(c: Context): Response {
  const given = c.req.header('content-type') ?? 'missing'
  const message = `Content-Type is ${given}, expected ${MEDIA_TYPES.protobuf} or ${MEDIA_TYPES.json}`
  return answerStatus(c, 415, RPC_CODES.invalidArgument, message)
}

function wrongCoding(c: Context): Response {
  const message = `Content-Encoding ${c.req.header('content-encoding')} is not supported, use one of ${CODING_NAMES}`
  return answerStatus(c, 400, RPC_CODES.invalidArgument, message)
}
