// Agent loops of any shape, for property tests.

import fc from 'fast-check'
import type { CallSpec, RunSpec, TurnSpec } from './test-run.ts'

/** Turns, calls that follow or overlap one another or outlive their turn, gaps everywhere. */
export const loop = fc
  .array(
    fc.record({
      gap: fc.nat(50),
      turn: fc.nat(300),
      tokens: fc.nat(40),
      calls: fc.array(
        fc.record({ gap: fc.nat(20), ms: fc.nat(400), together: fc.boolean(), background: fc.boolean() }),
        { maxLength: 4 },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((steps): RunSpec => {
    const turns: TurnSpec[] = []
    const calls: CallSpec[] = []
    let now = 0
    let last = 0
    steps.forEach((step, turn) => {
      now += step.gap
      turns.push({ at: [now, now + step.turn], outputTokens: step.tokens })
      now += step.turn
      last = Math.max(last, now)
      let open = now
      for (const call of step.calls) {
        const start = (call.together ? open : now) + call.gap
        if (!call.together) open = now
        calls.push({ tool: `${turn}.${calls.length}`, turn, at: [start, start + call.ms] })
        if (!call.background) now = Math.max(now, start + call.ms)
        last = Math.max(last, start + call.ms)
      }
    })
    calls.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1])
    return { durationMs: Math.max(now, last) + 7, turns, calls }
  })
