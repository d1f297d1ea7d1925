import { describe, expect, it } from 'vitest'
import { DEFAULT_OPTIONS } from '../model/options.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { type TestCall, testRun } from './test-run.ts'

const verdictsOf = (prompt: string, calls: readonly TestCall[]) => {
  const { verdict } = inferDependencies(
    testRun(
      prompt,
      calls.map((call) => [call]),
    ),
    DEFAULT_OPTIONS,
  )
  return (i: number, j: number) => verdict(i, j).verdict
}

const CHART: TestCall = { tool: 'get_chart', args: { name: 'errors' }, result: 'The errors rise from ten to eight on.' }
const COMMIT: TestCall = { tool: 'get_commit', args: { sha: 'aa9f01c4' }, result: { message: 'Keep connections' } }

describe('what came before a call that led to another', () => {
  it('may have led to the other where it may have led to the one', () => {
    const verdict = verdictsOf('Show the chart errors. Which commit was released before they rose?', [
      CHART,
      { tool: 'list_releases', args: { around: '07:52' }, result: [{ id: 'rel-5512', sha: 'aa9f01c4' }] },
      COMMIT,
    ])
    expect(verdict(0, 1)).toBe('unknown')
    expect(verdict(1, 2)).toBe('dependent')
    expect(verdict(0, 2)).toBe('unknown')
  })

  it('did not where the one was asked for in so many words', () => {
    const verdict = verdictsOf('Show the chart errors. Which commit is in release rel-5512?', [
      CHART,
      { tool: 'get_release', args: { id: 'rel-5512' }, result: { sha: 'aa9f01c4' } },
      COMMIT,
    ])
    expect(verdict(0, 1)).toBe('independent')
    expect(verdict(0, 2)).toBe('independent')
  })

  it('may have decided on a deed, and so on what reads its outcome', () => {
    const verdict = verdictsOf('Show the chart errors. Then clear the page cache, and read the page cache.', [
      CHART,
      { tool: 'clear_page', args: { page: 'cache' }, result: 'cleared' },
      { tool: 'read_page', args: { page: 'cache' }, result: 'empty of all' },
    ])
    expect(verdict(1, 2)).toBe('dependent')
    expect(verdict(0, 2)).not.toBe('independent')
  })

  it('passes nothing on from sum to sum: a constant that was made up says nothing of other sums', () => {
    const verdict = verdictsOf('What is 17 times 23, and 41 dozens less 5?', [
      { tool: 'multiply', args: { a: 17, b: 23 }, result: 391 },
      { tool: 'multiply', args: { a: 41, b: 144 }, result: 5904 },
      { tool: 'subtract', args: { a: 5904, b: 5 }, result: 5899 },
    ])
    expect(verdict(1, 2)).toBe('dependent')
    expect(verdict(0, 2)).toBe('independent')
  })

  it('passes on through sums what led to the first of them', () => {
    const verdict = verdictsOf('Plan my week in the town that suits me, and find a room that I can pay for 7 nights.', [
      { tool: 'get_profile', args: {}, result: { likes: 'quiet lakes and long walks' } },
      { tool: 'search_towns', args: { query: 'lakeside hiking' }, result: { town: 'Annecy', nightly: 83.5 } },
      { tool: 'multiply', args: { a: 83.5, b: 7 }, result: 584.5 },
      { tool: 'multiply', args: { a: 584.5, b: 7 }, result: 4091.5 },
      { tool: 'get_rooms', args: { price: 4091.5 }, result: ['Lac 4'] },
    ])
    for (const sum of [1, 2, 3]) expect(verdict(sum, sum + 1)).toBe('dependent')
    for (const call of [1, 2, 3, 4]) expect(verdict(0, call)).toBe('unknown')
  })
})
