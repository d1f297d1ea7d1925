// The collector as a running server: store, routes and a socket put together, and taken apart in order.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { AnalyzeOptions } from '../analyzer/model/options.ts'
import { openDatabase } from './database.ts'
import { createAnalysedTraces } from './routes/analysed-traces.ts'
import { createApp } from './routes/app.ts'
import { createTraceEvents } from './routes/trace-events.ts'
import type { Store } from './store/store.ts'
import { readVersion } from './version.ts'

export interface ServeOptions {
  /** 0 for any free port. */
  readonly port: number
  /** Address to bind; loopback (127.0.0.1) unless given. */
  readonly host?: string
  readonly dbFile: string
  /** Folder of the built page, `dist/ui`. */
  readonly uiDir: string
  readonly analyzeOptions?: Partial<AnalyzeOptions>
  /** More names that Host and Origin headers may hold, without ports. */
  readonly allowedHosts?: readonly string[]
  /** Takes a line for the person at the terminal; stderr unless given. */
  readonly warn?: (line: string) => void
}

export interface Served {
  /** Without a slash at the end; what OTEL_EXPORTER_OTLP_ENDPOINT is set to. */
  readonly url: string
  readonly port: number
  readonly store: Store
  /** Stops accepting, answers what was received, ends the event streams, closes the database. */
  close(): Promise<void>
}

/**
 * How long an idle connection is kept. Exporters send every 5 seconds by default, which is also Node's default: the
 * server would close the connection in the very moment the next export starts.
 */
const KEEP_ALIVE_MS = 65_000

/** How long `close` waits for requests in flight before it cuts them off. */
const CLOSE_GRACE_MS = 5_000

/** Starts the collector. Rejects with a sentence that says what to do: a taken port, an unusable database. */
export async function serve(options: ServeOptions): Promise<Served> {
  const host = options.host ?? '127.0.0.1'
  const opened = openDatabase(resolve(options.dbFile))
  if (!opened.ok) throw new Error(opened.error)
  const store = opened.value
  const events = createTraceEvents()
  const warn = options.warn ?? ((line: string) => console.error(line))
  const app = createApp({
    store,
    events,
    traces: createAnalysedTraces(store, options.analyzeOptions ?? {}),
    allowedHosts: options.allowedHosts ?? [],
    loopback: isLoopback(host),
    uiDir: options.uiDir,
    version: readVersion(),
    warn,
  })
  const server = createAdaptorServer({ fetch: app.fetch, hostname: host }) as Server
  server.keepAliveTimeout = KEEP_ALIVE_MS
  try {
    await listen(server, options.port, host)
    // Such as running out of file handles on accept: an 'error' that nobody hears would end the process.
    server.on('error', (error) => warn(`the server had an error: ${error.message}`))
  } catch (error) {
    store.close()
    throw error
  }
  const { port } = server.address() as AddressInfo
  let closing: Promise<void> | undefined
  const close = async () => {
    events.close()
    await drain(server)
    store.close()
  }
  return {
    url: `http://${hostInUrl(host)}:${port}`,
    port,
    store,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(new Error(explain(error, port, host)))
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      resolve()
    })
  })
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is taken, perhaps by another tailrace: choose one with --port, 0 for any free port`
    case 'EACCES':
      return `port ${port} may not be opened by this user: choose one above 1023 with --port`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine: choose one with --host`
    default:
      return `cannot listen on ${host} port ${port}: ${error.message}`
  }
}

async function drain(server: Server): Promise<void> {
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
