import { expect, test } from 'vitest'
import { type AnalyzeOptions, DEFAULT_OPTIONS } from '../model/options.ts'
import { scheduleRun } from './schedule-run.ts'
import { inferenceOf, type RunSpec, testRun } from './test-run.ts'

// plan 100, then a 200, b 100, c 200 and d 100 one after another, answer 100: 800 ms
const sequence: RunSpec = {
  durationMs: 800,
  turns: [
    { at: [0, 100], inputTokens: 1000, outputTokens: 40 },
    { at: [700, 800], inputTokens: 2000, outputTokens: 20 },
  ],
  calls: [
    { tool: 'a', turn: 0, at: [100, 300] },
    { tool: 'b', turn: 0, at: [300, 400] },
    { tool: 'c', turn: 0, at: [400, 600] },
    { tool: 'd', turn: 0, at: [600, 700] },
  ],
}

function overlapMs(options: Partial<AnalyzeOptions>): number {
  const run = testRun(sequence)
  const resources = [['url:x.test'], ['url:x.test'], ['url:y.test'], []]
  const inference = inferenceOf(run)
  const effects = inference.effects.map((effect, i) => ({ ...effect, resources: resources[i]! }))
  return scheduleRun(run, { ...inference, effects }, { ...DEFAULT_OPTIONS, ...options }, () => 0).overlap.low.durationMs
}

test('without caps all four run together: 100 + 200 + 100', () => {
  expect(overlapMs({})).toBe(400)
})

test('calls of one host take turns: a 200, then b 100', () => {
  expect(overlapMs({ resourceCaps: { 'url:x.test': 1 } })).toBe(500)
  // a pattern is one pool for all that it fits: a, b and c one after another
  expect(overlapMs({ resourceCaps: { 'url:*': 1 } })).toBe(700)
  expect(overlapMs({ resourceCaps: { 'url:elsewhere.test': 1 } })).toBe(400)
})

test('a tool has a cap of its own, and the total cap holds beside it', () => {
  expect(overlapMs({ tools: { a: { concurrency: 1 } } })).toBe(400)
  // two at a time: a and b, then c in b's slot at 200, d in a's at 300; c ends at 400
  expect(overlapMs({ concurrency: 2 })).toBe(500)
})

test('contention and overhead lengthen the calls that run beside others they did not run beside', () => {
  // the longest: 200 * 1.5
  expect(overlapMs({ contention: 1.5 })).toBe(500)
  // 200 + 30
  expect(overlapMs({ callOverheadMs: 30 })).toBe(430)
})
