// Real exporters' output, one scenario: two calls in turn 0, one that fails in turn 1, words in turn 2.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import { recordOf } from '../conventions/index.ts'
import type { Span } from '../model/span.ts'
import { buildRuns } from './index.ts'

function capture(name: string): readonly Span[] {
  const read = readOtlpFile(readFileSync(new URL(`../../fixtures/captures/${name}.json`, import.meta.url)))
  if (!read.ok) throw new Error(read.error)
  return read.value.spans
}

const weather = (city: string) => ({ city, tempC: 21, sky: 'sunny' })
const redacted =
  'Error running tool (non-fatal): {"tool_name":"book_flight","error":"Tool execution failed. Error details are redacted."}'

const captures = [
  {
    file: 'ai-sdk-5',
    name: 'travel',
    framework: 'Vercel AI SDK',
    convention: 'vercel-ai',
    from: 'call-id',
    error: 'no seats left',
  },
  {
    file: 'ai-sdk-7',
    name: 'travel',
    framework: 'Vercel AI SDK',
    convention: 'otel-genai',
    from: 'call-id',
    error: 'no seats left',
  },
  {
    file: 'langchain-openinference',
    name: 'LangGraph',
    framework: 'LangGraph',
    convention: 'openinference',
    from: 'call-id',
    error: 'no seats left',
  },
  {
    file: 'openai-agents-js-responses',
    name: 'Travel',
    framework: 'OpenAI Agents SDK',
    convention: 'openinference',
    from: 'tree',
    error: redacted,
  },
] as const

describe.each(captures)('$file', ({ file, name, framework, convention, from, error }) => {
  const spans = capture(file)
  const runs = buildRuns(spans)
  const run = runs[0]!

  test('one run, named and dated by its root', () => {
    expect(runs).toHaveLength(1)
    const root = spans.find((span) => span.parentSpanId === null)!
    expect(run).toMatchObject({ name, framework, conventions: [convention], runId: root.spanId, parentRunId: null })
    expect(run.startTimeUnixNano).toBe(root.startTimeUnixNano)
    expect(run.durationMs).toBe(Number(root.endTimeUnixNano - root.startTimeUnixNano) / 1e6)
    expect(run).toMatchObject({ waits: [], notes: [], promptKnown: true })
  })

  test('three turns', () => {
    expect(run.turns.map(({ model, inputTokens, outputTokens }) => [model, inputTokens, outputTokens])).toEqual([
      ['gpt-4o-mini', 101, 21],
      ['gpt-4o-mini', 102, 22],
      ['gpt-4o-mini', 103, 23],
    ])
    expect(run.turns.map(({ text }) => text)).toEqual(['', '', 'It is sunny in Paris (21C); booking failed.'])
    expect(run.turns.map(({ calls }) => calls.length)).toEqual([2, 1, 0])
  })

  test('three calls, each on its turn, the last one failed', () => {
    const calls = [...run.calls].sort((a, b) => (a.callId! < b.callId! ? -1 : 1))
    expect(calls.map(({ callId, tool, turn }) => [callId, tool, turn])).toEqual([
      ['call_A1', 'get_weather', 0],
      ['call_A2', 'get_weather', 0],
      ['call_B1', 'book_flight', 1],
    ])
    expect(calls.map((call) => call.arguments)).toEqual([
      { city: 'Paris' },
      { city: 'London' },
      { from: 'London', to: 'Paris' },
    ])
    expect(calls.slice(0, 2).map((call) => call.result)).toEqual([weather('Paris'), weather('London')])
    expect(calls.map((call) => call.status)).toEqual(['ok', 'ok', 'error'])
    expect(calls.map((call) => call.error)).toEqual([null, null, error])
    expect(calls[0]).toMatchObject({ turnFrom: from, childRunId: null })
  })

  test('the prompt was visible before turn 0, and nothing else', () => {
    expect(run.messages).toEqual([
      { beforeTurn: 0, role: 'system', text: 'You are a travel agent.' },
      { beforeTurn: 0, role: 'user', text: 'Weather in Paris and London? Then book a flight.' },
    ])
  })

  test('turns end before their calls start, and all of it is inside the run', () => {
    for (const call of run.calls) expect(run.turns[call.turn]!.endMs).toBeLessThanOrEqual(call.startMs)
    for (const { startMs, endMs } of [...run.turns, ...run.calls]) {
      expect(startMs).toBeGreaterThanOrEqual(0)
      expect(endMs).toBeGreaterThanOrEqual(startMs)
      expect(endMs).toBeLessThanOrEqual(run.durationMs)
    }
  })

  test('the spans are left as they were', () => {
    expect(spans).toEqual(capture(file))
  })
})

describe('all captures at once, as exporters may deliver them', () => {
  const all = captures.flatMap(({ file }) => capture(file))
  const toolIds = (spans: readonly Span[]) =>
    [...new Set(spans.filter((span) => recordOf(span).kind === 'tool').map((span) => span.spanId))].sort()

  test('in any order, with repeats: the same runs', () => {
    const runs = buildRuns(all)
    expect(runs).toHaveLength(4)
    expect(runs.map((run) => run.startTimeUnixNano)).toEqual([...runs.map((run) => run.startTimeUnixNano)].sort())
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
        (spans) => {
          expect(buildRuns(spans)).toEqual(runs)
        },
      ),
      { numRuns: 50 },
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
      { numRuns: 500 },
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
      { numRuns: 300 },
    )
  })
})
