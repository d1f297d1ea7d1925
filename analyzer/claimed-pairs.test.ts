import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimedPairs } from './claimed-pairs.ts'
import type { Inference } from './model/dependency.ts'
import { DEFAULT_OPTIONS } from './model/options.ts'
import { followed } from './schedule/clock.ts'
import { type RungSchedule, scheduleRun } from './schedule/schedule-run.ts'
import { loop } from './schedule/test-loop.ts'
import { inferenceOf, saying, testRun } from './schedule/test-run.ts'

/** All pairs (i, j) that a plan keeps in order: by step, and within one by who waits for whom. */
function orderedIn({ plan }: RungSchedule): Set<string> {
  const ordered = new Set<string>()
  const before: number[] = []
  for (const { calls } of plan.steps) {
    for (const { call, after } of calls) {
      for (const earlier of before) ordered.add(`${earlier} ${call}`)
      for (const direct of after) {
        ordered.add(`${direct} ${call}`)
        for (const { call: far } of calls) if (ordered.has(`${far} ${direct}`)) ordered.add(`${far} ${call}`)
      }
    }
    before.push(...calls.map(({ call }) => call))
  }
  return ordered
}

test('claimed are the pairs that came one after the other and that some rung does not keep in order', () => {
  fc.assert(
    fc.property(
      loop,
      fc.array(fc.constantFrom('independent', 'dependent', 'unknown'), { minLength: 1 }),
      (spec, words) => {
        const run = testRun(spec)
        const verdict = (i: number, j: number) =>
          ({ verdict: words[(i * 7 + j) % words.length]!, confidence: 0.9 }) as const
        const schedules = scheduleRun(run, { ...inferenceOf(run), ...saying(verdict) }, DEFAULT_OPTIONS, () => 0)
        const { overlap, batch, plan, actual } = schedules
        const orders = [overlap, batch, plan]
          .flatMap(({ low, high }) => [low, high])
          .filter((schedule) => schedule !== actual)
          .map(orderedIn)
        const naive = run.calls.flatMap((first, i) =>
          run.calls.flatMap((second, j) => {
            const came = j > i && (first.turn !== second.turn || followed(first, second))
            return came && orders.some((ordered) => !ordered.has(`${i} ${j}`)) ? [[i, j]] : []
          }),
        )
        expect(claimedPairs(run, schedules, (i, j) => [i, j])).toEqual({ pairs: naive, omitted: 0 })
      },
    ),
    { numRuns: 300, seed: 13 },
  )
})

test('a turn of 5,000 calls in sequence claims every pair, lists the first and counts the rest', () => {
  const count = 5000
  const run = testRun({
    durationMs: 10 + count,
    turns: [{ at: [0, 10] }],
    calls: Array.from({ length: count }, (_, i) => ({ tool: `${i}`, turn: 0, at: [10 + i, 11 + i] as const })),
  })
  const pairBits: Inference['pairBits'] = (_j, _word, _least, into) => {
    Object.assign(into, { notFree: 0, needed: 0, open: 0 })
    return -1
  }
  const inference = { ...inferenceOf(run), pairBits }
  const { pairs, omitted } = claimedPairs(
    run,
    scheduleRun(run, inference, DEFAULT_OPTIONS, () => 0),
    (i, j) => [i, j],
  )
  expect(pairs).toHaveLength(20_000)
  expect(pairs.length + omitted).toBe((count * (count - 1)) / 2)
})
