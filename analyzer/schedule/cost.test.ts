import { expect, test } from 'vitest'
import { costOf } from './cost.ts'
import { testRun } from './test-run.ts'

const run = {
  ...testRun({
    durationMs: 300,
    turns: [
      { at: [0, 100], inputTokens: 1_000_000, outputTokens: 0 },
      { at: [100, 200], inputTokens: 3_000_000, outputTokens: 100_000 },
      { at: [200, 300], inputTokens: 0, outputTokens: 0 },
    ],
    calls: [],
  }),
}
const named = { ...run, turns: run.turns.map((turn, t) => ({ ...turn, model: t === 2 ? 'other' : 'small' })) }
const prices = { currency: 'USD', models: { small: { input: 2, output: 10 } } }

test('a turn that goes saves its tokens at their price, less what another turn writes for it', () => {
  // 3 million in at 2, 0.1 million out at 10
  expect(costOf(named, { turnsRemoved: [1], handedOver: new Map() }, prices)).toBeCloseTo(7, 9)
  // turn 0 writes 50,000 of them: 0.5 less
  expect(costOf(named, { turnsRemoved: [1], handedOver: new Map([[0, 50_000]]) }, prices)).toBeCloseTo(6.5, 9)
  expect(costOf(named, undefined, prices)).toBe(0)
})

test('what has no price has no cost: no table, no such model', () => {
  expect(costOf(named, { turnsRemoved: [1], handedOver: new Map() }, null)).toBeNull()
  expect(costOf(named, { turnsRemoved: [2], handedOver: new Map() }, prices)).toBeNull()
  expect(costOf(run, { turnsRemoved: [1], handedOver: new Map() }, prices)).toBeNull()
})
