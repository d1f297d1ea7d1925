// Runs written as numbers, for tests: every time is in the test and can be summed by head.

import { stretch } from '../base/bits.ts'
import type { Inference, Verdict } from '../model/dependency.ts'
import type { Call, Run, Turn, VisibleText, Wait } from '../model/run.ts'
import type { SpanId, TraceId } from '../model/span.ts'

export interface TurnSpec {
  readonly at: readonly [number, number]
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly text?: string
}

export interface CallSpec {
  readonly tool: string
  readonly turn: number
  readonly at: readonly [number, number]
  readonly arguments?: string
  readonly childRunId?: string
}

export interface RunSpec {
  readonly durationMs: number
  readonly turns: readonly TurnSpec[]
  readonly calls: readonly CallSpec[]
  readonly waits?: readonly Wait[]
  readonly messages?: readonly VisibleText[]
  readonly turnsAfterUser?: readonly number[]
}

export function testRun(spec: RunSpec): Run {
  const calls = spec.calls.map(
    (call): Call => ({
      id: call.tool as SpanId,
      callId: null,
      tool: call.tool,
      turn: call.turn,
      turnFrom: 'call-id',
      turnRule: 'call-id',
      startMs: call.at[0],
      endMs: call.at[1],
      status: 'ok',
      error: null,
      arguments: call.arguments ?? '',
      result: '',
      truncated: false,
      childRunId: (call.childRunId ?? null) as SpanId | null,
    }),
  )
  return {
    traceId: 'trace' as TraceId,
    runId: 'run' as SpanId,
    parentRunId: null,
    name: 'run',
    framework: 'test',
    language: null,
    conventions: [],
    startTimeUnixNano: 0n,
    durationMs: spec.durationMs,
    waits: spec.waits ?? [],
    turns: spec.turns.map(
      (turn, index): Turn => ({
        id: `turn ${index}` as SpanId,
        index,
        startMs: turn.at[0],
        endMs: turn.at[1],
        model: null,
        inputTokens: turn.inputTokens ?? 0,
        outputTokens: turn.outputTokens ?? 0,
        text: turn.text ?? '',
        calls: calls.filter((call) => call.turn === index).map((call) => call.id),
      }),
    ),
    calls,
    messages: spec.messages ?? [],
    turnsAfterUser: spec.turnsAfterUser ?? [],
    promptKnown: true,
    notes: [],
  }
}

/** Everything is independent, but for these pairs of tools. */
export function inferenceOf(
  run: Run,
  pairs: readonly (readonly [string, string, Verdict['verdict'], number?])[] = [],
): Inference {
  const known = new Map(
    pairs.map(([a, b, verdict, confidence]) => [`${a}>${b}`, { verdict, confidence: confidence ?? 1 }]),
  )
  const verdict: Inference['verdict'] = (i, j) =>
    known.get(`${run.calls[i]!.tool}>${run.calls[j]!.tool}`) ?? { verdict: 'independent', confidence: 1 }
  return {
    effects: run.calls.map(() => ({ effect: { kind: 'read', from: 'name' }, resources: [] })),
    dependencies: [],
    leaves: run.calls.map(() => []),
    derivations: run.calls.map(() => ({ kind: 'mechanical', reason: 'mechanical' })),
    learnt: undefined,
    reason: () => 'unsure',
    ...saying(verdict),
  }
}

/** Verdicts as an inference gives them, all to be asked about one by one. */
export function saying(verdict: Inference['verdict']): Pick<Inference, 'verdict' | 'pairBits'> {
  return {
    verdict,
    pairBits: (j, word, _least, into) => {
      Object.assign(into, { notFree: 0, needed: 0, open: stretch(word, 0, j) })
      return word - 1
    },
  }
}
