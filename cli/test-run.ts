// Small report runs for tests: two calls one after the other, 1 s each, in a run of 4 s, of which 1 s was lost.
//
//     turn 0 |==|  flights |==========|
//     turn 1                          |==|  hotels |==========|
//     0                              1.5 s                   4 s

import type { Finding, ReportCall, ReportRun, ReportSchedule } from '../analyzer/model/report.ts'
import type { SpanId, TraceId } from '../analyzer/model/span.ts'

/** The run above, with whatever fields a test cares for. */
export function testRun(fields: Partial<ReportRun> = {}): ReportRun {
  return {
    traceId: 'a'.repeat(32) as TraceId,
    runId: spanId('r1'),
    parentRunId: null,
    name: 'planner',
    framework: 'LangGraph',
    language: null,
    conventions: ['openinference'],
    startTime: '2027-03-12T10:00:00.000000000Z',
    durationMs: 4_000,
    waitingForUserMs: 0,
    waits: [],
    coverage: { turns: 2, calls: 2, withArguments: 2, withResults: 2 },
    notes: [],
    turnsAfterUser: [],
    promptKnown: true,
    turns: [0, 1].map((index) => ({
      id: spanId(`t${index}`),
      index,
      startMs: index * 2_000,
      endMs: index * 2_000 + 500,
      model: null,
      inputTokens: null,
      outputTokens: null,
      calls: [],
    })),
    calls: [testCall('search_flights', 0, 500), testCall('search_hotels', 1, 2_500)],
    dependencies: [],
    verdicts: [],
    verdictsOmitted: 0,
    replay: { measuredMs: 4_000, simulatedMs: 4_000, error: 0, ok: true, reason: '' },
    schedules: {
      actual: schedule(4_000, 0),
      overlap: schedule(4_000, 0),
      batch: schedule(3_000, 1),
      plan: schedule(3_000, 1),
      bound: schedule(1_000, 2),
    },
    serialized: serialized(1_000),
    stretches: [],
    modelLatency: [],
    speedups: [],
    findings: [testFinding()],
    silenced: 0,
    ...fields,
  }
}

/** Serialized latency of a run of 4 s. */
export function serialized(ms: number, upToMs = ms): ReportRun['serialized'] {
  return { rung: 'batch', ms, upToMs, share: ms / 4_000, tokens: 0, cost: null }
}

export function testCall(tool: string, turn: number, startMs: number, fields: Partial<ReportCall> = {}): ReportCall {
  return {
    id: spanId(tool),
    callId: null,
    tool,
    turn,
    turnFrom: 'call-id',
    turnRule: 'call-id',
    startMs,
    endMs: startMs + 1_000,
    status: 'ok',
    error: null,
    arguments: {},
    result: {},
    truncated: false,
    childRunId: null,
    origins: [],
    effect: { kind: 'read', from: 'name' },
    resources: [],
    slackMs: 0,
    dragMs: 0,
    mode: 'parallel',
    modeReason: 'independent',
    ...fields,
  }
}

export function testFinding(fields: Partial<Finding> = {}): Finding {
  return {
    rule: 'serialized-turns',
    severity: 'warning',
    calls: [spanId('search_flights'), spanId('search_hotels')],
    savedMs: { low: 1_000, high: 1_000 },
    savedTokens: 0,
    confidence: 0.93,
    title: 'search_hotels waited for search_flights and used nothing of it',
    evidence: ['`city` = Oslo was in the prompt'],
    fix: { summary: 'Ask for both in one turn.', code: '' },
    ...fields,
  }
}

/** Any short name as a span id. */
export const spanId = (name: string): SpanId => name as SpanId

function schedule(durationMs: number, turnsRemoved: number): ReportSchedule {
  return {
    durationMs,
    bestCaseMs: durationMs,
    turnsRemoved,
    tokensRemoved: 0,
    costRemoved: null,
    placements: [],
    criticalPath: [],
    slack: [],
  }
}
