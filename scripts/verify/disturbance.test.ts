import { expect, test } from 'vitest'
import { runAgent } from '../../fixtures/agents/run-agent.ts'
import { RATE_LIMITED } from '../../fixtures/agents/waterfalls.ts'
import { disturbanceMs } from './disturbance.ts'

test('waiting in the queue of a tool is no disturbance; an answer that came late is', async () => {
  const played = await runAgent('hand-written', RATE_LIMITED, 'fixed')
  const { turns, calls } = played.truth
  // Four calls at once of a tool that works on two at a time for 300 ms.
  expect(calls.map(({ durationMs, lateMs }) => Math.round((durationMs - lateMs) / 300))).toEqual([1, 1, 2, 2])
  const asFoundMs = disturbanceMs(played)
  expect(asFoundMs).toBeGreaterThan(0)
  const late = calls.map((call) => ({ ...call, lateMs: call.lateMs + 500 }))
  expect(disturbanceMs({ runs: played.runs, truth: { turns, calls: late } }) - asFoundMs).toBeCloseTo(500)
  expect(() => disturbanceMs({ runs: [], truth: { turns, calls } })).toThrow('get_reading was called 4 times')
})
