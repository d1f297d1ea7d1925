import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { encodeStatus } from '../otlp/encode-answer.ts'
import { encodingOf, MEDIA_TYPES } from '../otlp/encoding.ts'

/**
 * An OTLP failure: a google.rpc.Status in the request's own encoding, or in JSON where the request has none of the two.
 */
export function answerStatus(
  c: Context,
  status: ContentfulStatusCode,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const encoding = encodingOf(c.req.header('content-type')) ?? 'json'
  return c.body(encodeStatus(encoding, code, message), status, { ...headers, 'Content-Type': MEDIA_TYPES[encoding] })
}
