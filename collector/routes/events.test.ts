import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { TraceId } from '../../analyzer/model/span.ts'
import { streamEvents } from './events.ts'
import { createTraceEvents } from './trace-events.ts'

const trace = 'a'.repeat(32) as TraceId

test('events, heartbeats while there are none, and an end when the server closes', async () => {
  const events = createTraceEvents(1)
  const app = new Hono().get('/', streamEvents({ events }, 20))
  const reader = (await app.request('/')).body!.getReader()
  const read = async () => {
    const { done, value } = await reader.read()
    return done ? 'end' : new TextDecoder().decode(value)
  }
  expect(await read()).toBe('retry: 1000\n\n')
  expect(await read()).toBe(': still here\n\n')
  events.publish([trace])
  expect(await read()).toBe(`event: runs\ndata: {"traceIds":["${trace}"]}\n\n`)
  events.close()
  expect(await read()).toBe('end')
})

test('a reader that leaves is forgotten', async () => {
  const events = createTraceEvents(1)
  const app = new Hono().get('/', streamEvents({ events }, 20))
  const reader = (await app.request('/')).body!.getReader()
  await reader.read()
  expect(events.listeners).toBe(1)
  await reader.cancel()
  await expect.poll(() => events.listeners).toBe(0)
  events.close()
})

test('a reader that sleeps through too much is let go', async () => {
  const events = createTraceEvents(1)
  const app = new Hono().get('/', streamEvents({ events }))
  const response = await app.request('/')
  events.publish(Array.from({ length: 10_001 }, (_, i) => String(i).padStart(32, '0') as TraceId))
  await expect.poll(() => events.listeners).toBe(0)
  expect(await response.text()).toBe('retry: 1000\n\n')
  events.close()
})
