import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_OPTIONS } from '../model/options.ts'
import { criticalPath } from './critical-path.ts'
import { kindOf } from './network.ts'
import { scheduleRun } from './schedule-run.ts'
import { loop } from './test-loop.ts'
import { inferenceOf, saying, testRun } from './test-run.ts'

const word = fc.constantFrom('independent', 'dependent', 'unknown')

test('for any loop and any verdicts: replayed exactly, rungs in order, nothing lost, paths without holes', () => {
  fc.assert(
    fc.property(
      loop,
      fc.array(word, { minLength: 1, maxLength: 60 }),
      fc.constantFrom(1, 2, 1e9),
      (spec, words, cap) => {
        const run = testRun(spec)
        const frozen = JSON.stringify(run, (_, value) => (typeof value === 'bigint' ? String(value) : value))
        const base = inferenceOf(run)
        const inference = {
          ...base,
          ...saying((i, j) => ({ verdict: words[(i * 7 + j) % words.length]!, confidence: 0.9 })),
        }
        const { replay, actual, overlap, batch, plan, bound } = scheduleRun(
          run,
          inference,
          { ...DEFAULT_OPTIONS, concurrency: cap },
          () => 0,
        )
        expect(replay.error).toBeLessThan(1e-9)
        const slack = 1e-6
        expect(overlap.low.durationMs).toBeLessThanOrEqual(actual.durationMs + slack)
        expect(batch.low.durationMs).toBeLessThanOrEqual(overlap.low.durationMs + slack)
        expect(overlap.high.durationMs).toBeLessThanOrEqual(overlap.low.durationMs + slack)
        expect(batch.high.durationMs).toBeLessThanOrEqual(batch.low.durationMs + slack)
        expect(plan.low.durationMs).toBeLessThanOrEqual(batch.low.durationMs + slack)
        expect(plan.high.durationMs).toBeLessThanOrEqual(Math.min(plan.low.durationMs, batch.high.durationMs) + slack)
        // Nothing beats the bound: not by rounding down, but by what its own chain adds up to.
        expect(bound.low.simulation.durationMs).toBeLessThanOrEqual(plan.low.durationMs + slack)
        expect(bound.high.simulation.durationMs).toBeLessThanOrEqual(plan.high.durationMs + slack)
        expect(bound.high.durationMs).toBeLessThanOrEqual(bound.low.durationMs + slack)
        for (const schedule of [actual, overlap.low, overlap.high, batch.low, batch.high, plan.low, plan.high]) {
          const placed = schedule.plan.steps.flatMap((step) => step.calls.map((planned) => planned.call))
          expect([...placed].sort((a, b) => a - b)).toEqual(run.calls.map((_, i) => i))
          const turns = schedule.plan.steps.map((step) => step.turn)
          expect(turns).toEqual([...new Set(turns)].sort((a, b) => a! - b!))
          const path = criticalPath(schedule.simulation)
          path.forEach((part, i) => {
            expect(part.startMs).toBeCloseTo(i === 0 ? 0 : path[i - 1]!.endMs, 6)
          })
          expect(path.at(-1)?.endMs ?? 0).toBeCloseTo(schedule.simulation.durationMs, 6)
        }
        expect(JSON.stringify(run, (_, value) => (typeof value === 'bigint' ? String(value) : value))).toBe(frozen)
      },
    ),
    { numRuns: 500, seed: 7 },
  )
})

test('what is not independent never starts before the other ends, in the sure schedule', () => {
  fc.assert(
    fc.property(loop, fc.array(word, { minLength: 1, maxLength: 60 }), (spec, words) => {
      const run = testRun(spec)
      const verdictOf = (i: number, j: number) => words[(i * 5 + j) % words.length]!
      const inference = {
        ...inferenceOf(run),
        ...saying((i, j) => ({ verdict: verdictOf(i, j), confidence: 0.9 })),
      }
      const { batch, plan } = scheduleRun(run, inference, DEFAULT_OPTIONS, () => 0)
      for (const { simulation } of [batch.low, plan.low]) {
        const activityOf = new Map(
          [...simulation.network.refs].flatMap((ref, at) =>
            kindOf(simulation.network, at) === 'call' ? [[ref, at] as const] : [],
          ),
        )
        for (let i = 0; i < run.calls.length; i++) {
          for (let j = i + 1; j < run.calls.length; j++) {
            const [first, second] = [run.calls[i]!, run.calls[j]!]
            // What did overlap in the run had no order to keep.
            if (verdictOf(i, j) === 'independent' || second.startMs < first.endMs) continue
            const endOfFirst = simulation.endMs[activityOf.get(i)!]!
            expect(simulation.startMs[activityOf.get(j)!]!).toBeGreaterThanOrEqual(endOfFirst - 1e-6)
          }
        }
      }
    }),
    { numRuns: 500, seed: 11 },
  )
})
