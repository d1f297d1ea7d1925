import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_OPTIONS, type Rung } from '../model/options.ts'
import { scheduleRun } from './schedule-run.ts'
import { loop } from './test-loop.ts'
import { inferenceOf, saying, testRun } from './test-run.ts'

const RUNGS: readonly Rung[] = ['overlap', 'batch', 'plan']

test('savings worked out without a plan are those of the schedule, placed by the simulator', () => {
  let saving = 0
  fc.assert(
    fc.property(
      loop,
      fc.array(fc.constantFrom('independent', 'dependent', 'unknown'), { minLength: 1, maxLength: 60 }),
      fc.nat(1 << 12),
      (spec, words, chosen) => {
        const run = testRun(spec)
        const inference = {
          ...inferenceOf(run),
          ...saying((i, j) => ({ verdict: words[(i * 7 + j) % words.length]!, confidence: 0.9 })),
        }
        const free = scheduleRun(run, inference, DEFAULT_OPTIONS, () => 0)
        // A cap that cannot bind has everything simulated.
        const simulated = scheduleRun(run, inference, { ...DEFAULT_OPTIONS, concurrency: 1e9 }, () => 0)
        for (const rung of RUNGS) {
          const all = rung === 'overlap' ? run.turns : run.calls
          const movable = new Set([...all.keys()].filter((one) => (chosen >> (one % 12)) & 1))
          for (const bound of ['low', 'high'] as const) {
            const answer = free.whatIf(rung, bound, movable)
            const known = simulated.whatIf(rung, bound, movable)
            expect(answer.savedMs).toBe(known.savedMs)
            expect(answer.savedMs).toBeLessThanOrEqual(free.mostSaved(rung, movable))
            expect(answer.schedule().durationMs).toBe(known.schedule().durationMs)
            if (answer.savedMs > 0) saving++
          }
        }
      },
    ),
    { numRuns: 400, seed: 5 },
  )
  expect(saving).toBeGreaterThan(400)
})
