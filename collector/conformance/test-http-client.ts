import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { RpcStatusType } from '../otlp/schema.ts'
import { JSON_TYPE, PROTOBUF_TYPE } from './test-payloads.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly text: string
}

export interface HttpRequest {
  readonly method?: string
  readonly path?: string
  readonly type?: string
  readonly coding?: string
  readonly headers?: OutgoingHttpHeaders
  /** Sent with its Content-Length, unless the headers say otherwise. */
  readonly body?: string | Buffer
}

/** One request on a connection of its own. */
export function send(port: number, options: HttpRequest): Promise<HttpAnswer> {
  const { method = 'POST', path = '/v1/traces', type, coding, body = '' } = options
  const headers: OutgoingHttpHeaders = {
    ...(type === undefined ? {} : { 'Content-Type': type }),
    ...(coding === undefined ? {} : { 'Content-Encoding': coding }),
    'Content-Length': Buffer.byteLength(body),
    ...options.headers,
  }
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const all = Buffer.concat(chunks)
        resolve({ status: response.statusCode!, headers: response.headers, body: all, text: all.toString() })
      })
    })
    outgoing.end(body)
  })
}

export const sendJson = (port: number, body: string | Buffer, more: HttpRequest = {}): Promise<HttpAnswer> =>
  send(port, { type: JSON_TYPE, body, ...more })

export const sendProtobuf = (port: number, body: Buffer, more: HttpRequest = {}): Promise<HttpAnswer> =>
  send(port, { type: PROTOBUF_TYPE, body, ...more })

/** What an answer says, with the google.rpc.Status in its body, whatever its encoding. */
export function failureOf({ status, headers, body }: HttpAnswer) {
  const type = headers['content-type']
  const rpc = type === PROTOBUF_TYPE ? RpcStatusType.toObject(RpcStatusType.decode(body)) : JSON.parse(body.toString())
  return { status, type, code: rpc.code as number, message: rpc.message as string }
}

/** Sends raw bytes on one connection and gives back all that comes until the server closes it, or is quiet after that for 300 ms. */
export function talk(port: number, ...parts: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setTimeout(10_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      text += chunk
      socket.setTimeout(300)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
    for (const part of parts) socket.write(part)
  })
}
