import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'
import type { GrpcContext } from './grpc-context.ts'
import { handleCall } from './handle-call.ts'

export interface GrpcServer {
  readonly port: number
  /** Takes no new calls, answers those that have begun, and cuts off what is left after `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** Bytes that may be on their way unacknowledged. HTTP/2's default of 64 KiB makes a batch of 3 MB stop fifty times. */
const STREAM_WINDOW = 1024 * 1024
const CONNECTION_WINDOW = 4 * 1024 * 1024

const MAX_CONCURRENT_CALLS = 100
const MAX_CONNECTIONS = 1000

/** Exporters keep a connection between batches. One that has been silent this long is closed; it is opened again at need. */
const IDLE_MS = 10 * 60_000

/** Starts the server. Rejects with the system's error: a taken port, an address that is not of this machine. */
export async function listenGrpc(context: GrpcContext, port: number, host: string): Promise<GrpcServer> {
  const server = createServer({
    settings: { initialWindowSize: STREAM_WINDOW, maxConcurrentStreams: MAX_CONCURRENT_CALLS, enablePush: false },
  })
  server.maxConnections = MAX_CONNECTIONS
  const sessions = new Set<ServerHttp2Session>()
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
    session.setLocalWindowSize(CONNECTION_WINDOW)
    session.setTimeout(IDLE_MS, () => session.close())
  })
  // What is no HTTP/2, or breaks its rules, ends its own connection only.
  server.on('sessionError', () => {})
  server.on('stream', (stream, headers) => void handleCall(context, stream, headers))
  await listen(server, port, host)
  server.on('error', (error) => context.warn(`the gRPC server had an error: ${error.message}`))
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs) => close(server, sessions, graceMs),
  }
}

function listen(server: Http2Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function close(server: Http2Server, sessions: ReadonlySet<ServerHttp2Session>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Tells each client to open no more calls here, and ends the connection when its calls have ended.
  for (const session of sessions) session.close()
  const cut = setTimeout(() => {
    for (const session of sessions) session.destroy()
  }, graceMs)
  await closed
  clearTimeout(cut)
}
