import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { TraceId } from '../../analyzer/model/span.ts'
import { createTraceEvents } from './trace-events.ts'

const a = 'a'.repeat(32) as TraceId
const b = 'b'.repeat(32) as TraceId

test('what is published in a moment is told at once, each trace once', async () => {
  const events = createTraceEvents(30)
  const told: (readonly TraceId[])[] = []
  events.subscribe({ changed: (ids) => told.push(ids), closed: () => {} })
  events.publish([a])
  events.publish([a, b])
  expect(told).toEqual([])
  await sleep(60)
  expect(told).toEqual([[a, b]])
  events.publish([b])
  await sleep(60)
  expect(told).toEqual([[a, b], [b]])
  events.close()
})

test('a steady stream does not put the event off', async () => {
  const events = createTraceEvents(30)
  let told = 0
  events.subscribe({ changed: () => told++, closed: () => {} })
  for (let i = 0; i < 20; i++) {
    events.publish([a])
    await sleep(10)
  }
  expect(told).toBeGreaterThanOrEqual(2)
  events.close()
})

test('listeners can leave, and closing tells those that stay', async () => {
  const events = createTraceEvents(5)
  const told: string[] = []
  const leave = events.subscribe({ changed: () => told.push('left'), closed: () => told.push('left') })
  events.subscribe({ changed: () => told.push('changed'), closed: () => told.push('closed') })
  leave()
  expect(events.listeners).toBe(1)
  events.publish([a])
  events.close()
  await sleep(20)
  expect(told).toEqual(['closed'])
  events.subscribe({ changed: () => {}, closed: () => told.push('too late') })
  expect([told, events.listeners]).toEqual([['closed', 'too late'], 0])
})

test('what else a change shows in cannot be found: the change is told all the same, and the reason once', async () => {
  const lines: string[] = []
  let isBroken = true
  const related = (ids: readonly TraceId[]): TraceId[] => {
    if (isBroken) throw new Error('database disk image is malformed')
    return [...ids, b]
  }
  const events = createTraceEvents(5, related, (line) => lines.push(line))
  const told: (readonly TraceId[])[] = []
  events.subscribe({ changed: (ids) => told.push(ids), closed: () => {} })
  const publish = async () => {
    events.publish([a])
    await sleep(30)
  }
  await publish()
  await publish()
  expect(told).toEqual([[a], [a]])
  expect(lines).toEqual([expect.stringContaining('database disk image is malformed')])
  isBroken = false
  await publish()
  isBroken = true
  await publish()
  expect(told.slice(2)).toEqual([[a, b], [a]])
  expect(lines).toHaveLength(2)
  events.close()
})
