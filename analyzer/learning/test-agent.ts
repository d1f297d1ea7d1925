// Runs of one agent for the tests of this folder, one minute after the other.

import { evidenceOf } from '../dependencies/evidence.ts'
import { options, type TestTurn, testRun } from '../dependencies/test-run.ts'
import type { RunLessons } from '../model/learnt.ts'
import type { Run } from '../model/run.ts'
import type { SpanId, TraceId } from '../model/span.ts'
import { lessonsOf } from './lessons-of.ts'

const MINUTE_NS = 60_000_000_000n

/** The n-th run of the agent. */
export function nthRun(n: number, prompt: string, script: readonly TestTurn[]): Run {
  const run = testRun(prompt, script)
  return {
    ...run,
    traceId: `trace ${n}` as TraceId,
    runId: `run ${n}` as SpanId,
    startTimeUnixNano: BigInt(n) * MINUTE_NS,
  }
}

export const lessonOf = (run: Run): RunLessons => lessonsOf(run, evidenceOf(run, options()))
