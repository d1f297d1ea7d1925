import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LearntPair } from '../model/learnt.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { options, type TestCall, type TestTurn, testRun } from './test-run.ts'

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

test('what is not listed need not be asked about', () => {
  fc.assert(
    fc.property(
      prompts,
      turns,
      settings,
      learnt,
      fc.nat(12),
      fc.constantFrom(0.6, 0.8, 0.97),
      (prompt, script, set, other, first, least) => {
        const run = testRun(prompt, script)
        const inference = inferDependencies(run, set, other)
        for (let j = first; j < run.calls.length; j++) {
          const free = unlisted(first, j, inference.maybeNotFree(j, first, least))
          for (const i of free) {
            const { verdict, confidence } = inference.verdict(i, j)
            expect([i, j, verdict, confidence >= least]).toEqual([i, j, 'independent', true])
          }
          for (const i of unlisted(first, j, inference.maybeNeeded(j, first, least))) {
            const { verdict, confidence } = inference.verdict(i, j)
            expect([i, j, verdict === 'dependent' && confidence >= least]).toEqual([i, j, false])
          }
        }
      },
    ),
  )
})

function unlisted(first: number, end: number, listed: readonly number[]): number[] {
  expect(listed.every((i, at) => i >= first && i < end && (at === 0 || i > listed[at - 1]!))).toBe(true)
  const known = new Set(listed)
  const rest: number[] = []
  for (let i = first; i < end; i++) if (!known.has(i)) rest.push(i)
  return rest
}

test('5,000 reads of one turn list nothing, and of a turn each those that ask the same', () => {
  const read = (i: number): TestCall => ({ tool: 'get_price', args: { item: `item${i % 40}` }, result: 7 })
  const prompt = `Prices of ${Array.from({ length: 40 }, (_, i) => `item${i}`).join(' ')}.`
  const reads = Array.from({ length: 5000 }, (_, i) => read(i))
  const together = inferDependencies(testRun(prompt, [reads]), options())
  expect(together.maybeNotFree(4999, 0, 0.8)).toEqual([])
  const apart = inferDependencies(
    testRun(
      prompt,
      reads.map((one) => [one]),
    ),
    options(),
  )
  // Item 39, and each fortieth call before.
  expect(apart.maybeNotFree(4999, 0, 0.8)).toHaveLength(124)
  expect(apart.maybeNeeded(4999, 0, 0.8)).toEqual([])
})
