import { describe, expect, test } from 'vitest'
import type { Span } from '../model/span.ts'
import { buildRuns } from './index.ts'
import { agent, chat, given, tool, user } from './test-agent.ts'

/** `span` from a process whose clock is `ms` ahead. */
const from = (service: string, ms: number, span: Span): Span => ({
  ...span,
  resource: new Map([['service.name', service]]),
  startTimeUnixNano: span.startTimeUnixNano + BigInt(ms) * 1_000_000n,
  endTimeUnixNano: span.endTimeUnixNano + BigInt(ms) * 1_000_000n,
})

const inAgent = { parent: 'a' }
const asks = (id: string) => ({ asks: [[id, 'look', {}]] as const })
const root = agent('a', 'x', [0, 1000])
const first = chat('1', [0, 100], { given: [user('Hi')], ...asks('c1') }, inAgent)
const call = tool('2', 'look', [100, 400], { callId: 'c1' }, inAgent)
const second = chat('3', [400, 500], { given: [user('Hi'), given('c1', 'r')], ...asks('c2') }, inAgent)
const again = tool('4', 'look', [500, 800], { callId: 'c2' }, inAgent)
const third = chat('5', [800, 900], { given: [user('Hi'), given('c1', 'r'), given('c2', 'r')] }, inAgent)

describe.each([-2000, 2000])('a clock that is %i ms off', (ms) => {
  test('of the tools: calls are between the turns that asked for them and those that were given their results', () => {
    const [run] = buildRuns([root, first, from('tools', ms, call), second, from('tools', ms, again), third])
    expect(run!.turns.map(({ startMs }) => startMs)).toEqual([0, 400, 800])
    expect(run!.calls.map(({ turn }) => turn)).toEqual([0, 1])
    run!.calls.forEach(({ startMs, endMs }, c) => {
      expect(startMs).toBeGreaterThanOrEqual(run!.turns[c]!.startMs)
      expect(endMs).toBeLessThanOrEqual(run!.turns[c + 1]!.startMs)
      // As long as it was.
      expect(endMs - startMs).toBe(300)
    })
    expect(run!.durationMs).toBe(1000)
    expect(run!.notes).toEqual([
      expect.stringMatching(ms < 0 ? /^The clock of tools is .* behind/ : /^The clock of tools is .* ahead/),
    ])
  })

  test('of a gateway that made one of the model calls: the turns are in the order of what they were given', () => {
    const [run] = buildRuns([root, first, call, from('gateway', ms, second), again, third])
    expect(run!.turns.map(({ id }) => Number(id))).toEqual([1, 3, 5])
    expect(run!.calls.map(({ turn }) => turn)).toEqual([0, 1])
  })
})

test('clocks that nothing contradicts are left as they are', () => {
  const short = tool('2', 'look', [150, 350], { callId: 'c1' }, inAgent)
  const [run] = buildRuns([root, first, from('tools', 20, short), second])
  expect(run!.calls[0]).toMatchObject({ startMs: 170, endMs: 370 })
  expect(run!.notes).toEqual([])
})

test('what no shift can mend is left as it is', () => {
  // The first call would have to be later, the second, of the same process, earlier.
  const [run] = buildRuns([root, first, from('tools', -500, call), second, from('tools', 500, again), third])
  expect(run!.calls.map(({ startMs }) => startMs).length).toBe(2)
  expect(run!.notes.some((note) => note.startsWith('The clock of tools'))).toBe(false)
})

test('one process is never moved, whatever its spans say', () => {
  const [run] = buildRuns([root, first, tool('2', 'look', [600, 900], { callId: 'c1' }, inAgent), second])
  expect(run!.calls[0]).toMatchObject({ startMs: 600, endMs: 900 })
})
