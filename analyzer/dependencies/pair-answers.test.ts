import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Inference, Verdict } from '../model/dependency.ts'
import type { Learnt, LearntPair } from '../model/learnt.ts'
import type { AnalyzeOptions } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import { evidenceOf } from './evidence.ts'
import { verdictsWithHistory, withHistory } from './from-history.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { situationsOf } from './situations.ts'
import { options, type TestCall, type TestTurn, testRun } from './test-run.ts'
import { type Verdicts, verdictsOf } from './verdicts.ts'

const ID = 'rec-4k19zq'
const calls: TestCall[] = [
  { tool: 'get_weather', args: { city: 'Oslo' }, result: 'rain' },
  { tool: 'get_weather', args: { city: 'Bergen' }, result: 'sun' },
  { tool: 'get_weather', args: { city: 'Hamar' }, result: { next: ID } },
  { tool: 'get_record', args: { id: ID }, result: { error: 'not found' } },
  { tool: 'get_record', args: { id: ID }, result: true },
  { tool: 'get_record', args: {}, result: [ID] },
  { tool: 'get_record', args: { id: ID } },
  { tool: 'get_record', result: 3 },
  { tool: 'get_record', args: { id: 'Oslo' }, result: 'cut', truncated: true },
  { tool: 'search_flights', args: { airport: 'GVA' }, result: 'none' },
  { tool: 'search_lounges', args: { airport: 'GVA' }, result: ['blue'] },
  { tool: 'multiply', args: { a: 12, b: 10 }, result: 120 },
  { tool: 'multiply', args: { a: 120, b: 8 }, result: 960 },
  { tool: 'write_file', args: { path: 'a.md', text: 'Oslo' }, result: 'ok' },
  { tool: 'read_file', args: { path: 'a.md' }, result: 'rain' },
  { tool: 'browser_click', args: { selector: '#a' }, result: 'ok' },
  { tool: 'process', args: {}, result: 'ok' },
  { tool: 'mcp__repo__push', args: { branch: 'fix-1' }, result: 'ok' },
  { tool: 'mcp__forge__create_review', args: { head: 'fix-1', title: 'Oslo' }, result: { ok: true } },
  { tool: 'mcp__forge__list_commits', args: { sha: 'fix-2' }, result: [] },
]

/** Some calls begin early, beside earlier ones, or run on beside later ones. */
const timed = fc
  .tuple(fc.constantFrom(...calls), fc.option(fc.integer({ min: 0, max: 2500 }), { freq: 4 }))
  .map(([call, startMs]): TestCall => (startMs === null ? call : { ...call, at: [startMs, startMs + 300] }))
const turns: fc.Arbitrary<TestTurn[]> = fc.array(fc.array(timed, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 14,
})
const prompts = fc.constantFrom(
  'Weather in Oslo and Bergen, 12 by 10 by 8; mind a.md.',
  'If it rains in Oslo, look at Bergen or Hamar.',
)
const settings = fc.constantFrom(
  options(),
  options({ tools: { get_weather: { pure: true }, read_file: { session: 'disk' } } }),
  options({ tools: { multiply: { dependsOn: ['get_weather'] } } }),
)

const pair = (earlier: string, later: string, counts: Partial<LearntPair>): LearntPair => {
  return { earlier, later, needed: 0, free: 0, freeMadeUp: 0, after: 0, without: 0, ...counts }
}
const learnt = fc.constantFrom(undefined, {
  runs: 30,
  pairs: [
    pair('get_weather', 'get_record', { free: 9 }),
    pair('write_file', 'read_file', { free: 7, needed: 1 }),
    pair('multiply', 'multiply', { freeMadeUp: 8 }),
  ],
  paths: [],
  values: [{ tool: 'get_weather', path: '$.city', value: 'Hamar', seen: 9, of: 9 }],
})

/** What the words say of j and each call before it: the verdict's own word where they leave it open. */
function bitsOn(inference: Inference, j: number, least: number) {
  const notFree = new Array<boolean>(j).fill(false)
  const needed = new Array<boolean>(j).fill(false)
  const into = { notFree: 0, needed: 0, open: 0 }
  let [open, words] = [0, 0]
  for (let word = j >>> 5; word >= 0; words++) {
    const next = inference.pairBits(j, word, least, into)
    for (let i = 32 * word; i < Math.min(j, 32 * word + 32); i++) {
      const bit = 1 << (i & 31)
      notFree[i] = (into.notFree & bit) !== 0
      needed[i] = (into.needed & bit) !== 0
      if ((into.open & bit) === 0) continue
      open++
      const { verdict, confidence } = inference.verdict(i, j)
      notFree[i] = verdict !== 'independent' || confidence < least
      needed[i] = verdict === 'dependent' && confidence >= least
    }
    word = next
  }
  return { notFree, needed, open, words }
}

/** Whether what words say of j and the calls before it is what the verdicts say. */
function expectVerdicts(inference: Inference, j: number, least: number): void {
  const said = bitsOn(inference, j, least)
  const asked = Array.from({ length: j }, (_, i) => inference.verdict(i, j))
  const isSure = ({ confidence }: Verdict): boolean => confidence >= least
  expect([j, said.notFree]).toEqual([j, asked.map((one) => one.verdict !== 'independent' || !isSure(one))])
  expect([j, said.needed]).toEqual([j, asked.map((one) => one.verdict === 'dependent' && isSure(one))])
}

/** Verdicts found for each pair by itself. */
function verdictsOneByOne(run: Run, set: AnalyzeOptions, learnt: Learnt | undefined): Verdicts {
  const alone = evidenceOf(run, set)
  const situations = situationsOf(run, alone)
  if (learnt === undefined) return verdictsOf(run, situations, alone.spoken)
  return verdictsWithHistory(run, withHistory(run, alone, learnt), learnt, { evidence: alone, situations }).verdicts
}

test('verdicts by what is said of kinds of calls are those on each pair by itself', () => {
  fc.assert(
    fc.property(prompts, turns, settings, learnt, (prompt, script, set, other) => {
      const run = testRun(prompt, script)
      const inference = inferDependencies(run, set, other)
      const { of } = verdictsOneByOne(run, set, other)
      const wordsOn = (j: number, verdict: Inference['verdict']) => Array.from({ length: j }, (_, i) => verdict(i, j))
      for (let j = 0; j < run.calls.length; j++) expect([j, wordsOn(j, inference.verdict)]).toEqual([j, wordsOn(j, of)])
    }),
    { numRuns: 100 },
  )
})

test('words of pairs say what the verdicts on these pairs say', () => {
  fc.assert(
    fc.property(
      prompts,
      turns,
      settings,
      learnt,
      fc.constantFrom(0.6, 0.8, 0.97),
      (prompt, script, set, other, least) => {
        const run = testRun(prompt, script)
        const inference = inferDependencies(run, set, other)
        for (let j = 0; j < run.calls.length; j++) expectVerdicts(inference, j, least)
      },
    ),
    { numRuns: 200 },
  )
})

test('calls of more kinds than are told apart are asked about one by one', () => {
  const script = Array.from({ length: 200 }, (_, i): TestCall[] => [
    { tool: i % 3 === 0 ? `write_note_${i}` : `get_note_${i}`, args: { id: `n-${i}` }, result: 'ok' },
  ])
  const inference = inferDependencies(testRun('All notes.', script), options())
  expect(bitsOn(inference, 100, 0.8).open).toBe(0)
  expect(bitsOn(inference, 199, 0.8).open).toBe(199)
  for (const j of [100, 130, 199]) expectVerdicts(inference, j, 0.8)
})

test('no bit is set for a call that does not come before', () => {
  const run = testRun('Go.', [calls, calls, calls])
  const inference = inferDependencies(run, options())
  const into = { notFree: 0, needed: 0, open: 0 }
  inference.pairBits(40, 1, 0.8, into)
  expect((into.notFree | into.needed | into.open) >>> 8).toBe(0)
  inference.pairBits(20, 1, 0.8, into)
  expect(into).toEqual({ notFree: 0, needed: 0, open: 0 })
})

test('of 5,000 reads none is asked about, and in turns of their own those hold each other back that ask the same', () => {
  const read = (i: number): TestCall => ({ tool: 'get_price', args: { item: `item${i % 40}` }, result: 7 })
  const prompt = `Prices of ${Array.from({ length: 40 }, (_, i) => `item${i}`).join(' ')}.`
  const reads = Array.from({ length: 5000 }, (_, i) => read(i))
  const together = bitsOn(inferDependencies(testRun(prompt, [reads]), options()), 4999, 0.8)
  expect([together.open, together.notFree.includes(true), together.words]).toEqual([0, false, 1])
  const turns = reads.map((one) => [one])
  const apart = bitsOn(inferDependencies(testRun(prompt, turns), options()), 4999, 0.8)
  // Item 39, and each fortieth call before.
  expect(apart.notFree.filter(Boolean)).toHaveLength(124)
  expect([apart.open, apart.needed.includes(true)]).toEqual([0, false])
})
