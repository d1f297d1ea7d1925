import { expect, test } from 'vitest'
import { type Branch, branchesOf } from './branches.ts'
import { traceProvenance } from './provenance.ts'
import { type TestCall, testRun } from './test-run.ts'

const rain: TestCall = { tool: 'get_weather', args: { city: 'Oslo' }, result: 'rain' }

/** How the words bear on a call that follows the weather in Oslo. */
function bears(prompt: string, call: TestCall): Branch {
  const run = testRun(prompt, [[rain], [call]])
  return branchesOf(run, traceProvenance(run)).of(0, 1)
}

const museums: TestCall = { tool: 'search_museums', args: { city: 'Bergen' }, result: 'KODE' }

test.each<[Branch, string, TestCall]>([
  ['none', 'Weather in Oslo, museums in Bergen.', museums],
  // Said of the call: by what its tool is called, or by what it is given.
  ['about', 'Weather in Oslo. If it rains, find a museum.', museums],
  ['about', 'Weather in Oslo. Go to Bergen instead of Hamar.', museums],
  // Said of something else, while the call is named in plain words.
  ['elsewhere', 'Weather in Oslo, museums in Bergen. If both are closed, say so.', museums],
  // Not named in plain words at all: it may be the deed.
  ['about', 'Weather in Oslo. If it rains, think of something to do.', museums],
  // Whether, and not if.
  ['none', 'Check if it rains in Oslo, and find museums in Bergen.', museums],
  ['about', 'Check if it rains in Oslo, and if so find museums.', museums],
])('%s: %s', (branch, prompt, call) => {
  expect(bears(prompt, call)).toBe(branch)
})

test('what a result gave needs no words of the user', () => {
  const run = testRun('Plan my day. If it rains, tell me.', [
    [{ tool: 'find_places', args: {}, result: { place: 'plc_77fx19a' } }],
    [rain],
    [{ tool: 'get_hours', args: { place: 'plc_77fx19a' }, result: '9 to 5' }],
  ])
  expect(branchesOf(run, traceProvenance(run)).of(1, 2)).toBe('elsewhere')
})

test('a branch that was said later bears on nothing before it', () => {
  const run = testRun('Museums?', [[rain], [museums], 'If it rains, find another museum.', [museums]])
  const branch = branchesOf(run, traceProvenance(run)).of
  expect(branch(0, 1)).toBe('none')
  expect(branch(0, 2)).toBe('about')
})
