// Spans of an instrumentation that knows no parents have a trace each. Over a real socket: the list, the page of a run and the
// live updates show the one run that they are.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunsPage } from '../analyzer/model/api.ts'
import type { Report } from '../analyzer/model/report.ts'
import { type Served, serve } from './serve.ts'

let folder: string
let served: Served

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tailrace-pieces-'))
  served = await serve({ port: 0, dbFile: join(folder, 'spans.db'), uiDir: join(folder, 'ui') })
})

afterEach(async () => {
  await served.close()
  rmSync(folder, { recursive: true })
})

const SECOND = 1_000_000_000n
const START = 1_795_248_000n * SECOND

interface Piece {
  /** One letter: of its trace and its span. */
  readonly id: string
  readonly kind: 'model' | 'tool'
  /** Seconds. */
  readonly from: number
  readonly to: number
  readonly service?: string
  readonly parent?: string
}

const traceIdOf = (id: string) => id.repeat(32)

function request({ id, kind, from, to, service = 'agent', parent }: Piece): string {
  const texts = {
    'gen_ai.operation.name': kind === 'model' ? 'chat' : 'execute_tool',
    'gen_ai.provider.name': 'openai',
    ...(kind === 'tool' ? { 'gen_ai.tool.name': 'look', 'gen_ai.tool.call.arguments': '{"q":"x"}' } : {}),
  }
  const attributesOf = (of: Record<string, string>) =>
    Object.entries(of).map(([key, stringValue]) => ({ key, value: { stringValue } }))
  const at = (seconds: number) => String(START + BigInt(seconds) * SECOND)
  const span = {
    traceId: traceIdOf(id),
    spanId: id.repeat(16),
    ...(parent === undefined ? {} : { parentSpanId: parent.repeat(16) }),
    name: kind,
    kind: 1,
    startTimeUnixNano: at(from),
    endTimeUnixNano: at(to),
    attributes: attributesOf(texts),
  }
  const scopeSpans = [{ scope: { name: '@traceloop/instrumentation-langchain' }, spans: [span] }]
  return JSON.stringify({
    resourceSpans: [{ resource: { attributes: attributesOf({ 'service.name': service }) }, scopeSpans }],
  })
}

/** Many at once, second after second; their ids are numbers. */
async function sendChain(count: number): Promise<void> {
  const requests = Array.from({ length: count }, (_, i) => {
    const text = request({ id: 'x', kind: i % 2 === 0 ? 'model' : 'tool', from: i, to: i + 1 })
    return JSON.parse(text.replaceAll(/x{16,32}/g, (id) => (i + 1).toString(16).padStart(id.length, '0')))
  })
  const resourceSpans = requests.flatMap((one) => one.resourceSpans)
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ resourceSpans })
  expect((await fetch(`${served.url}/v1/traces`, { method: 'POST', body, headers })).status).toBe(200)
}

async function send(...pieces: readonly Piece[]): Promise<void> {
  for (const piece of pieces) {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(`${served.url}/v1/traces`, { method: 'POST', body: request(piece), headers })
    expect(response.status).toBe(200)
  }
}

const get = async <T>(path: string): Promise<T> => (await (await fetch(served.url + path)).json()) as T

/** Of the list when it is complete: name of the trace, turns, calls, spans. */
async function listed(query = ''): Promise<unknown[]> {
  const list = () => get<RunsPage>(`/api/runs${query}`)
  await expect.poll(async () => (await list()).pending ?? 0).toBe(0)
  const page = await list()
  expect(page.failed).toEqual([])
  return page.runs.map(({ traceId, turns, calls, spans }) => [traceId[0], turns, calls, spans])
}

const FIRST: readonly Piece[] = [
  { id: 'a', kind: 'model', from: 0, to: 2 },
  { id: 'b', kind: 'tool', from: 2, to: 5 },
]

test('pieces are one run in the list and on its page, and a late one joins it', async () => {
  await send(...FIRST)
  expect(await listed()).toEqual([['a', 1, 1, 2]])

  await send({ id: 'c', kind: 'model', from: 6, to: 8 })
  expect(await listed()).toEqual([['a', 2, 1, 3]])
  const report = await get<Report>(`/api/runs/${'a'.repeat(16)}`)
  expect(report.runs.map(({ turns, calls }) => [turns.length, calls.length])).toEqual([[2, 1]])
  expect(report.runs[0]!.notes[0]).toContain('3 spans of this run have no parents and a trace each')
})

test('on which page of the list the run is: that of its latest piece, and on no other', async () => {
  await send(...FIRST, { id: 'c', kind: 'model', from: 6, to: 8 })
  expect(await listed('?limit=1')).toEqual([['a', 2, 1, 3]])
  expect(await listed(`?limit=1&before=${traceIdOf('c')}`)).toEqual([])
  expect(await listed(`?limit=5&before=${traceIdOf('b')}`)).toEqual([])
})

test('pages that show the run are told when a piece comes', async () => {
  await send(...FIRST)
  const stop = new AbortController()
  const { body } = await fetch(`${served.url}/api/events`, { signal: stop.signal })
  const reader = body!.getReader()
  const decoder = new TextDecoder()
  await reader.read()
  await send({ id: 'c', kind: 'model', from: 6, to: 8 })
  let text = ''
  while (!text.includes('data: ')) text += decoder.decode((await reader.read()).value)
  stop.abort()
  const { traceIds } = JSON.parse(/data: (.*)/.exec(text)![1]!) as { traceIds: string[] }
  expect(traceIds.map((id) => id[0]).sort()).toEqual(['a', 'b', 'c'])
})

test('not across a long pause, another process, or spans with a parent', async () => {
  await send(...FIRST)
  await send(
    { id: 'c', kind: 'model', from: 36, to: 38 },
    { id: 'd', kind: 'tool', from: 38, to: 39 },
    { id: 'e', kind: 'model', from: 7, to: 8, service: 'other' },
    { id: 'f', kind: 'model', from: 9, to: 10, parent: '9' },
  )
  const runs = await listed()
  expect(runs.filter((run) => 'acd'.includes((run as string[])[0]!))).toEqual([
    ['c', 1, 1, 2],
    ['a', 1, 1, 2],
  ])
  const [, turns, calls] = (runs.find((run) => (run as string[])[0] === 'a') as number[] | undefined) ?? []
  expect([turns, calls]).toEqual([1, 1])
})

test('what began long before may hold all of it, and what ended in between', async () => {
  // A tool of two minutes, and beside it one that ended a minute before the model began.
  await send(
    { id: 'a', kind: 'model', from: 0, to: 2 },
    { id: 'b', kind: 'tool', from: 2, to: 120 },
    { id: 'c', kind: 'tool', from: 3, to: 60 },
    { id: 'd', kind: 'model', from: 121, to: 122 },
  )
  expect(await listed()).toEqual([['a', 2, 2, 4]])
})

test('a run of 600 pieces is one', async () => {
  await sendChain(600)
  expect(await listed('?limit=5')).toEqual([['0', 300, 300, 600]])
})

test('too many pieces are left apart, and a run says so', async () => {
  await sendChain(2001)
  expect(await listed('?limit=3')).toHaveLength(3)
  const { runs } = await get<Report>(`/api/runs/${'1'.padStart(16, '0')}`)
  expect(runs.map(({ turns, calls }) => [turns.length, calls.length])).toEqual([[1, 0]])
  expect(runs[0]!.notes.at(-1)).toMatch(/one of more than 2000 such spans.*tailrace analyze/)
})
