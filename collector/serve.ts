// The collector as a running server: store, ingest, routes and sockets put together, and taken apart in order.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { AnalyzeOptions } from '../analyzer/model/options.ts'
import { afterBody, endAfterBody } from './after-body.ts'
import { startAnalysis } from './analysis/start-analysis.ts'
import { openDatabase } from './database.ts'
import { type GrpcServer, listenGrpc } from './grpc/grpc-server.ts'
import { createIngest, type IngestOptions } from './ingest/create-ingest.ts'
import { createAnalysedTraces } from './routes/analysed-traces.ts'
import { createApp } from './routes/app.ts'
import { createTraceEvents } from './routes/trace-events.ts'
import { createWarmSummaries } from './routes/warm-summaries.ts'
import type { Store } from './store/store.ts'
import { createTracePieces } from './store/trace-pieces.ts'
import { createByteBudget } from './transport/byte-budget.ts'
import { createDropNotice } from './transport/drop-notice.ts'
import { MAX_BODY_BYTES, MAX_BYTES_IN_FLIGHT } from './transport/limits.ts'
import { PROGRESS, type ProgressRule } from './transport/progress.ts'
import { createTokenCheck } from './transport/token.ts'
import { readVersion } from './version.ts'

export interface ServeOptions {
  /** 0 for any free port. */
  readonly port: number
  /** Port for OTLP over gRPC, 0 for any free one; no gRPC unless given. */
  readonly grpcPort?: number
  /** Address to bind; loopback (127.0.0.1) unless given. */
  readonly host?: string
  readonly dbFile: string
  /** Folder of the built page, `dist/ui`. */
  readonly uiDir: string
  readonly analyzeOptions?: Partial<AnalyzeOptions>
  /** What exporters must show as `Authorization: Bearer`, and readers too on other addresses than loopback. */
  readonly token?: string
  /** More names that Host and Origin headers may hold, without ports. */
  readonly allowedHosts?: readonly string[]
  /** Origins whose pages may send exports; none unless given. */
  readonly corsOrigins?: readonly string[]
  /** The largest export in bytes, as sent and decompressed; 64 MiB unless given. */
  readonly maxBodyBytes?: number
  /** Bytes of exports that may be in memory at a time; 30 MiB unless given. One alone may be larger. */
  readonly maxBytesInFlight?: number
  /** How fast a body must come; see `PROGRESS`. */
  readonly progress?: ProgressRule
  readonly redaction?: IngestOptions['redaction']
  /** What an acknowledged export survives; the death of the process unless given. */
  readonly durability?: IngestOptions['durability']
  /** What the file may keep; everything unless given. */
  readonly retention?: IngestOptions['retention']
  /** Takes a line for the person at the terminal; stderr unless given. */
  readonly warn?: (line: string) => void
}

export interface Served {
  /** Without a slash at the end; what OTEL_EXPORTER_OTLP_ENDPOINT is set to. */
  readonly url: string
  readonly port: number
  /** The same for OTEL_EXPORTER_OTLP_PROTOCOL=grpc; null without gRPC. */
  readonly grpcUrl: string | null
  readonly grpcPort: number | null
  readonly store: Store
  /** Stops accepting, answers what was received, ends the event streams, closes the database. */
  close(): Promise<void>
}

/**
 * How long an idle connection is kept. Exporters send every 5 seconds by default, which is also Node's default: the
 * server would close the connection in the very moment the next export starts.
 */
const KEEP_ALIVE_MS = 65_000

/** How long a client may take to send a request's headers. For bodies see `progress.ts`: Node's limit on the whole is off. */
const HEADERS_MS = 20_000

/** Past this many connections new ones are closed at once; exporters try again. */
const MAX_CONNECTIONS = 1000

/** How long `close` waits for requests in flight before it cuts them off. */
const CLOSE_GRACE_MS = 5_000

/** Starts the collector. Rejects with a sentence that says what to do: a taken port, an unusable database. */
export async function serve(options: ServeOptions): Promise<Served> {
  const host = options.host ?? '127.0.0.1'
  const opened = openDatabase(resolve(options.dbFile))
  if (!opened.ok) throw new Error(opened.error)
  const store = opened.value
  const pieces = createTracePieces(store)
  const warn = options.warn ?? ((line: string) => console.error(line))
  const events = createTraceEvents(undefined, pieces.with, warn)
  const analysis = startAnalysis({ file: store.file, options: options.analyzeOptions ?? {} })
  const traces = createAnalysedTraces(store, options.analyzeOptions ?? {}, analysis, pieces)
  const warm = createWarmSummaries(store, traces, events.publish, warn)
  const ingest = createIngest(store, {
    onStored(traceIds) {
      events.publish(traceIds)
      warm.changed()
    },
    warn,
    ...(options.redaction === undefined ? {} : { redaction: options.redaction }),
    ...(options.durability === undefined ? {} : { durability: options.durability }),
    ...(options.retention === undefined ? {} : { retention: options.retention }),
  })
  const maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES
  const receiving = {
    ingest,
    budget: createByteBudget(options.maxBytesInFlight ?? MAX_BYTES_IN_FLIGHT, () => ingest.pendingBytes),
    maxBodyBytes,
    progress: options.progress ?? PROGRESS,
    noteDropped: createDropNotice(warn),
    token: options.token === undefined ? null : createTokenCheck(options.token),
    warn,
  }
  const app = createApp({
    ...receiving,
    store,
    events,
    traces,
    warm,
    allowedHosts: options.allowedHosts ?? [],
    corsOrigins: options.corsOrigins ?? [],
    loopback: isLoopback(host),
    uiDir: options.uiDir,
    version: readVersion(),
  })
  /** Requests whose body was not asked for. */
  const unasked = new WeakSet<IncomingMessage>()
  const server = createAdaptorServer({
    // What Node would end together with the answer is read first.
    fetch: (request, env) => {
      const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse }
      const answer = app.fetch(request, env)
      return outgoing.shouldKeepAlive || unasked.has(incoming)
        ? answer
        : afterBody(answer, incoming, receiving.progress)
    },
    hostname: host,
    // It would reset a connection on which the client is still sending half a second after the answer.
    autoCleanupIncoming: false,
    serverOptions: { headersTimeout: HEADERS_MS, requestTimeout: 0, connectionsCheckingInterval: HEADERS_MS / 4 },
  }) as Server
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.maxConnections = MAX_CONNECTIONS
  // A client that has sent its request and closed its side still wants the answer. Node has the property, and no option.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.on('request', (incoming, outgoing) =>
    outgoing.once('finish', () => endAfterBody(incoming, receiving.progress)),
  )
  server.on('checkContinue', (request, response) => {
    // A body that is too large is not asked for. Whether it comes all the same is not waited for.
    if (Number(request.headers['content-length']) > maxBodyBytes) {
      unasked.add(request)
      response.setHeader('Connection', 'close')
    } else response.writeContinue()
    server.emit('request', request, response)
  })
  let grpc: GrpcServer | null = null
  try {
    await listen(server, options.port, host)
    // Such as running out of file handles on accept: an 'error' that nobody hears would end the process.
    server.on('error', (error) => warn(`the server had an error: ${error.message}`))
    if (options.grpcPort !== undefined) grpc = await startGrpc(receiving, options.grpcPort, host)
  } catch (error) {
    await drain(server)
    await ingest.close()
    store.close()
    throw error
  }
  const { port } = server.address() as AddressInfo
  let closing: Promise<void> | undefined
  const close = async () => {
    events.close()
    warm.close()
    await Promise.all([drain(server), grpc?.close(CLOSE_GRACE_MS)])
    await ingest.close()
    await analysis.close()
    store.close()
  }
  return {
    url: `http://${hostInUrl(host)}:${port}`,
    port,
    grpcUrl: grpc && `http://${hostInUrl(host)}:${grpc.port}`,
    grpcPort: grpc?.port ?? null,
    store,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

async function startGrpc(receiving: Parameters<typeof listenGrpc>[0], port: number, host: string): Promise<GrpcServer> {
  try {
    return await listenGrpc(receiving, port, host)
  } catch (error) {
    throw new Error(explain(error as NodeJS.ErrnoException, port, host, '--grpc-port'))
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(new Error(explain(error, port, host, '--port')))
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      resolve()
    })
  })
}

function explain(error: NodeJS.ErrnoException, port: number, host: string, flag: '--port' | '--grpc-port'): string {
  const orNone = flag === '--grpc-port' ? ', or do without gRPC with --no-grpc' : ''
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is taken, perhaps by another tailrace or collector: choose one with ${flag}, 0 for any free port${orNone}`
    case 'EACCES':
      return `port ${port} may not be opened by this user: choose one above 1023 with ${flag}`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine: choose one with --host`
    default:
      return `cannot listen on ${host} port ${port}: ${error.message}`
  }
}

async function drain(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection turns idle when its last answer is out, and would then be kept alive.
  const sweep = setInterval(() => server.closeIdleConnections(), 20)
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
