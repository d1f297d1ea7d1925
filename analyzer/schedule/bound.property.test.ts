import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Dependency, Inference } from '../model/dependency.ts'
import { type AnalyzeOptions, DEFAULT_OPTIONS } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { criticalPath } from './critical-path.ts'
import { kindOf } from './network.ts'
import { scheduleRun } from './schedule-run.ts'
import { simulate, UNLIMITED } from './simulate.ts'
import { slackAndDrag } from './slack-and-drag.ts'
import { SHARES, speedupsOf } from './speedups.ts'
import { inferenceOf, saying, testRun } from './test-run.ts'

/** Turns one after another, each with calls one after another: what follows a pair of calls is up to the dependencies alone. */
const run = fc
  .array(fc.array(fc.record({ ms: fc.integer({ min: 1, max: 400 }), tool: fc.nat(3) }), { maxLength: 3 }), {
    minLength: 2,
    maxLength: 6,
  })
  .map((turns): Run => {
    let now = 0
    const calls: Parameters<typeof testRun>[0]['calls'][number][] = []
    const placed = turns.map((asked, turn) => {
      const at: [number, number] = [now, now + 100]
      now += 110
      for (const { ms } of asked) {
        calls.push({ tool: `${calls.length}`, turn, at: [now, now + ms] })
        now += ms
      }
      now += 10
      return { at }
    })
    const made = testRun({ durationMs: now, turns: placed, calls })
    const tools = turns.flat().map(({ tool }) => `tool ${tool}`)
    return { ...made, calls: made.calls.map((call, i) => ({ ...call, tool: tools[i]! })) }
  })

/** Pairs by a seed: a third of the pairs of different turns need each other by a value. */
function inferenceFor(of: Run, needs: (i: number, j: number) => boolean): Inference {
  const reaches = of.calls.map((_, j) => new Set([...of.calls.keys()].filter((i) => i < j && needs(i, j))))
  for (const before of reaches) for (const i of [...before]) for (const far of reaches[i]!) before.add(far)
  const dependencies = reaches.flatMap((before, j) =>
    [...before].map(
      (i): Dependency => ({ from: of.calls[i]!.id, to: of.calls[j]!.id, kind: 'data', confidence: 1, evidence: [] }),
    ),
  )
  return {
    ...inferenceOf(of),
    dependencies,
    ...saying((i, j) => ({ verdict: reaches[j]!.has(i) ? 'dependent' : 'independent', confidence: 1 })),
  }
}

const seeded = (seed: number, of: Run) => (i: number, j: number) =>
  of.calls[i]!.turn < of.calls[j]!.turn && (i * 31 + j * 17 + seed) % 3 === 0

const schedulesOf = (of: Run, inference: Inference, options: Partial<AnalyzeOptions> = {}) =>
  scheduleRun(of, inference, { ...DEFAULT_OPTIONS, ...options }, () => 0)

test('rungs stand in order with programs too, and nothing achievable beats the bound, whatever the caps', () => {
  fc.assert(
    fc.property(run, fc.nat(99), fc.constantFrom(1, 2, 1e9), (of, seed, concurrency) => {
      const options = { concurrency, contention: 1.3, callOverheadMs: 5, tools: { 'tool 1': { concurrency: 1 } } }
      const { actual, overlap, batch, plan, bound } = schedulesOf(of, inferenceFor(of, seeded(seed, of)), options)
      const inOrder = [actual, overlap.low, batch.low, plan.low, bound.low].map(({ durationMs }) => durationMs)
      inOrder.slice(1).forEach((ms, at) => {
        expect(ms).toBeLessThanOrEqual(inOrder[at]! + 1e-6)
      })
      expect(bound.low.simulation.durationMs).toBeLessThanOrEqual(plan.low.durationMs + 1e-6)
    }),
    { numRuns: 400, seed: 5 },
  )
})

test('one more dependency never shortens the bound, and more capacity never lengthens it', () => {
  fc.assert(
    fc.property(run, fc.nat(99), fc.nat(99), (of, seed, extra) => {
      const needs = seeded(seed, of)
      const before = schedulesOf(of, inferenceFor(of, needs)).bound.low.durationMs
      const pair = (i: number, j: number) => of.calls[i]!.turn < of.calls[j]!.turn && (i + 7 * j) % 11 === extra % 11
      const after = schedulesOf(
        of,
        inferenceFor(of, (i, j) => needs(i, j) || pair(i, j)),
      ).bound.low.durationMs
      expect(after).toBeGreaterThanOrEqual(before - 1e-6)
      const [one, many] = [1, 8].map(
        (concurrency) => schedulesOf(of, inferenceFor(of, needs), { concurrency }).bound.low.durationMs,
      )
      expect(many!).toBeLessThanOrEqual(one! + 1e-6)
    }),
    { numRuns: 300, seed: 6 },
  )
})

test('the same run twice gives the same schedules, to the byte', () => {
  fc.assert(
    fc.property(run, fc.nat(99), (of, seed) => {
      const said = () =>
        JSON.stringify(schedulesOf(of, inferenceFor(of, seeded(seed, of))), (_, value) =>
          ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
        )
      expect(said()).toBe(said())
    }),
    { numRuns: 50, seed: 8 },
  )
})

test('drag, and what a faster tool is worth, are what trying it gives, in every schedule', () => {
  fc.assert(
    fc.property(run, fc.nat(99), (of, seed) => {
      const { actual, plan, bound } = schedulesOf(of, inferenceFor(of, seeded(seed, of)))
      for (const { simulation } of [actual, plan.low, bound.low]) {
        const { network } = simulation
        const without = (factor: (activity: number) => number): number => {
          const durationMs = network.durationMs.map((ms, at) => ms * factor(at))
          return simulation.durationMs - simulate({ ...network, durationMs }, UNLIMITED).durationMs
        }
        const { dragMs } = slackAndDrag(simulation)
        network.durationMs.forEach((_, activity) => {
          const tried = without((at) => (at === activity ? 0 : 1))
          expect(dragMs[activity]!).toBeCloseTo(tried, 6)
        })
        const critical = criticalPath(simulation).flatMap(({ kind, activity }) =>
          kind === 'call' ? [network.refs[activity]!] : [],
        )
        for (const { tool, savedMs } of speedupsOf(of, simulation, critical)) {
          SHARES.forEach((share, at) => {
            const isTool = (activity: number): boolean =>
              kindOf(network, activity) === 'call' && of.calls[network.refs[activity]!]!.tool === tool
            expect(savedMs[at]!).toBeCloseTo(
              without((activity) => (isTool(activity) ? 1 - share : 1)),
              6,
            )
          })
        }
      }
    }),
    { numRuns: 100, seed: 9 },
  )
})
