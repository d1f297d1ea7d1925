// OTLP/HTTP: POST /v1/traces, and the two signals that are accepted and dropped.

import type { Context } from 'hono'
import { decodeTraces } from '../otlp/decode-traces.ts'
import { encodeTraceResponse, RPC_CODES } from '../otlp/encode-answer.ts'
import { encodingOf, MEDIA_TYPES } from '../otlp/encoding.ts'
import { type Inserted, insertSpans } from '../store/insert-spans.ts'
import { isTransient } from '../store/is-transient.ts'
import { readBody } from './read-body.ts'
import type { RouteContext } from './route-context.ts'
import { answerStatus } from './status-answer.ts'

/** Seconds after which an exporter may try again when the database could not take a write. */
const RETRY_AFTER_S = '1'

type Handler = (c: Context) => Promise<Response>

/** Stores an export. The answer is sent after the commit: what is acknowledged survives the death of the process. */
export function exportTraces({ store, events, warn }: RouteContext): Handler {
  return async (c) => {
    const encoding = encodingOf(c.req.header('content-type'))
    if (encoding === null) return wrongType(c)
    const body = await readBody(c)
    if (!body.ok) return bodyError(c, body.error)
    const decoded = decodeTraces(body.value, encoding)
    if (!decoded.ok) return answerStatus(c, 400, RPC_CODES.invalidArgument, decoded.error)
    let inserted: Inserted
    try {
      inserted = insertSpans(store, decoded.value.spans)
    } catch (error) {
      if (!isTransient(error)) throw error
      const message = `the database cannot take spans now: ${(error as Error).message}`
      warn(`${message} (${store.file}); the exporter was told to try again`)
      return answerStatus(c, 503, RPC_CODES.unavailable, message, { 'Retry-After': RETRY_AFTER_S })
    }
    if (inserted.added > 0) events.publish(inserted.traceIds)
    const { rejected, reason } = decoded.value
    return c.body(encodeTraceResponse(encoding, rejected, reason), 200, { 'Content-Type': MEDIA_TYPES[encoding] })
  }
}

/**
 * Accepts a signal that is not kept, so that an exporter set up for all three does not fail, and says so once.
 * Their empty responses have the bytes of the traces' one.
 */
export function dropSignal({ warn }: RouteContext, signal: 'logs' | 'metrics'): Handler {
  let said = false
  return async (c) => {
    const encoding = encodingOf(c.req.header('content-type'))
    if (encoding === null) return wrongType(c)
    const body = await readBody(c)
    if (!body.ok) return bodyError(c, body.error)
    if (!said) warn(`${signal} are arriving at /v1/${signal}: they are accepted and dropped, only traces are kept`)
    said = true
    return c.body(encodeTraceResponse(encoding, 0, ''), 200, { 'Content-Type': MEDIA_TYPES[encoding] })
  }
}

function wrongType(c: Context): Response {
  const given = c.req.header('content-type') ?? 'missing'
  const message = `Content-Type is ${given}, expected ${MEDIA_TYPES.protobuf} or ${MEDIA_TYPES.json}`
  return answerStatus(c, 415, RPC_CODES.invalidArgument, message)
}

function bodyError(c: Context, { status, message }: { status: 400 | 413; message: string }): Response {
  return answerStatus(c, status, status === 413 ? RPC_CODES.resourceExhausted : RPC_CODES.invalidArgument, message)
}
