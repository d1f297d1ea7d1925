import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import type { Span, TraceId } from '../../analyzer/model/span.ts'
import { type Served, type ServeOptions, serve } from '../serve.ts'
import { countSpans } from '../store/count-spans.ts'
import { readTrace } from '../store/read-trace.ts'
import { TRACE_ID } from './test-payloads.ts'

export interface TestServer extends Served {
  readonly grpcPort: number
  /** What was said on the terminal since the test began. */
  readonly warnings: readonly string[]
  /** The stored spans of a trace, that of `test-payloads.ts` unless told. */
  spans(traceId?: string): readonly Span[]
  countStored(): number
}

let shared: Promise<Started> | undefined
const started: Started[] = []

afterAll(async () => {
  for (const { stop } of started) await stop()
})

/**
 * A server on free ports with an empty database. With options it is one of the test's own; without, the tests of a file share
 * one, emptied for each, because its threads take a second to load from source.
 */
export async function startServer(options?: Partial<ServeOptions>): Promise<TestServer> {
  if (options) {
    const own = await start(options)
    onTestFinished(own.stop)
    return own.server()
  }
  shared ??= start({}).then((server) => {
    started.push(server)
    return server
  })
  return (await shared).server()
}

interface Started {
  /** The server with nothing in it. */
  server(): TestServer
  stop(): Promise<void>
}

async function start(options: Partial<ServeOptions>): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-conformance-'))
  const lines: string[] = []
  const served = await serve({
    port: 0,
    grpcPort: 0,
    dbFile: join(folder, 'spans.db'),
    uiDir: join(folder, 'ui'),
    warn: (line) => lines.push(line),
    ...options,
  })
  return {
    server() {
      served.store.writer.exec('DELETE FROM spans; DELETE FROM logs; DELETE FROM traces')
      const before = lines.length
      return {
        ...served,
        grpcPort: served.grpcPort!,
        get warnings() {
          return lines.slice(before)
        },
        spans: (traceId = TRACE_ID) => readTrace(served.store, traceId as TraceId),
        countStored: () => countSpans(served.store).spans,
      }
    },
    async stop() {
      await served.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
