// The official JavaScript exporters as clients, and gRPC's own library with its retry policy.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, credentials, Metadata } from '@grpc/grpc-js'
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { NodeTracerProvider, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-node'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { TRACES } from './test-grpc-client.ts'
import { protobufRequest } from './test-payloads.ts'
import { startServer, type TestServer } from './test-server.ts'

// The type of this option is an enum of a package that the exporters do not export.
type Config = NonNullable<ConstructorParameters<typeof ProtobufExporter>[0]>
const gzip = { compression: 'gzip' } as Config
const headers = { authorization: 'Bearer secret' }

function metadata(): Metadata {
  const made = new Metadata()
  made.set('authorization', headers.authorization)
  return made
}

const EXPORTERS: readonly [string, (server: TestServer) => SpanExporter][] = [
  ['HTTP/JSON', ({ url }) => new JsonExporter({ url: `${url}/v1/traces`, headers })],
  ['HTTP/JSON, gzip', ({ url }) => new JsonExporter({ url: `${url}/v1/traces`, headers, ...gzip })],
  ['HTTP/protobuf', ({ url }) => new ProtobufExporter({ url: `${url}/v1/traces`, headers })],
  ['HTTP/protobuf, gzip', ({ url }) => new ProtobufExporter({ url: `${url}/v1/traces`, headers, ...gzip })],
  ['gRPC', ({ grpcUrl }) => new GrpcExporter({ url: grpcUrl!, metadata: metadata() })],
  ['gRPC, gzip', ({ grpcUrl }) => new GrpcExporter({ url: grpcUrl!, metadata: metadata(), ...gzip })],
]

/** Ends one span and waits for its export. Gives its trace id. */
async function exportOne(exporter: SpanExporter): Promise<string> {
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const span = provider.getTracer('agent', '2.0').startSpan('tool', {
    startTime: [1_795_248_026, 218_058_651],
    attributes: {
      'gen_ai.tool.name': 'search',
      'n.int': 7,
      'n.double': 0.5,
      list: ['a', 'b'],
      yes: true,
      text: 'é€😀',
    },
  })
  span.addEvent('retry', { attempt: 1 }, [1_795_248_026, 300_000_001])
  span.setStatus({ code: 2, message: 'no seats' })
  span.end([1_795_248_027, 1])
  await provider.forceFlush()
  await provider.shutdown()
  return span.spanContext().traceId
}

test.each(EXPORTERS)('%s delivers a span exactly, with a token', async (_, create) => {
  const server = await startServer({ token: 'secret' })
  const traceId = await exportOne(create(server))
  expect(server.spans(traceId)).toMatchObject([
    {
      name: 'tool',
      kind: 1,
      parentSpanId: null,
      startTimeUnixNano: 1_795_248_026_218_058_651n,
      endTimeUnixNano: 1_795_248_027_000_000_001n,
      attributes: new Map<string, unknown>([
        ['gen_ai.tool.name', 'search'],
        ['n.int', 7],
        ['n.double', 0.5],
        ['list', ['a', 'b']],
        ['yes', true],
        ['text', 'é€😀'],
      ]),
      events: [{ name: 'retry', timeUnixNano: 1_795_248_026_300_000_001n, attributes: new Map([['attempt', 1]]) }],
      status: { code: 2, message: 'no seats' },
      scope: { name: 'agent', version: '2.0' },
    },
  ])
})

/** Keeps the server from storing anything until the function that it returns is called. */
function lock({ store }: TestServer): () => void {
  const other = new Database(store.file)
  other.exec('BEGIN IMMEDIATE')
  onTestFinished(() => void other.close())
  return () => void other.exec('ROLLBACK')
}

/** The statuses of this process's HTTP answers from now on. */
function watchStatuses(onStatus: (statuses: readonly number[]) => void): readonly number[] {
  const statuses: number[] = []
  const note = (message: unknown) => {
    statuses.push((message as { response: ServerResponse }).response.statusCode)
    onStatus(statuses)
  }
  subscribe('http.server.response.finish', note)
  onTestFinished(() => void unsubscribe('http.server.response.finish', note))
  return statuses
}

describe('refused twice with a time to retry, then taken: stored exactly once', () => {
  test.each(EXPORTERS.slice(0, 4))('%s', async (_, create) => {
    const server = await startServer({})
    const unlock = lock(server)
    const statuses = watchStatuses(({ length }) => length === 2 && unlock())
    const traceId = await exportOne(create(server))
    expect(statuses).toEqual([503, 503, 200])
    expect(server.spans(traceId)).toHaveLength(1)
    expect(server.countStored()).toBe(1)
  })

  // The JavaScript gRPC exporter never retries by itself; gRPC's library does, if it is given a policy.
  test('gRPC, by grpc-js with a retry policy', async () => {
    const server = await startServer({})
    const unlock = lock(server)
    const retryPolicy = {
      maxAttempts: 5,
      initialBackoff: '0.2s',
      maxBackoff: '1s',
      backoffMultiplier: 1,
      retryableStatusCodes: ['UNAVAILABLE'],
    }
    const config = { loadBalancingConfig: [], methodConfig: [{ name: [{}], retryPolicy }] }
    const client = new Client(`127.0.0.1:${server.grpcPort}`, credentials.createInsecure(), {
      'grpc.service_config': JSON.stringify(config),
    })
    onTestFinished(() => client.close())
    const raw = (bytes: Buffer) => bytes
    const answered = new Promise<number>((resolve) => {
      client.makeUnaryRequest(TRACES, raw, raw, protobufRequest(), (error) => resolve(error?.code ?? 0))
    })
    // One attempt waits 250 ms for the lock and comes again 1 s later, as RetryInfo asks.
    await sleep(1800)
    unlock()
    expect(await answered).toBe(0)
    expect(server.countStored()).toBe(1)
  })

  test('gRPC, by exporting again', async () => {
    const server = await startServer({})
    const unlock = lock(server)
    const errors: unknown[] = []
    const exporter = new GrpcExporter({ url: server.grpcUrl! })
    const provider = new NodeTracerProvider()
    const span = provider.getTracer('agent').startSpan('tool')
    span.end()
    const exportSpan = () =>
      new Promise<number>((resolve) => {
        exporter.export([span as never], ({ code, error }) => {
          if (error) errors.push((error as { code?: number }).code)
          resolve(code)
        })
      })
    expect([await exportSpan(), await exportSpan()]).toEqual([1, 1])
    unlock()
    expect(await exportSpan()).toBe(0)
    expect(errors).toEqual([14, 14])
    expect(server.countStored()).toBe(1)
    await exporter.shutdown()
  })
})
