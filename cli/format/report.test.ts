import { expect, test } from 'vitest'
import { DEFAULT_OPTIONS } from '../../analyzer/model/options.ts'
import type { Pattern, Report, ReportRun } from '../../analyzer/model/report.ts'
import { serialized, spanId, testCall, testFinding, testRun } from '../test-run.ts'
import { formatReport, formatRun } from './report.ts'

const format = (runs: readonly ReportRun[], patterns: readonly Pattern[] = []) => {
  const options: Report['options'] = {
    rung: 'batch',
    threshold: 0.8,
    concurrency: null,
    resourceCaps: {},
    callOverheadMs: 0,
    contention: 1,
    prices: null,
    overrides: [],
    rules: DEFAULT_OPTIONS.rules,
    silence: [],
    tools: {},
  }
  return formatReport({ schema: 'tailrace.report/1', options, runs, patterns })
}

test('a run with a finding', () => {
  expect(format([testRun()])).toMatchInlineSnapshot(`
    "run planner, LangGraph, r1
      4.00 s actual -> 3.00 s achievable (batch), 2 turns (1 could go), 2 calls
      1.00 s serialized, 25 % of the run
      1.00 s bound: the longest chain of dependencies alone
      ! serialized-turns: search_hotels waited for search_flights and used nothing of it
        saves 1.00 s; confidence 0.93
        call  search_flights  turn 0  at 500 ms for 1.00 s
        call  search_hotels   turn 1  at 2.50 s for 1.00 s
        why   \`city\` = Oslo was in the prompt
        fix   Ask for both in one turn."
  `)
})

test('a range, tokens, notes and a person who was waited for', () => {
  const run = testRun({
    serialized: { ...serialized(1_000, 2_000), tokens: 812 },
    waitingForUserMs: 65_000,
    notes: ['The root span is missing.'],
    findings: [testFinding({ savedMs: { low: 1_000, high: 2_000 }, savedTokens: 812 })],
  })
  expect(format([run])).toMatchInlineSnapshot(`
    "run planner, LangGraph, r1
      4.00 s actual -> 3.00 s achievable (batch), 2 turns (1 could go), 2 calls; 1 m 05 s waiting for a person left out
      1.00 s serialized, 25 % of the run, 812 tokens; up to 2.00 s if every unknown is independent
      1.00 s bound: the longest chain of dependencies alone
      note: The root span is missing.
      ! serialized-turns: search_hotels waited for search_flights and used nothing of it
        saves 1.00 s and 812 tokens, up to 2.00 s; confidence 0.93
        call  search_flights  turn 0  at 500 ms for 1.00 s
        call  search_hotels   turn 1  at 2.50 s for 1.00 s
        why   \`city\` = Oslo was in the prompt
        fix   Ask for both in one turn."
  `)
})

test('what is not proven has no confidence to tell', () => {
  const unproven = testFinding({ savedMs: { low: 0, high: 2_000 }, confidence: 0 })
  expect(format([testRun({ findings: [unproven] })])).toMatch(/^ +saves 0 ms, up to 2\.00 s$/m)
})

test('the run as a plan, and money where prices are known', () => {
  const stretch = { reason: 'error', calls: [] } as const
  const run = testRun({
    findings: [],
    serialized: { ...serialized(1_000), tokens: 812, cost: 0.004_06 },
    stretches: [
      { ...stretch, mode: 'parallel', firstTurn: 0, lastTurn: 3, text: 'none of them needs what another returned' },
      { ...stretch, mode: 'parallel', firstTurn: 10, lastTurn: 10, withTurns: [2, 12], text: 'none' },
      { ...stretch, mode: 'code', firstTurn: 4, lastTurn: 4, text: 'values only pass through the model' },
      { ...stretch, mode: 'sequential', firstTurn: 5, lastTurn: 9, text: 'each step reacts to an error' },
    ],
  })
  expect(formatRun(run, 'USD').slice(2)).toEqual([
    '  1.00 s serialized, 25 % of the run, 812 tokens, 0.0041 USD',
    '  1.00 s bound: the longest chain of dependencies alone',
    '  turns 0 to 3: parallel; 10: parallel with 2, 12; 4: code; 5 to 9: sequential, each step reacts to an error',
  ])
})

test('a replay that does not fit gives its reason in place of a figure', () => {
  const replay = { measuredMs: 4_000, simulatedMs: 5_000, error: 0.25, ok: false, reason: 'A call ends after the run.' }
  expect(format([testRun({ replay, findings: [] })])).toMatchInlineSnapshot(`
    "run planner, LangGraph, r1
      4.00 s actual, 2 turns, 2 calls
      no achievable figure: A call ends after the run."
  `)
})

test('an information saves nothing; a failed call and one without a turn say so', () => {
  const finding = testFinding({
    rule: 'sequential-is-right',
    severity: 'info',
    savedMs: { low: 0, high: 0 },
    title: 'each search used the last one',
    fix: { summary: '', code: '' },
  })
  const calls = [
    testCall('search_flights', -1, 500, { status: 'error', error: 'timeout' }),
    testCall('search_hotels', 1, 2_500),
  ]
  expect(format([testRun({ calls, findings: [finding], serialized: serialized(0) })])).toMatchInlineSnapshot(`
    "run planner, LangGraph, r1
      4.00 s actual -> 3.00 s achievable (batch), 2 turns (1 could go), 2 calls
      0 ms serialized, 0 % of the run
      1.00 s bound: the longest chain of dependencies alone
      i sequential-is-right: each search used the last one
        call  search_flights  no turn  at 500 ms for 1.00 s, failed
        call  search_hotels   turn 1  at 2.50 s for 1.00 s
        why   \`city\` = Oslo was in the prompt"
  `)
})

test('a long fan-out is cut after a screenful, with the number left out', () => {
  const calls = Array.from({ length: 200 }, (_, i) => testCall(`t${i}`, 0, i * 10))
  const text = format([testRun({ calls, findings: [testFinding({ calls: calls.map(({ id }) => id) })] })])
  expect(text.match(/^ {4}call /gm)).toHaveLength(13)
  expect(text).toContain('call  ... and 188 more')
})

test('no foreign text starts a line or moves the cursor', () => {
  const evil = 'x\n::error::y\u001b[2J'
  const run = testRun({
    name: evil,
    framework: evil,
    notes: [evil],
    findings: [testFinding({ title: evil, evidence: [evil], fix: { summary: evil, code: evil } })],
    calls: [testCall(evil, 0, 0, { id: spanId('search_flights') })],
  })
  const text = format([run])
  expect(text).not.toMatch(/^\s*::/m)
  expect(text).not.toContain('\u001b')
  expect(text.match(/x ::error::y \[2J/g)).toHaveLength(7)
})

test('a fix is followed by its code, which is cut where it is long', () => {
  const fix = { summary: 'Turn on the capture. In the shell:', code: 'export A=true\n  export B=1' }
  const text = format([testRun({ findings: [testFinding({ fix })] })])
  expect(text.split('\n').slice(-3)).toEqual([
    '    fix   Turn on the capture. In the shell:',
    '    code  export A=true',
    '    code    export B=1',
  ])
  const long = { summary: 'As a program:', code: Array.from({ length: 42 }, (_, line) => `call(${line})`).join('\n') }
  const cut = format([testRun({ findings: [testFinding({ fix: long })] })])
  expect(cut.split('\n').slice(-2)).toEqual(['    code  call(39)', '    code  ... and 2 lines more, in the page'])
})

test('patterns are told when they were seen in more than one run', () => {
  const pattern: Pattern = {
    rule: 'serialized-turns',
    tools: ['search_flights', 'search_hotels'],
    runs: 2,
    share: 1,
    p50Ms: 1_000,
    p95Ms: 1_200,
    totalMs: 2_200,
    exampleRunIds: [spanId('r1')],
  }
  const text = format([testRun(), testRun({ runId: spanId('r2') })], [pattern, { ...pattern, runs: 1 }])
  expect(text.split('\n\n').at(-1)).toMatchInlineSnapshot(`
    "patterns over the runs above
      serialized-turns: search_flights, search_hotels in 2 runs (100 %); p50 1.00 s, p95 1.20 s, total 2.20 s"
  `)
})
