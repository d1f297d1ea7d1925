// Builds small runs for the tests of this folder. One model turn takes 100 ms, one call 100 ms, strictly in sequence.

import type { Json } from '../model/json.ts'
import { type AnalyzeOptions, DEFAULT_OPTIONS } from '../model/options.ts'
import { type Call, NO_TURN, type Run, type Turn, type VisibleText } from '../model/run.ts'
import type { SpanId, TraceId } from '../model/span.ts'

export interface TestCall {
  readonly tool: string
  readonly args?: Json
  readonly result?: Json
  readonly error?: string
  readonly truncated?: boolean
  /** Milliseconds; the next free ones if left out. */
  readonly at?: readonly [start: number, end: number]
}

/** A user's message in place of calls is said before the turn that follows. */
export type TestTurn = readonly TestCall[] | string

export interface TestRunOptions {
  readonly promptKnown?: boolean
  /** Calls of no turn, before the first. */
  readonly before?: readonly TestCall[]
}

/** `testRun('prompt', [[{ tool, args, result }], 'user says', [...]])`: one inner list is one turn. Ids are c0, c1, … */
export function testRun(prompt: string, script: readonly TestTurn[], options: TestRunOptions = {}): Run {
  const calls: Call[] = []
  const turns: Turn[] = []
  const messages: VisibleText[] = [{ beforeTurn: 0, role: 'user', text: prompt }]
  let now = 0
  const addCall = (call: TestCall, turn: number): SpanId => {
    const [startMs, endMs] = call.at ?? [now, now + 100]
    now = Math.max(now, endMs)
    const id = `c${calls.length}` as SpanId
    calls.push({
      id,
      callId: null,
      tool: call.tool,
      turn,
      turnFrom: 'call-id',
      turnRule: 'call-id',
      startMs,
      endMs,
      status: call.error === undefined ? 'ok' : 'error',
      error: call.error ?? null,
      arguments: call.args,
      result: call.result,
      truncated: call.truncated ?? false,
      childRunId: null,
    })
    return id
  }
  for (const call of options.before ?? []) addCall(call, NO_TURN)
  for (const step of script) {
    if (typeof step === 'string') {
      messages.push({ beforeTurn: turns.length, role: 'user', text: step })
      continue
    }
    const startMs = now
    now += 100
    const index = turns.length
    const ids = step.map((call) => addCall(call, index))
    const tokens = { inputTokens: null, outputTokens: null }
    turns.push({
      id: `t${index}` as SpanId,
      index,
      startMs,
      endMs: startMs + 100,
      model: null,
      ...tokens,
      text: '',
      calls: ids,
    })
  }
  return {
    traceId: 'trace' as TraceId,
    runId: 'run' as SpanId,
    parentRunId: null,
    name: 'test',
    framework: 'test',
    language: null,
    conventions: [],
    startTimeUnixNano: 0n,
    durationMs: now,
    waits: [],
    turns,
    calls,
    messages,
    turnsAfterUser: [...new Set(messages.map((message) => message.beforeTurn))].filter((turn) => turn > 0),
    promptKnown: options.promptKnown ?? true,
    notes: [],
  }
}

export const options = (changes: Partial<AnalyzeOptions> = {}): AnalyzeOptions => ({ ...DEFAULT_OPTIONS, ...changes })
