// The server on a real socket, with the official exporter as its client.

import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunsPage } from '../analyzer/model/api.ts'
import { draw } from '../fixtures/draw.ts'
import { openDatabase } from './database.ts'
import { requestToJson } from './otlp/span-to-json.ts'
import { type Served, serve } from './serve.ts'
import { countSpans } from './store/count-spans.ts'
import { listTraces } from './store/list-traces.ts'
import { readTrace } from './store/read-trace.ts'

let folder: string
let served: Served
const drawing = draw(readFileSync(new URL('../fixtures/drawings/false-linear-chain.txt', import.meta.url), 'utf8'))

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-serve-'))
  served = await serve(options())
})

afterEach(async () => {
  await served.close()
  rmSync(folder, { recursive: true })
})

const options = (more = {}) => ({ port: 0, dbFile: join(folder, 'spans.db'), uiDir: join(folder, 'ui'), ...more })

const send = (body: string) =>
  fetch(`${served.url}/v1/traces`, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })

const sendDrawing = () => send(JSON.stringify(requestToJson(drawing.spans)))

test.each(['none', 'gzip'])('the official exporter delivers spans exactly, compression %s', async (compression) => {
  // The type of this option is an enum of a package that the exporter does not export.
  type Config = NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>
  const config = { url: `${served.url}/v1/traces`, compression } as Config
  const exporter = new OTLPTraceExporter(config)
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
  const tracer = provider.getTracer('agent', '2.0')
  const span = tracer.startSpan('tool', {
    startTime: [1_795_248_026, 218_058_651],
    attributes: { 'gen_ai.tool.name': 'search', 'n.int': 7, 'n.double': 0.5, list: ['a', 'b'], yes: true },
  })
  span.addEvent('retry', { attempt: 1 }, [1_795_248_026, 300_000_001])
  span.setStatus({ code: 2, message: 'no seats' })
  span.end([1_795_248_027, 1])
  await provider.shutdown()

  const [trace] = listTraces(served.store, 10)
  expect(readTrace(served.store, trace!.traceId)).toMatchObject([
    {
      traceId: span.spanContext().traceId,
      spanId: span.spanContext().spanId,
      parentSpanId: null,
      name: 'tool',
      kind: 1,
      startTimeUnixNano: 1_795_248_026_218_058_651n,
      endTimeUnixNano: 1_795_248_027_000_000_001n,
      attributes: new Map<string, unknown>([
        ['gen_ai.tool.name', 'search'],
        ['n.int', 7],
        ['n.double', 0.5],
        ['list', ['a', 'b']],
        ['yes', true],
      ]),
      events: [{ name: 'retry', timeUnixNano: 1_795_248_026_300_000_001n, attributes: new Map([['attempt', 1]]) }],
      status: { code: 2, message: 'no seats' },
      scope: { name: 'agent', version: '2.0' },
    },
  ])
})

describe('live updates', () => {
  /** Reads the event stream until `wanted` appears in it. */
  async function readUntil(response: Response, wanted: string): Promise<string> {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      if (text.includes(wanted)) return text
    }
    throw new Error(`the stream ended after ${JSON.stringify(text)}`)
  }

  test('an open page is told of a trace, and of nothing when nothing is new', async () => {
    const stream = await fetch(`${served.url}/api/events`)
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    await sendDrawing()
    const text = await readUntil(stream, '\n\nevent: runs\n')
    expect(text).toBe('retry: 1000\n\nevent: runs\ndata: {"traceIds":["'.concat(drawing.traceId, '"]}\n\n'))
    const { runs } = (await (await fetch(`${served.url}/api/runs`)).json()) as RunsPage
    expect(runs).toMatchObject([{ runId: drawing.runId, live: false }])
  })

  test('a page that leaves is forgotten, and closing ends the streams of those that stay', async () => {
    const leaver = new AbortController()
    await fetch(`${served.url}/api/events`, { signal: leaver.signal })
    const stays = await fetch(`${served.url}/api/events`)
    leaver.abort()
    await sleep(50)
    await sendDrawing()
    await readUntil(stays, 'traceIds')
    // Ended, and not cut off when the grace for requests in flight is over: that would be an error here.
    const [rest] = await Promise.all([stays.body!.getReader().read(), served.close()])
    expect(rest.done).toBe(true)
  })
})

test('a connection stays open between two exports five seconds apart', () => {
  // Node's own default is 5 s, the moment the next batch of an exporter comes.
  return new Promise<void>((resolve) => {
    httpRequest(`${served.url}/api/health`, { agent: new Agent({ keepAlive: true }) }, (response) => {
      expect(response.headers['keep-alive']).toBe('timeout=65')
      response.resume()
      response.on('end', resolve)
    }).end()
  })
})

describe('starting and stopping', () => {
  test('binds loopback, and says where', () => {
    expect(served.url).toBe(`http://127.0.0.1:${served.port}`)
  })

  test('a taken port is said with the port and the flag', async () => {
    const second = serve(options({ port: served.port, dbFile: join(folder, 'other.db') }))
    await expect(second).rejects.toThrow(new RegExp(`port ${served.port} on 127.0.0.1 is taken.*--port`))
  })

  test('an unusable database is said before anything listens', async () => {
    await expect(serve(options({ dbFile: folder }))).rejects.toThrow(/cannot open the database/)
  })

  test('an address that is not of this machine', async () => {
    await expect(serve(options({ host: '192.0.2.1', dbFile: join(folder, 'o.db') }))).rejects.toThrow(/--host/)
  })

  test('closing waits for an export that has begun, answers it, and the file holds it', async () => {
    const body = JSON.stringify(requestToJson(drawing.spans))
    const socket = connect(served.port, '127.0.0.1')
    socket.setEncoding('utf8')
    socket.write(
      'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 100)}`,
    )
    await sleep(100)
    const closed = served.close()
    await sleep(100)
    await expect(fetch(served.url)).rejects.toThrow()
    socket.write(body.slice(100))
    const [answer] = (await once(socket, 'data')) as [string]
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/)
    await closed
    const reopened = openDatabase(served.store.file)
    if (!reopened.ok) throw new Error(reopened.error)
    expect(countSpans(reopened.value).spans).toBe(drawing.spans.length)
    reopened.value.close()
  })

  test('closing twice is closing once', async () => {
    await Promise.all([served.close(), served.close()])
    await served.close()
  })
})
