import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_OPTIONS } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import type { AsFoundChange } from './as-found.ts'
import { networkOf } from './network.ts'
import type { PlannedCall } from './plan.ts'
import { scheduleRun } from './schedule-run.ts'
import { simulate, UNLIMITED } from './simulate.ts'
import { loop } from './test-loop.ts'
import { inferenceOf, testRun } from './test-run.ts'
import { idleWaitMs } from './waiting.ts'

/** Before every other turn, and inside every third call, a person was waited for. */
function withWaits(run: Run): Run {
  const before = run.turns.filter((_, t) => t % 2 === 1).map(({ startMs }) => [startMs - 15, startMs] as const)
  const inside = run.calls.filter((_, c) => c % 3 === 0).map(({ endMs }) => [endMs - 10, endMs] as const)
  let untilMs = 0
  const waits = [...before, ...inside]
    .sort((a, b) => a[0] - b[0])
    .flatMap(([from, endMs]) => {
      const startMs = Math.max(from, untilMs)
      untilMs = Math.max(untilMs, endMs)
      return startMs < endMs ? [{ startMs, endMs }] : []
    })
  return { ...run, waits }
}

test('what a change to some calls saves is what the whole run, scheduled again with it, says', () => {
  fc.assert(
    fc.property(loop, fc.nat(1 << 12), fc.boolean(), fc.boolean(), (spec, chosen, shorter, person) => {
      const run = person ? withWaits(testRun(spec)) : testRun(spec)
      const { actual, replay, savedAsFound, observed } = scheduleRun(run, inferenceOf(run), DEFAULT_OPTIONS, () => 0)
      if (!replay.ok) return
      const calls = [...run.calls.keys()].filter((call) => (chosen >> (call % 12)) & 1)
      const change: AsFoundChange = shorter ? { kind: 'no-time' } : { kind: 'dispatch', dispatchMs: 3 }
      const late = calls.filter((call) => shorter || observed.dispatchMs[call]! > 3)
      const changed = (call: PlannedCall): PlannedCall => {
        if (!late.includes(call.call)) return call
        return change.kind === 'no-time' ? { ...call, durationMs: 0 } : { ...call, dispatchMs: change.dispatchMs }
      }
      const steps = actual.plan.steps.map((step) => ({ ...step, calls: step.calls.map(changed) }))
      const again = simulate(networkOf({ ...actual.plan, steps }), UNLIMITED)
      const naive = Math.max(0, actual.durationMs - (again.durationMs - idleWaitMs(again)))
      expect(savedAsFound(late, change)).toBeCloseTo(naive, 6)
      expect(savedAsFound([], change)).toBe(0)
    }),
    { numRuns: 400, seed: 11 },
  )
})
