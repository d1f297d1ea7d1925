import { expect, test } from 'vitest'
import type { Run } from '../model/run.ts'
import { observe } from './observe.ts'
import { argumentsMsOf } from './streaming.ts'
import { testRun } from './test-run.ts'

// turn 0-400, then it writes on until 1000 beside its calls: a 400-900, b 900-1200, c 1200-1500
const found = testRun({
  durationMs: 1500,
  turns: [{ at: [0, 400] }],
  calls: [
    { tool: 'a', turn: 0, at: [400, 900], arguments: 'whatever' },
    // 4 and 8 characters, with the quotation marks
    { tool: 'b', turn: 0, at: [900, 1200], arguments: 'bb' },
    { tool: 'c', turn: 0, at: [1200, 1500], arguments: 'cccccc' },
  ],
})
const streamed = (run: Run, untilMs: number): Run => ({
  ...run,
  turns: run.turns.map((turn) => ({ ...turn, streamedUntilMs: untilMs })),
})

test('600 ms of writing, a third of it for b: complete after 200 ms, and c when all is written', () => {
  expect(argumentsMsOf(streamed(found, 1000), 0, [0, 1, 2], 400)).toEqual([0, 200, 600])
})

test('never later than the call did start', () => {
  // 1800 ms of writing: b by 600, though it started 500 after a; c by 1800, though it started 800 after a
  expect(argumentsMsOf(streamed(found, 2200), 0, [0, 1, 2], 400)).toEqual([0, 500, 800])
})

test('without arguments, when all is written', () => {
  const blind = { ...found, calls: found.calls.map((call) => ({ ...call, arguments: undefined })) }
  expect(argumentsMsOf(streamed(blind, 700), 0, [0, 1, 2], 400)).toEqual([0, 300, 300])
})

test('a turn that is not streamed, or by less than clocks tell, has all arguments at its end', () => {
  expect([...observe(found).argumentsMs]).toEqual([0, 0, 0])
  expect([...observe(streamed(found, 402)).argumentsMs]).toEqual([0, 0, 0])
})
