// Real exporters' output: every figure of test-captures.ts, which was read off the files by hand.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordOf } from '../conventions/index.ts'
import type { Span } from '../model/span.ts'
import { buildRuns } from './index.ts'
import { captures, readCapture } from './test-captures.ts'

describe.each(captures)('$file', ({ file, runs: expected }) => {
  const spans = readCapture(file)
  const runs = buildRuns(spans)
  const each = expected.map((want, i) => [want.name, want, runs[i]!] as const)

  test('its runs, named and dated by their roots', () => {
    expect(
      runs.map(({ name, framework, conventions, runId, parentRunId, durationMs, notes }) => {
        return { name, framework, conventions, runId, parentRunId, durationMs, notes }
      }),
    ).toEqual(
      expected.map(({ name, framework, convention, runId, durationMs, notes }) => {
        return { name, framework, conventions: [convention], runId, parentRunId: null, durationMs, notes }
      }),
    )
    for (const run of runs) {
      const root = spans.find((span) => span.spanId === run.runId)!
      expect(run.startTimeUnixNano).toBe(root.startTimeUnixNano)
      expect(run).toMatchObject({ waits: [], promptKnown: true })
    }
  })

  test.each(each)('%s: turns, tokens, words', (_name, want, run) => {
    expect(
      run.turns.map(({ model, inputTokens, outputTokens, text }) => [model, inputTokens, outputTokens, text]),
    ).toEqual(want.turns)
    expect(run.turns.map(({ calls }) => calls.length)).toEqual(
      want.turns.map((_turn, t) => want.calls.filter(({ turn }) => turn === t).length),
    )
  })

  test.each(each)('%s: calls', (_name, want, run) => {
    const calls = [...run.calls].sort((a, b) => (a.callId! < b.callId! ? -1 : 1))
    expect(
      calls.map(({ callId, tool, turn, turnRule, arguments: args, result, error }) => {
        return { callId, tool, turn, turnRule, arguments: args, result, error }
      }),
    ).toEqual(want.calls)
    for (const call of calls) {
      expect(call).toMatchObject({ status: call.error === null ? 'ok' : 'error', truncated: false, childRunId: null })
    }
  })

  test.each(each)('%s: the prompt', (_name, want, run) => {
    const before = run.messages.filter(({ beforeTurn }) => beforeTurn === 0)
    expect(before.map(({ role, text }) => [role, text])).toEqual(want.prompt)
    expect(run.turnsAfterUser).toEqual([])
  })

  test('turns end before their calls start, and all of it is inside the run', () => {
    for (const run of runs) {
      for (const call of run.calls) expect(run.turns[call.turn]!.endMs).toBeLessThanOrEqual(call.startMs)
      for (const { startMs, endMs } of [...run.turns, ...run.calls]) {
        expect(startMs).toBeGreaterThanOrEqual(0)
        expect(endMs).toBeGreaterThanOrEqual(startMs)
        expect(endMs).toBeLessThanOrEqual(run.durationMs)
      }
    }
  })

  test('the spans are left as they were', () => {
    expect(spans).toEqual(readCapture(file))
  })
})

describe('all captures at once, as exporters may deliver them', () => {
  const all = captures.flatMap(({ file }) => readCapture(file))
  const toolIds = (spans: readonly Span[]) =>
    [...new Set(spans.filter((span) => recordOf(span).kind === 'tool').map((span) => span.spanId))].sort()

  test('in any order, with repeats: the same runs', () => {
    const runs = buildRuns(all)
    expect(runs).toHaveLength(captures.flatMap((capture) => capture.runs).length)
    expect(runs.map((run) => run.startTimeUnixNano)).toEqual([...runs.map((run) => run.startTimeUnixNano)].sort())
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
        (spans) => {
          expect(buildRuns(spans)).toEqual(runs)
        },
      ),
      { numRuns: 20 },
    )
  })

  test('with any of them missing: no call is lost, none is doubled, every time fits', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all]), (spans) => {
        const runs = buildRuns(spans)
        const calls = runs.flatMap((run) => run.calls)
        expect(calls.map((call) => call.id).sort()).toEqual(toolIds(spans))
        for (const run of runs) {
          for (const { startMs, endMs } of [...run.turns, ...run.calls]) {
            expect(startMs >= 0 && endMs >= startMs && endMs <= run.durationMs).toBe(true)
          }
          for (const call of run.calls) expect(call.turn).toBeLessThan(run.turns.length)
        }
        expect(runs).toEqual(buildRuns([...spans].reverse()))
      }),
      { numRuns: 100 },
    )
  })

  test('with every parent lost or wrong: the calls are still there, once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.nat(all.length - 1)), { minLength: all.length, maxLength: all.length }),
        (parents) => {
          const spans = all.map((span, i): Span => {
            const parent = parents[i]
            return { ...span, traceId: all[0]!.traceId, parentSpanId: parent == null ? null : all[parent]!.spanId }
          })
          const ids = buildRuns(spans).flatMap((run) => run.calls.map((call) => call.id))
          expect(new Set(ids).size).toBe(ids.length)
          // A tool under a tool of the same name is taken for its wrapper, so not every span need be a call.
          for (const id of ids) expect(all.some((span) => span.spanId === id)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('with tools in another process whose clock is up to two seconds off: the same turns, where data says which', () => {
    const told = buildRuns(all).flatMap((run) => run.calls.filter(({ turnRule }) => turnRule !== 'before'))
    expect(told.length).toBeGreaterThan(25)
    const isTool = new Set(toolIds(all))
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), (ms) => {
        const by = BigInt(ms) * 1_000_000n
        const resource = new Map([['service.instance.id', 'tools']])
        const skewed = all.map((span): Span => {
          if (!isTool.has(span.spanId)) return span
          const [start, end] = [span.startTimeUnixNano + by, span.endTimeUnixNano + by]
          return { ...span, resource, startTimeUnixNano: start, endTimeUnixNano: end }
        })
        const calls = new Map(buildRuns(skewed).flatMap((run) => run.calls.map((call) => [call.id, call] as const)))
        expect([...calls.keys()].sort()).toEqual(toolIds(all))
        for (const { id, turn, turnRule, arguments: args } of told) {
          expect(calls.get(id)).toMatchObject({ turn, turnRule, arguments: args })
        }
      }),
      { numRuns: 40 },
    )
  })

  test('with any parents missing: the calls are all there, and those with an id keep their turn', () => {
    const told = buildRuns(all).flatMap((run) =>
      run.calls
        .filter(({ turnRule }) => turnRule === 'call-id')
        .map(({ id, turn }) => [id, run.turns[turn]!.id] as const),
    )
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (coins) => {
        const spans = all.filter((span) => recordOf(span).kind !== 'group' || coins.next().value === true)
        const runs = buildRuns(spans)
        expect(runs.flatMap((run) => run.calls.map(({ id }) => id)).sort()).toEqual(toolIds(all))
        const turnOf = new Map(
          runs.flatMap((run) => run.calls.map((call) => [call.id, run.turns[call.turn]?.id] as const)),
        )
        for (const [id, turn] of told) expect(turnOf.get(id)).toBe(turn)
      }),
      { numRuns: 40 },
    )
  })
})
