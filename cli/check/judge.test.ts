import { expect, test } from 'vitest'
import { CLOCKS_DISAGREE, CUT_OFF, LOST_CALLS } from '../../analyzer/model/notes.ts'
import type { ReportRun } from '../../analyzer/model/report.ts'
import { serialized, spanId, testCall, testFinding, testRun } from '../test-run.ts'
import { judge } from './judge.ts'

const within = (ms: number) => ({ kind: 'ms', ms }) as const

/** Outcomes by run, as `runId outcome`. */
const outcomes = (runs: readonly ReportRun[], budgetMs: number) =>
  judge(runs, within(budgetMs)).map(({ run, outcome }) => `${run.runId} ${outcome}`)

test('a run is over when it lost more than the budget, not when it lost as much', () => {
  expect(outcomes([testRun()], 999)).toEqual(['r1 over'])
  expect(outcomes([testRun()], 1_000)).toEqual(['r1 within'])
})

test('a share is of the run: 1 s of 4 s is over 24 % and within 25 %', () => {
  expect(judge([testRun()], { kind: 'share', share: 0.24 })[0]).toMatchObject({ outcome: 'over', budgetMs: 960 })
  expect(judge([testRun()], { kind: 'share', share: 0.25 })[0]).toMatchObject({ outcome: 'within', budgetMs: 1_000 })
})

test('only the trusted figure counts: what unknown verdicts might add does not fail a run', () => {
  expect(outcomes([testRun({ serialized: serialized(100, 3_000) })], 500)).toEqual(['r1 within'])
})

const replay = { measuredMs: 4_000, simulatedMs: 5_000, error: 0.25, ok: false, reason: 'a call is missing' }
const calls = [testCall('a', 0, 500), testCall('b', 1, 2_500)] as const

test.each<[string, Partial<ReportRun>, string]>([
  ['a replay that does not fit', { replay }, 'a call is missing'],
  ['no tool calls', { calls: [] }, 'no tool calls'],
  ['arguments missing', { calls: [calls[0], withoutContent('arguments')] }, '1 of 2 calls have no arguments'],
  ['a result missing', { calls: [calls[0], withoutContent('result')] }, '1 of 2 calls have no result'],
  ['content that a finding misses', { findings: [testFinding({ rule: 'content-missing' })] }, 'content is missing'],
  ['no model call at all', { turns: [], promptKnown: false }, 'none of its model calls was recorded'],
  [
    'calls without a span',
    { notes: [`${LOST_CALLS}: book.`] },
    'the model was given results of calls that have no span',
  ],
  ['clocks that disagree', { notes: ['A root is late.', `${CLOCKS_DISAGREE}book and of`] }, 'the clocks of book'],
  ['a run cut off after its first call', { calls: [calls[0]], notes: [`${CUT_OFF}asked.`] }, 'asked'],
  ['an unknown prompt', { promptKnown: false }, 'its prompt was not recorded'],
])('%s: not judged, with the reason', (_, fields, reason) => {
  const [judgement] = judge([testRun({ serialized: serialized(0), ...fields })], within(500))
  expect(judgement).toMatchObject({ outcome: 'not-judged', reason: expect.stringContaining(reason) })
})

test('what is known to be lost fails a run, whatever content is missing', () => {
  expect(outcomes([testRun({ calls: [calls[0], withoutContent('result')] })], 500)).toEqual(['r1 over'])
  expect(outcomes([testRun({ notes: [`${LOST_CALLS}: book.`] })], 500)).toEqual(['r1 over'])
})

test('a replay that does not fit claims nothing, so it cannot fail a run either', () => {
  expect(outcomes([testRun({ replay })], 500)).toEqual(['r1 not-judged'])
})

test('a failed call needs no result', () => {
  const failed = { ...withoutContent('result'), status: 'error', error: 'timeout' } as const
  expect(outcomes([testRun({ serialized: serialized(0), calls: [calls[0], failed] })], 500)).toEqual(['r1 within'])
})

test('one call cannot have waited for another, with or without content', () => {
  expect(outcomes([testRun({ serialized: serialized(0), calls: [withoutContent('result')] })], 500)).toEqual([
    'r1 within',
  ])
  expect(outcomes([testRun({ serialized: serialized(0), turns: [], calls: [calls[0]] })], 500)).toEqual(['r1 within'])
})

const nestedIn = (parent: string, runId: string, fields: Partial<ReportRun> = {}) =>
  testRun({ runId: spanId(runId), parentRunId: spanId(parent), ...fields })

test('nested runs are judged with the outermost one, which lists them', () => {
  const runs = [testRun(), nestedIn('r1', 'r2'), nestedIn('r2', 'r3')]
  const judgements = judge(runs, within(500))
  expect(judgements.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['over', ''],
    ['with-outer', 'r1'],
    ['with-outer', 'r1'],
  ])
  expect(judgements[0]?.nested.map((run) => run.runId)).toEqual(['r2', 'r3'])
})

test('a nested run stands for itself when its outer run is not there', () => {
  expect(outcomes([nestedIn('elsewhere', 'r2')], 500)).toEqual(['r2 over'])
  expect(outcomes([nestedIn('elsewhere', 'r2')], 1_000)).toEqual(['r2 within'])
})

test('a nested run can fail when its outer run is not judged, but cannot pass, nor can what is inside it', () => {
  const runs = [testRun({ replay }), nestedIn('r1', 'r2'), nestedIn('r2', 'r3')]
  expect(outcomes(runs, 500)).toEqual(['r1 not-judged', 'r2 over', 'r3 with-outer'])
  expect(judge(runs, within(1_000)).map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual([
    'not-judged: its replay does not fit what was measured: a call is missing',
    'not-judged: its outer run r1 could not be judged',
    'not-judged: its outer run r1 could not be judged',
  ])
})

test('runs of two traces with the same span ids are not taken for each other', () => {
  const other = nestedIn('r1', 'r2', { traceId: 'b'.repeat(32) as ReportRun['traceId'] })
  expect(outcomes([testRun(), other], 500)).toEqual(['r1 over', 'r2 over'])
})

test('runs that are each other’s parent are both judged', () => {
  expect(outcomes([nestedIn('r2', 'r1'), nestedIn('r1', 'r2')], 500)).toEqual(['r1 over', 'r2 over'])
})

function withoutContent(field: 'arguments' | 'result') {
  const { [field]: _, ...call } = calls[1]
  return call
}
