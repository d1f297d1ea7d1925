// Clients that behave: one export at a time on a kept connection. An answer is { ok, status, retryAfter, error }.

import http from 'node:http'
import http2 from 'node:http2'
import { ENCODINGS, toProtobuf } from './payload.mjs'

const GRPC_PATH = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'

/** How long a client waits for an answer, in milliseconds: exporters give up after 10 s. */
const TIMEOUT_MS = 10_000

/** Sends exports over HTTP in one of ENCODINGS. `close` ends the connection. */
export function httpClient(url, encoding) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const { type, coding, encode } = ENCODINGS[encoding]
  const headers = { 'Content-Type': type, ...(coding && { 'Content-Encoding': coding }) }
  return {
    kind: `http ${encoding}`,
    send: (made) => post(`${url}/v1/traces`, headers, encode(made), agent),
    sendBytes: (body) => post(`${url}/v1/traces`, headers, body, agent),
    close: () => agent.destroy(),
  }
}

export function post(url, headers, body, agent) {
  return new Promise((resolve) => {
    const fail = (error) => resolve({ ok: false, status: 0, retryAfter: null, error: error.code ?? error.message })
    const request = http.request(url, {
      method: 'POST',
      agent,
      timeout: TIMEOUT_MS,
      headers: { ...headers, 'Content-Length': body.length },
    })
    request.on('response', (response) => {
      response.on('error', fail)
      response.on('end', () =>
        resolve({
          ok: response.statusCode === 200,
          status: response.statusCode,
          retryAfter: response.headers['retry-after'] ?? null,
          error: null,
        }),
      )
      response.resume()
    })
    request.on('timeout', () => request.destroy(new Error('timeout')))
    request.on('error', fail)
    request.end(body)
  })
}

/** Sends exports over gRPC, on one HTTP/2 connection that is made again after it broke. */
export function grpcClient(url) {
  let session = null
  const connect = () => {
    if (session && !session.closed && !session.destroyed) return session
    session = http2.connect(url)
    // Each request has its own say about what happened.
    session.on('error', () => {})
    return session
  }
  const sendBytes = (body) =>
    new Promise((resolve) => {
      const fail = (error) => resolve({ ok: false, status: 0, retryAfter: null, error: error.code ?? error.message })
      let status = null
      const prefix = Buffer.alloc(5)
      prefix.writeUInt32BE(body.length, 1)
      let stream
      try {
        stream = connect().request({
          ':method': 'POST',
          ':path': GRPC_PATH,
          'content-type': 'application/grpc',
          te: 'trailers',
        })
      } catch (error) {
        return fail(error)
      }
      const note = (headers) => {
        if (headers['grpc-status'] !== undefined) status = Number(headers['grpc-status'])
      }
      stream.on('response', note)
      stream.on('trailers', note)
      // A server that has answered may end what is still being sent: the answer counts, see 'close'.
      stream.on('error', (error) => status === null && fail(error))
      stream.setTimeout(TIMEOUT_MS, () => stream.destroy(new Error('timeout')))
      stream.on('close', () =>
        status === null
          ? fail(new Error('closed'))
          : resolve({ ok: status === 0, status: `grpc ${status}`, retryAfter: null, error: null }),
      )
      stream.resume()
      stream.end(Buffer.concat([prefix, body]))
    })
  return {
    kind: 'grpc',
    send: (made) => sendBytes(toProtobuf(made)),
    sendBytes,
    close: () => session?.destroy(),
  }
}
