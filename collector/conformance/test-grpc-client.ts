import { type ClientHttp2Stream, connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2'
import { DetailedStatusType, RETRY_INFO_URL, RetryInfoType } from '../otlp/rpc-status.ts'

export const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
export const LOGS = '/opentelemetry.proto.collector.logs.v1.LogsService/Export'
export const METRICS = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export'

export interface GrpcAnswer {
  /** HTTP's status. */
  readonly http: number
  /** gRPC's, from the trailers or, where there is no message, from the headers; null for none. */
  readonly grpc: number | null
  readonly message: string
  readonly headers: IncomingHttpHeaders
  readonly trailers: IncomingHttpHeaders
  /** The answer's message without its frame; null for none. */
  readonly body: Buffer | null
}

export interface GrpcCall {
  readonly path?: string
  /** What goes over the connection, frames included. */
  readonly bytes?: Buffer
  /** More headers, or others. */
  readonly headers?: OutgoingHttpHeaders
  /** Whether the client leaves its side of the call open; it ends it unless told. */
  readonly keepOpen?: boolean
}

/** A message in its frame of flag and length. `length` may lie. */
export function frame(message: Buffer, { flag = 0, length = message.length } = {}): Buffer {
  const head = Buffer.alloc(5)
  head[0] = flag
  head.writeUInt32BE(length, 1)
  return Buffer.concat([head, message])
}

/** One call on a connection of its own, with plain HTTP/2: what a gRPC library would not send can be sent. */
export async function call(port: number, options: GrpcCall): Promise<GrpcAnswer> {
  // Node's client counts what it has yet to send; past 10 MB it would refuse the answer.
  const session = connect(`http://127.0.0.1:${port}`, { maxSessionMemory: 1000 })
  try {
    return await new Promise<GrpcAnswer>((resolve, reject) => {
      session.once('error', reject)
      const stream = open(session, options)
      const chunks: Buffer[] = []
      let headers: IncomingHttpHeaders = {}
      let trailers: IncomingHttpHeaders = {}
      stream.on('response', (got) => {
        headers = got
      })
      stream.on('trailers', (got) => {
        trailers = got
      })
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', reject)
      stream.on('close', () => resolve(answerOf(headers, trailers, Buffer.concat(chunks))))
      if (options.keepOpen) stream.write(options.bytes ?? Buffer.alloc(0))
      else stream.end(options.bytes)
    })
  } finally {
    session.destroy()
  }
}

function open(session: ReturnType<typeof connect>, { path = TRACES, headers }: GrpcCall): ClientHttp2Stream {
  return session.request(
    { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers', ...headers },
    { endStream: false },
  )
}

function answerOf(headers: IncomingHttpHeaders, trailers: IncomingHttpHeaders, data: Buffer): GrpcAnswer {
  const status = trailers['grpc-status'] ?? headers['grpc-status']
  const message = trailers['grpc-message'] ?? headers['grpc-message'] ?? ''
  return {
    http: Number(headers[':status']),
    grpc: status === undefined ? null : Number(status),
    message: decodeURIComponent(String(message)),
    headers,
    trailers,
    body: data.length >= 5 ? data.subarray(5, 5 + data.readUInt32BE(1)) : null,
  }
}

/** Milliseconds of the RetryInfo in an answer; null without one. */
export function retryAfterMs({ headers, trailers }: GrpcAnswer): number | null {
  const details = trailers['grpc-status-details-bin'] ?? headers['grpc-status-details-bin']
  if (details === undefined) return null
  const status = DetailedStatusType.decode(Buffer.from(String(details), 'base64')) as unknown as {
    details: { typeUrl: string; value: Uint8Array }[]
  }
  const info = status.details.find(({ typeUrl }) => typeUrl === RETRY_INFO_URL)
  if (!info) return null
  const { retryDelay } = RetryInfoType.toObject(RetryInfoType.decode(info.value), { longs: Number, defaults: true })
  return retryDelay.seconds * 1000 + retryDelay.nanos / 1e6
}
